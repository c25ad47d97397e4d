import { describe, expect, it } from 'vitest';
import { campaignsOf } from '../../src/campaigns/repository.ts';
import type { Member } from '../../src/lib/member.ts';
import type { BudgetLimit } from '../../src/policy/policy.ts';
import { auditOf, chainOf } from '../policy/recording.ts';
import {
  anna,
  ben,
  bought,
  campaignNow,
  cleo,
  confirmed,
  counted,
  crowd,
  entriesNow,
  ITEM,
  movedOn,
  OTHER_ITEM,
  openRewardDesk,
  plan,
  planBulk,
  problemOf,
  type RewardDesk,
  received,
} from './desk.ts';

const QUOTE_LASTS_MS = 15 * 60_000;
const MONTH = 'guild/guild/month/2026-03';
const limit = (amount: string): BudgetLimit => ({
  ...{ scope: { kind: 'guild' }, period: 'month', limit: amount },
});
const set = ({ policies }: RewardDesk, change: object) =>
  policies.change('guild', 'olga', (before) => ({ ...before, ...change }));
const month = ({ ledger }: RewardDesk) => ledger.sums(MONTH);
const nobody: Member = { user: 'nobody', guild: 'guild', isManager: false };

/** Holds the second order's check of stock, until `go`. */
function holdAt(desk: RewardDesk, nth: number) {
  const reached = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  let posts = 0;
  const { answer } = desk.vendor;
  desk.vendor.answer = async (request) => {
    if (++posts === nth) {
      reached.resolve();
      await go.promise;
    }
    return answer(request);
  };
  return { reached: reached.promise, go: go.resolve };
}

describe('a bulk send that runs', () => {
  it('is paused after the order that is under way, and goes on when told', async () => {
    const desk = await openRewardDesk();
    const { id } = await planBulk(desk, crowd(250));
    const { campaigns } = desk;
    const second = holdAt(desk, 2);
    await campaigns.confirm(id, anna);
    campaigns.advanceSoon(id);
    await second.reached;
    expect((await campaigns.pause(id, anna)).state).toBe('paused');
    second.go();
    await campaigns.settled();
    expect([(await campaignNow(desk, id)).state, bought(desk)]).toEqual(['paused', 200]);
    expect((await movedOn(desk, id)).state).toBe('paused');
    await campaigns.goOn(id, anna);
    expect((await movedOn(desk, id)).state).toBe('ended');
    expect(bought(desk)).toBe(250);
  });

  it('frees what it has not bought when it is called off, and keeps what it has', async () => {
    const desk = await openRewardDesk();
    await set(desk, { budgets: [limit('2000')] });
    const { id } = await planBulk(desk, crowd(250));
    const { campaigns } = desk;
    expect(await month(desk)).toEqual({ settled: '0', held: '0' });
    const second = holdAt(desk, 2);
    await campaigns.confirm(id, anna);
    expect(await month(desk)).toEqual({ settled: '0', held: '1225' });
    campaigns.advanceSoon(id);
    await second.reached;
    expect(await month(desk)).toEqual({ settled: '490', held: '735' });
    await campaigns.cancel(id, anna);
    second.go();
    await campaigns.settled();
    expect(await month(desk)).toEqual({ settled: '980', held: '0' });
    expect((await movedOn(desk, id)).state).toBe('cancelled');
    expect(bought(desk)).toBe(200);
    expect(Object.keys(await received(desk))).toHaveLength(200);
  });

  it('is steered by whoever runs it and by who has Manage Server, and nobody else', async () => {
    const desk = await openRewardDesk();
    const { id } = await planBulk(desk, crowd(2));
    const { campaigns } = desk;
    expect(await problemOf(campaigns.confirm(id, ben))).toMatchObject({
      code: 'campaign_moved',
    });
    await campaigns.confirm(id, anna);
    expect(await problemOf(campaigns.pause(id, nobody))).toEqual({ code: 'not_your_campaign' });
    expect((await campaigns.pause(id, ben)).state).toBe('paused');
    expect(await problemOf(campaigns.pause(id, anna))).toMatchObject({ code: 'campaign_moved' });
    expect(await problemOf(campaigns.cancel(id, { ...anna, guild: 'other' }))).toEqual({
      code: 'campaign_unknown',
    });
  });
});

describe('a bulk send that has ended', () => {
  async function endedWithout(desk: RewardDesk, gone: string) {
    const planned = await planBulk(desk, crowd(3));
    desk.guild.left.add(gone);
    return confirmed(desk, planned);
  }

  it('is tried again for who had left, once they are back, and is paid for them only', async () => {
    const desk = await openRewardDesk();
    const { id } = await endedWithout(desk, 'member 1');
    const { campaigns } = desk;
    await received(desk);
    expect(await problemOf(campaigns.tryAgain(id, anna))).toMatchObject({
      code: 'nothing_to_retry',
    });
    expect((await campaignNow(desk, id)).state).toBe('ended');
    desk.guild.left.clear();
    const again = await campaigns.tryAgain(id, anna);
    expect([again.state, again.charged.amount]).toEqual(['planned', '4.9']);
    expect((await confirmed(desk, again)).state).toBe('ended');
    expect(await received(desk)).toEqual({ 'member 0': 1, 'member 1': 1, 'member 2': 1 });
    expect(await counted(desk, id)).toEqual({ ordered: 3 });
    expect(bought(desk)).toBe(3);
  });

  it('stays ended when that offer runs out or is turned down, and can be tried again', async () => {
    const desk = await openRewardDesk();
    const { id } = await endedWithout(desk, 'member 1');
    desk.guild.left.clear();
    const { campaigns } = desk;
    await campaigns.tryAgain(id, anna);
    desk.clock.advance(QUOTE_LASTS_MS);
    expect((await movedOn(desk, id)).state).toBe('ended');
    await campaigns.tryAgain(id, anna);
    expect((await campaigns.cancel(id, anna)).state).toBe('ended');
    const again = await campaigns.tryAgain(id, anna);
    expect((await confirmed(desk, again)).state).toBe('ended');
    expect(bought(desk)).toBe(3);
  });

  it('offers nothing and charges nothing where cards only wait to be revealed', async () => {
    const desk = await openRewardDesk();
    const { id } = await confirmed(desk, await planBulk(desk, crowd(3)));
    expect((await desk.campaigns.statsOf(await campaignNow(desk, id))).waiting).toBe(3);
    expect((await desk.campaigns.tryAgain(id, anna)).state).toBe('ended');
    await received(desk);
    expect((await desk.campaigns.statsOf(await campaignNow(desk, id))).waiting).toBe(0);
    expect(bought(desk)).toBe(3);
    expect(desk.post.parcels).toEqual([]);
    expect(await problemOf(desk.campaigns.tryAgain(id, anna))).toMatchObject({
      code: 'nothing_to_retry',
    });
  });

  it('changes nothing while Discord does not tell who is here', async () => {
    const desk = await openRewardDesk();
    const { id } = await endedWithout(desk, 'member 1');
    desk.guild.isKnown = false;
    expect(await problemOf(desk.campaigns.tryAgain(id, anna))).toEqual({
      code: 'members_not_told',
    });
    expect((await campaignNow(desk, id)).state).toBe('ended');
  });
});

describe('a new price that was offered', () => {
  it('is offered again when nobody confirms it in time, and nothing is bought by it before', async () => {
    const desk = await openRewardDesk();
    await set(desk, { budgets: [limit('2000')] });
    const { id } = await planBulk(desk, crowd(2));
    const { campaigns } = desk;
    await desk.campaigns.confirm(id, anna);
    desk.vendor.prices[ITEM] = '5.50';
    expect((await movedOn(desk, id)).state).toBe('halted');
    expect(await problemOf(campaigns.goOn(id, anna))).toMatchObject({ code: 'campaign_moved' });
    expect((await campaigns.reprice(id, anna)).charged.amount).toBe('11');
    desk.clock.advance(QUOTE_LASTS_MS);
    expect((await movedOn(desk, id)).state).toBe('halted');
    expect(await month(desk)).toEqual({ settled: '0', held: '0' });
    expect(await problemOf(campaigns.goOn(id, anna))).toMatchObject({ code: 'campaign_moved' });
    expect(bought(desk)).toBe(0);
    const again = await campaigns.reprice(id, anna);
    expect((await confirmed(desk, again)).state).toBe('ended');
    expect(await month(desk)).toEqual({ settled: '11', held: '0' });
    expect(bought(desk)).toBe(2);
  });
});

/** No record, no place in it, no name. */
async function expectGone(desk: RewardDesk, id: string): Promise<void> {
  desk.campaigns.advanceSoon(id);
  await desk.campaigns.settled();
  expect(await desk.records.get(id)).toBeUndefined();
  expect(await entriesNow(desk, id)).toEqual([]);
  expect(await problemOf(desk.campaigns.confirm(id, anna))).toEqual({ code: 'campaign_unknown' });
}

describe('a campaign that waits to be confirmed', () => {
  it('holds nothing of the budget, and expires, and nothing is left of it', async () => {
    const desk = await openRewardDesk();
    await set(desk, { budgets: [limit('20')] });
    const planned = await plan(desk);
    expect(await month(desk)).toEqual({ settled: '0', held: '0' });
    desk.clock.advance(QUOTE_LASTS_MS);
    expect(await problemOf(desk.campaigns.confirm(planned.id, anna))).toMatchObject({
      code: 'quote_expired',
    });
    await expectGone(desk, planned.id);
  });

  it('of people who were named leaves nothing of them either, also when it is called off', async () => {
    const desk = await openRewardDesk();
    const [one, two] = [await planBulk(desk, crowd(60)), await planBulk(desk, crowd(3))];
    const cancelled = await desk.campaigns.cancel(two.id, anna);
    expect(cancelled.state).toBe('cancelled');
    await expectGone(desk, two.id);
    desk.clock.advance(QUOTE_LASTS_MS);
    await desk.campaigns.tick();
    await expectGone(desk, one.id);
    await auditOf(desk).tick();
    expect(await chainOf(desk)).toEqual([]);
  });

  it('stays on record with who has called it off, where that was not whoever offered it', async () => {
    const desk = await openRewardDesk();
    const { id } = await plan(desk);
    await desk.campaigns.cancel(id, ben);
    desk.campaigns.advanceSoon(id);
    await desk.campaigns.settled();
    expect((await desk.records.get(id))?.history.at(-1)).toMatchObject({ state: 'cancelled', by: 'ben' });
    await auditOf(desk).tick();
    expect((await chainOf(desk)).map(({ deed }) => deed.by)).toEqual(['anna', 'ben']);
  });

  it('is refused whole when it does not fit the budget, and nothing is planned', async () => {
    const desk = await openRewardDesk();
    await set(desk, { budgets: [limit('10')] });
    expect(await problemOf(plan(desk))).toMatchObject({ code: 'policy_refuses' });
    expect(await desk.records.tagged(campaignsOf('guild'), { limit: 10 })).toMatchObject({ records: [] });
  });

  it('loses its place to whoever was faster, and says so', async () => {
    const desk = await openRewardDesk();
    await set(desk, { budgets: [limit('20')] });
    const [one, two] = [await plan(desk), await plan(desk)];
    await desk.campaigns.confirm(one.id, anna);
    expect(await problemOf(desk.campaigns.confirm(two.id, anna))).toMatchObject({
      code: 'policy_refuses',
    });
    expect(await month(desk)).toEqual({ settled: '0', held: '14.7' });
  });

  it('that needs an approval cannot be confirmed without one', async () => {
    const desk = await openRewardDesk();
    const planned = await planBulk(desk, crowd(2), { member: cleo });
    expect(await problemOf(desk.campaigns.confirm(planned.id, cleo))).toMatchObject({
      code: 'needs_approval',
    });
  });

  it('counts all of its kinds of cards', async () => {
    const desk = await openRewardDesk();
    const items = [
      { itemCode: ITEM, quantity: 2 },
      { itemCode: OTHER_ITEM, quantity: 1 },
    ];
    const { charged, places } = await plan(desk, { items });
    expect([charged.amount, places]).toEqual(['19.6', 3]);
  });
});
