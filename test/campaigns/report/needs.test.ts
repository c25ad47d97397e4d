import { describe, expect, it } from 'vitest';
import {
  anna,
  confirmed,
  crowd,
  ITEM,
  movedOn,
  OTHER_ITEM,
  openRewardDesk,
  plan,
  planBulk,
  planGiveaway,
  type RewardDesk,
} from '../desk.ts';

const HOUR_MS = 3_600_000;
const needsOf = async ({ face }: RewardDesk) =>
  (await face.upcomingNeeds()).map(({ kind, amount, startsAt }) => ({ kind, amount, startsAt }));

describe('what campaigns still need', () => {
  it('is all of one that is scheduled, and nothing of an offer that nobody confirmed', async () => {
    const desk = await openRewardDesk();
    const startsAt = desk.clock.now() + HOUR_MS;
    const offered = await plan(desk, { startsAt });
    expect(await needsOf(desk)).toEqual([]);
    await confirmed(desk, offered);
    expect(await needsOf(desk)).toEqual([{ kind: 'drop', amount: '14.7', startsAt }]);
    desk.clock.advance(HOUR_MS);
    await movedOn(desk, offered.id);
    expect(await needsOf(desk)).toEqual([{ kind: 'drop', amount: '14.7', startsAt: undefined }]);
  });

  it('is what of a drop nobody has claimed yet, and nothing once it is over', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, {}));
    await desk.campaigns.claimDrop(drop.id, { ...anna, user: 'member 1', isManager: false });
    await movedOn(desk, drop.id);
    expect(await needsOf(desk)).toMatchObject([{ amount: '9.8' }]);
    await desk.campaigns.endEarly(drop.id, anna);
    await movedOn(desk, drop.id);
    expect(await needsOf(desk)).toEqual([]);
  });

  it('is what of a giveaway nobody has won yet', async () => {
    const desk = await openRewardDesk();
    await confirmed(desk, await planGiveaway(desk, 2));
    expect(await needsOf(desk)).toMatchObject([{ kind: 'giveaway', amount: '9.8' }]);
  });

  it('is, of a bulk send that something holds up, what those who are to get a card still cost, each at its price', async () => {
    const desk = await openRewardDesk();
    const items = [
      { itemCode: ITEM, quantity: 2 },
      { itemCode: OTHER_ITEM, quantity: 1 },
    ];
    const bulk = await planBulk(desk, crowd(3), { items, partOf: (at) => (at === 2 ? 1 : 0) });
    desk.vendor.inStock = false;
    await confirmed(desk, bulk);
    expect(await needsOf(desk)).toMatchObject([{ kind: 'bulk', amount: '19.6', startsAt: undefined }]);
  });
});
