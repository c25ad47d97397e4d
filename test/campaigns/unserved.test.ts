import { describe, expect, it } from 'vitest';
import { noticeSchema } from '../../src/orders/model/notice.ts';
import { ask, cleo, confirm, quote } from '../orders/desk.ts';
import {
  anna,
  ben,
  bought,
  campaignNow,
  confirmed,
  lastOf,
  movedOn,
  olga,
  openRewardDesk,
  plan,
  planGiveaway,
  problemOf,
  type RewardDesk,
} from './desk.ts';

const DAY_MS = 24 * 60 * 60_000;
/** An admin of the first server, which is another one. */
const owner = { ...olga, guild: 'first' };
const there = (user: string) => ({ user, guild: 'guild', isManager: false, roles: [] });

/** The next process of the bot, which is told to serve other servers only. */
const restarted = (desk: RewardDesk) => desk.openCampaigns((outside) => Object.assign(outside, { guilds: ['first'] }));

/** Of what the admins of the first server are told, or will be. */
async function told({ store, board }: RewardDesk) {
  const { records } = await store.records('notices', noticeSchema).tagged('open', { limit: 50 });
  const posted = board.notices.map(({ said }) => said.at(-1));
  return [...posted, ...records.map(({ about }) => about)].filter((about) => about?.kind === 'unserved');
}

describe('of a server that may not use the bot any more', () => {
  it('a drop that runs is halted and buys nothing, and admins of the first server are told once', async () => {
    const desk = await openRewardDesk();
    const { id, reference } = await confirmed(desk, await plan(desk));
    await desk.campaigns.claimDrop(id, there('rita'));
    const next = restarted(desk);
    for (let rounds = 0; rounds < 3; rounds++) {
      await next.campaigns.tick();
      await next.campaigns.settled();
    }
    expect(await campaignNow(desk, id)).toMatchObject({ state: 'halted', parts: [{ blocked: { why: 'not_served' } }] });
    expect(bought(desk)).toBe(0);
    const what = '3 × Acme card';
    const about = { kind: 'unserved', of: 'campaign', guild: 'guild', reference, what, requester: 'anna' };
    expect(await told(desk)).toEqual([about]);
    // Added again, it goes on by the hand of whoever runs it.
    await desk.campaigns.goOn(id, anna);
    await movedOn(desk, id);
    expect(bought(desk)).toBe(1);
  });

  it('none that is to start, nor its repetition, does; none that closes buys the rest', async () => {
    const desk = await openRewardDesk();
    const startsAt = desk.clock.now() + DAY_MS;
    const later = await confirmed(desk, await plan(desk, { startsAt, repeats: 'weekly' }));
    const running = await confirmed(desk, await plan(desk, { repeats: 'weekly' }));
    const following = await desk.ctx.campaigns.follower(running.id);
    await desk.campaigns.claimDrop(running.id, there('rita'));
    await desk.campaigns.cancel(running.id, anna);
    expect((await campaignNow(desk, running.id)).state).toBe('closing');
    const next = restarted(desk);
    desk.clock.advance(8 * DAY_MS);
    for (const id of [later.id, running.id, following?.id ?? '']) await movedOn(desk, id, next);
    const states = await Promise.all([later.id, running.id].map(async (id) => (await campaignNow(desk, id)).state));
    expect(states).toEqual(['halted', 'halted']);
    expect(bought(desk)).toBe(0);
  });

  it('no pool is bought, and no draw is made', async () => {
    const desk = await openRewardDesk();
    const pool = await plan(desk, { buysAtStart: true });
    const giveaway = await confirmed(desk, await planGiveaway(desk, 1));
    await desk.campaigns.enterGiveaway(giveaway.id, there('rita'));
    await desk.campaigns.confirm(pool.id, anna);
    const next = restarted(desk);
    desk.clock.advance(2 * DAY_MS);
    for (const { id } of [pool, giveaway]) await movedOn(desk, id, next);
    expect((await campaignNow(desk, giveaway.id)).draw?.drawn).toBeUndefined();
    expect((await campaignNow(desk, pool.id)).state).toBe('halted');
    expect(bought(desk)).toBe(0);
  });

  it('an approved order ends with nothing charged, and one that waits is no one’s to approve', async () => {
    const desk = await openRewardDesk();
    const [approved, waiting] = [await quote(desk), await quote(desk, { member: cleo })];
    await ask(desk, waiting, cleo);
    const { orders } = restarted(desk);
    expect(await orders.confirm(approved.id, anna)).toMatchObject({ status: 'failed' });
    expect(lastOf(await desk.stored(approved.id))?.why).toBe('not_served');
    expect(lastOf(await orders.approve(waiting.id, anna))).toMatchObject({ status: 'rejected', why: 'not_served' });
    expect(bought(desk)).toBe(0);
  });

  it('admins of the first server are told of an order that waits, and list and cancel what is open anywhere', async () => {
    const desk = await openRewardDesk();
    const order = await quote(desk, { member: cleo });
    await ask(desk, order, cleo);
    const { id } = await confirmed(desk, await plan(desk));
    const { orders, campaigns } = restarted(desk);
    await orders.tick();
    await movedOn(desk, id, { campaigns } as RewardDesk);
    expect((await told(desk)).map(({ of, reference }) => [of, reference])).toContainEqual(['order', order.reference]);

    for (const member of [ben, { ...ben, guild: 'first' }]) {
      expect(await problemOf(campaigns.listEverywhere(member, { limit: 5 }))).toEqual({ code: 'admins_only' });
      expect(await problemOf(orders.openEverywhere(member, { limit: 5 }))).toEqual({ code: 'admins_only' });
    }
    const elsewhere = { ...ben, guild: 'first' };
    expect(await problemOf(campaigns.cancel(id, elsewhere))).toEqual({ code: 'campaign_unknown' });
    expect(await problemOf(orders.cancel(order.id, elsewhere))).toEqual({ code: 'not_yours' });

    expect((await campaigns.listEverywhere(owner, { limit: 5 })).campaigns).toMatchObject([{ id, state: 'halted' }]);
    expect((await orders.openEverywhere(owner, { limit: 5 })).orders).toMatchObject([{ id: order.id }]);
    const { actions } = await campaigns.actionsOf(await campaigns.own(id, owner), owner);
    expect(actions).toEqual(['cancel']);
    expect(await problemOf(campaigns.goOn(id, owner))).toMatchObject({ code: 'not_your_campaign' });
    expect((await campaigns.cancel(id, owner)).state).toBe('cancelled');
    expect(await orders.cancel(order.id, owner)).toMatchObject({ status: 'cancelled' });
    // Whoever had asked for it hears of it.
    expect(desk.post.told.at(-1)).toMatchObject({ id: order.id, status: 'cancelled' });
  });
});

it('an admin of the first server cancels no order that is on its way, nor a part of a campaign', async () => {
  const desk = await openRewardDesk();
  const order = await confirm(desk, await quote(desk));
  expect(await problemOf(desk.cancel(order.id, owner))).toMatchObject({ code: 'not_yours' });
});
