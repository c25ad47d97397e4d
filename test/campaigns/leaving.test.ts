import { describe, expect, it } from 'vitest';
import type { Member } from '../../src/lib/member.ts';
import { ask, confirm, quote } from '../orders/desk.ts';
import { lose, pass } from '../orders/losing.ts';
import { until } from '../orders/scripted-clock.ts';
import {
  anna,
  bought,
  cleo,
  confirmed,
  counted,
  crowd,
  entriesNow,
  movedOn,
  openRewardDesk,
  ordersOf,
  plan,
  planBulk,
  planGiveaway,
  problemOf,
  received,
} from './desk.ts';

/** As a button of an old direct message finds them. */
const gone = ({ user, guild }: Member): Member => ({ user, guild, isManager: false, roles: [], hasLeft: true });
const there = (user: string): Member => ({ user, guild: 'guild', isManager: false, roles: [] });
const left = { code: 'left_server' };

describe('whoever has left the server', () => {
  it('confirms, asks for and cancels no order of theirs from an old direct message', async () => {
    const desk = await openRewardDesk();
    await desk.policies.change('guild', 'anna', (policy) => ({ ...policy, free: { perOrder: '100', perDay: '100' } }));
    const offer = await quote(desk, { member: cleo });
    for (const press of [desk.confirm, desk.ask, desk.cancel])
      expect(await problemOf(press(offer.id, gone(cleo)))).toEqual(left);
    expect((await desk.stored(offer.id)).status).toBe('quoted');
    expect(bought(desk)).toBe(0);
    // The very same press of somebody who is still there is taken.
    expect((await confirm(desk, offer, cleo)).status).toBe('delivered');
  });

  it('decides about nothing, also as somebody’s delegate', async () => {
    const desk = await openRewardDesk();
    const order = await quote(desk, { member: cleo });
    await ask(desk, order, cleo);
    await desk.delegates.name({ guild: 'guild', approver: 'anna', delegate: 'dora', until: desk.clock.now() + 1e9 });
    expect(await problemOf(desk.approve(order.id, gone(there('dora'))))).toEqual({ code: 'approvers_only' });
    expect((await desk.approve(order.id, there('dora'))).status).toBe('approved');
  });

  it('starts, steers and claims nothing of a campaign', async () => {
    const desk = await openRewardDesk();
    const { campaigns } = desk;
    const offered = await plan(desk);
    expect(await problemOf(campaigns.confirm(offered.id, gone(anna)))).toEqual(left);
    const { id } = await confirmed(desk, offered);
    const edit = (of: string, who: Member) => campaigns.edit(of, who, { message: 'Another' });
    const presses = [campaigns.pause, campaigns.endEarly, campaigns.cancel, campaigns.goOn, campaigns.reprice, edit];
    for (const press of presses) expect(await problemOf(press(id, gone(anna)))).toEqual(left);
    for (const press of [campaigns.claimDrop, campaigns.claimWon, campaigns.enterGiveaway, campaigns.claimStatus])
      expect(await problemOf(press(id, gone(there('rita'))))).toEqual(left);
    expect(await entriesNow(desk, id)).toEqual([]);
  });

  it('keeps what was bought for them: the code is revealed from the message that told of it', async () => {
    const desk = await openRewardDesk();
    desk.post.post = async () => 'closed';
    const order = await confirm(desk, await quote(desk));
    expect(order.status).toBe('held');
    expect((await desk.reveal(order.id, gone(anna))).codes).toHaveLength(1);
  });

  it('is bought no card out of a campaign, although its order was waiting for another one as they left', async () => {
    const desk = await openRewardDesk();
    // Of two of the same card nobody knows yet whether they were bought.
    await lose(desk, { quantity: 2 });
    const { id } = await planBulk(desk, crowd(2));
    await desk.campaigns.confirm(id, anna);
    desk.campaigns.advanceSoon(id);
    await until(() => desk.post.stages.some(({ stage }) => stage === 'waiting') && desk.clock.sleeping() > 0);
    desk.guild.left.add('member 1');
    await pass(desk, 120_000);
    await desk.campaigns.settled();
    const [order] = await ordersOf(desk, id);
    expect(order?.history.at(-1)).toMatchObject({ status: 'failed', why: 'recipient_left' });
    desk.clock.advance(10 * 60_000);
    await movedOn(desk, id);
    expect(await counted(desk, id)).toEqual({ ordered: 1, failed: 1 });
    expect(await received(desk)).toEqual({ anna: 2, 'member 0': 1 });
  });

  it('has no card bought of what they won and claimed, and the next one has their place', async () => {
    const desk = await openRewardDesk();
    const { id } = await confirmed(desk, await planGiveaway(desk, 1));
    for (const user of ['rita', 'sam']) await desk.campaigns.enterGiveaway(id, there(user));
    desk.clock.advance(24 * 60 * 60_000 + 5_000);
    await movedOn(desk, id);
    const winner = (await entriesNow(desk, id)).find(({ state }) => state === 'won')?.user ?? '';
    await desk.campaigns.pause(id, anna);
    await desk.campaigns.claimWon(id, there(winner));
    desk.guild.left.add(winner);
    await desk.campaigns.goOn(id, anna);
    await movedOn(desk, id);
    await movedOn(desk, id);
    expect(await counted(desk, id)).toEqual({ failed: 1, won: 1 });
    expect(bought(desk)).toBe(0);
  });
});
