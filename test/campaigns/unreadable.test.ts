import { describe, expect, it } from 'vitest';
import { messageKey } from '../../src/campaigns/messages/record.ts';
import { entryKey } from '../../src/campaigns/model/entry.ts';
import { edit } from '../store/with-the-key.ts';
import {
  ben,
  campaignNow,
  cleo,
  confirmed,
  counted,
  crowd,
  ITEM,
  movedOn,
  olga,
  openRewardDesk,
  ordersOf,
  plan,
  planBulk,
  planGiveaway,
  type RewardDesk,
  received,
} from './desk.ts';
import { afterwards, claim, enter } from './pressing.ts';

const DAY = 24 * 60 * 60_000;

/** What somebody does to a record who can write to the database and has no key. */
const spoil = (desk: RewardDesk, namespace: string, key: string) =>
  edit(desk.file, namespace, key, (record) => Object.assign(record, { x: 1 }));

describe('of a campaign, a record that cannot be read', () => {
  it('that is a place in a bulk send keeps nobody else from their card', async () => {
    const desk = await openRewardDesk();
    const { id } = await planBulk(desk, crowd(3));
    // Right before the answer, by which their places are to be told of.
    desk.vendor.before = async (call) => call === 'createOrder' && spoil(desk, 'entries', entryKey(id, 'member 0'));
    await confirmed(desk, await campaignNow(desk, id));
    expect(await received(desk)).toEqual({ 'member 0': 1, 'member 1': 1, 'member 2': 1 });
    expect(await counted(desk, id)).toEqual({ ordered: 2 });
    expect((await campaignNow(desk, id)).flying).toBeUndefined();
  });

  it('that is an entrant of a draw, once they are fixed, keeps no place from who comes after them', async () => {
    const desk = await openRewardDesk();
    const giveaway = await confirmed(desk, await planGiveaway(desk, 2));
    for (const user of crowd(5)) await enter(desk, giveaway, user);
    const first = await afterwards(desk, giveaway, DAY + 3_000);
    const ranked = (await desk.campaigns.drawFileOf(first))?.winners.map(({ user }) => user) ?? [];
    const next = crowd(5).filter((user) => !ranked.includes(user));
    for (const user of next.slice(0, 2)) spoil(desk, 'entries', entryKey(giveaway.id, user));
    await afterwards(desk, giveaway, DAY);
    const { won, lapsed } = await counted(desk, giveaway.id);
    expect([won, lapsed]).toEqual([1, 2]);
    const file = await desk.campaigns.drawFileOf(await campaignNow(desk, giveaway.id));
    expect(file?.winners).toHaveLength(1);
  });

  it('that is one of its messages keeps no other from being written', async () => {
    const desk = await openRewardDesk();
    const drop = await plan(desk);
    await confirmed(desk, drop);
    const main = messageKey(drop.id, { kind: 'main' });
    await expect.poll(() => desk.said.now('main')).toHaveLength(1);
    spoil(desk, 'campaignMessages', main);
    await desk.campaigns.cancel(drop.id, olga);
    desk.clock.advance(60_000);
    await movedOn(desk, drop.id);
    await desk.campaigns.tick();
    await desk.campaigns.settled();
    expect(JSON.stringify(desk.logged)).not.toContain('messages are left for later');
  });

  it('that is the place of somebody who decides leaves them the list of what waits, without it', async () => {
    const desk = await openRewardDesk();
    const [drop, other] = [await plan(desk, { member: cleo }), await plan(desk, { member: cleo })];
    for (const { id } of [drop, other]) await desk.campaigns.ask(id, cleo);
    await desk.ctx.entries.put({ campaign: drop.id, user: ben.user, state: 'entered', at: 0, part: 0 });
    spoil(desk, 'entries', entryKey(drop.id, ben.user));
    const listed = await desk.campaigns.awaiting(ben);
    expect(listed.map(({ campaign, actions }) => [campaign.id, actions.includes('approve')])).toContainEqual([
      other.id,
      true,
    ]);
    expect(listed.filter(({ campaign, actions }) => campaign.id === drop.id && actions.includes('approve'))).toEqual(
      [],
    );
  });

  it('that is one of its pools keeps nobody from the cards of the others, and nothing is bought in its place', async () => {
    const desk = await openRewardDesk();
    const items = [{ itemCode: ITEM, quantity: 101 }];
    const drop = await confirmed(desk, await plan(desk, { items, buysAtStart: true }));
    const [one, two] = await ordersOf(desk, drop.id);
    spoil(desk, 'orders', one?.id ?? '');
    await claim(desk, drop, 'dora');
    await movedOn(desk, drop.id);
    expect(await received(desk)).toEqual({ dora: 1 });
    await claim(desk, drop, 'emil');
    await movedOn(desk, drop.id);
    expect((await campaignNow(desk, drop.id)).parts[0]?.blocked?.why).toBe('unclear');
    expect(desk.vendor.posts).toHaveLength(2);
    await desk.campaigns.cancel(drop.id, olga);
    await movedOn(desk, drop.id);
    // It is looked after until it can be read: nothing that was bought is lost.
    expect((await campaignNow(desk, drop.id)).pools).toEqual([one?.id]);
    expect(two?.id).toBeDefined();
  });
});
