import { describe, expect, it } from 'vitest';
import type { BudgetLimit } from '../../../src/policy/policy.ts';
import {
  anna,
  ben,
  bought,
  campaignNow,
  cleo,
  confirmed,
  crowd,
  ITEM,
  movedOn,
  openRewardDesk,
  ordersOf,
  plan,
  planBulk,
  problemOf,
  type RewardDesk,
  received,
} from '../desk.ts';

const HOURS = 60 * 60_000;
const MONTH = 'guild/guild/month/2026-03';
const monthly: BudgetLimit = { scope: { kind: 'guild' }, period: 'month', limit: '100' };
const set = ({ policies }: RewardDesk, change: object) =>
  policies.change('guild', 'olga', (before) => ({ ...before, ...change }));
const month = ({ ledger }: RewardDesk) => ledger.sums(MONTH);

/** Cleo, who needs an approval, has asked to send a card each to these. */
async function asked(desk: RewardDesk, users: readonly string[]) {
  await set(desk, { budgets: [monthly] });
  const { id } = await planBulk(desk, users, { member: cleo });
  return desk.campaigns.ask(id, cleo);
}

describe('a campaign that needs an approval', () => {
  it('sets its amount aside while it waits, buys nothing, and starts once it is approved', async () => {
    const desk = await openRewardDesk();
    const { id, state, approval } = await asked(desk, crowd(2));
    expect([state, approval?.wanted, approval?.channel]).toEqual(['awaiting_approval', 1, 'channel']);
    expect((await movedOn(desk, id)).state).toBe('awaiting_approval');
    expect(await month(desk)).toEqual({ settled: '0', held: '9.8' });
    expect(bought(desk)).toBe(0);
    await desk.campaigns.approve(id, ben);
    expect((await movedOn(desk, id)).state).toBe('ended');
    expect(await received(desk)).toEqual({ 'member 0': 1, 'member 1': 1 });
    expect(await month(desk)).toEqual({ settled: '9.8', held: '0' });
    const [order] = await ordersOf(desk, id);
    expect(order?.approval?.votes.map(({ by }) => by)).toEqual(['ben']);
  });

  it('is decided by nobody who gets a card of it, and not by who asked', async () => {
    const desk = await openRewardDesk();
    const { id } = await asked(desk, ['ben', 'member 1']);
    const { campaigns } = desk;
    expect(await problemOf(campaigns.approve(id, ben))).toMatchObject({ code: 'own_approval' });
    expect(await problemOf(campaigns.reject(id, ben, 'No.'))).toMatchObject({
      code: 'own_approval',
    });
    expect(await problemOf(campaigns.approve(id, cleo))).toMatchObject({ code: 'approvers_only' });
    await campaigns.approve(id, anna);
    expect((await movedOn(desk, id)).state).toBe('ended');
  });

  it('gives no card to who approved its first price, when others approved the next one', async () => {
    const desk = await openRewardDesk();
    const { campaigns } = desk;
    const { id } = await plan(desk, { member: cleo });
    await campaigns.ask(id, cleo);
    await campaigns.approve(id, ben);
    desk.vendor.prices[ITEM] = '5.50';
    const dora = { user: 'dora', guild: 'guild', isManager: false };
    await movedOn(desk, id);
    await campaigns.claimDrop(id, dora);
    expect((await movedOn(desk, id)).state).toBe('halted');
    await campaigns.reprice(id, cleo);
    await campaigns.ask(id, cleo);
    await campaigns.approve(id, anna);
    expect((await movedOn(desk, id)).state).toBe('running');
    expect(await problemOf(campaigns.claimDrop(id, ben))).toMatchObject({ code: 'own_campaign' });
    expect(await received(desk)).toEqual({ dora: 1 });
  });

  it('frees all of its amount when it is rejected, and is not decided twice', async () => {
    const desk = await openRewardDesk();
    const { id } = await asked(desk, crowd(2));
    const { campaigns } = desk;
    const rejected = await campaigns.reject(id, ben, ' Not this month ');
    expect(rejected.history.at(-1)).toMatchObject({
      ...{ state: 'rejected', by: 'ben', detail: 'Not this month' },
    });
    expect(await month(desk)).toEqual({ settled: '0', held: '0' });
    expect(await problemOf(campaigns.approve(id, anna))).toMatchObject({ code: 'campaign_moved' });
    expect(bought(desk)).toBe(0);
  });

  it('ends without an answer, and frees its amount', async () => {
    const desk = await openRewardDesk();
    const { id, approval } = await asked(desk, crowd(2));
    desk.clock.advance((approval?.endsAt ?? 0) - desk.clock.now());
    expect(await problemOf(desk.campaigns.approve(id, ben))).toMatchObject({
      ...{ code: 'approval_over', how: 'expired' },
    });
    expect((await movedOn(desk, id)).state).toBe('expired');
    expect(await month(desk)).toEqual({ settled: '0', held: '0' });
  });

  it('that its requester calls off is over, and frees its amount', async () => {
    const desk = await openRewardDesk();
    const { id } = await asked(desk, crowd(2));
    await desk.campaigns.cancel(id, cleo);
    expect((await campaignNow(desk, id)).state).toBe('cancelled');
    expect(await month(desk)).toEqual({ settled: '0', held: '0' });
  });

  it('is begun by one of two who approve it at the same moment', async () => {
    const desk = await openRewardDesk();
    const { id } = await asked(desk, crowd(2));
    const { campaigns } = desk;
    const both = await Promise.allSettled([campaigns.approve(id, anna), campaigns.approve(id, ben)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await movedOn(desk, id)).state).toBe('ended');
    expect(bought(desk)).toBe(2);
  });

  it('is not asked for where the bot may write nowhere', async () => {
    const desk = await openRewardDesk();
    desk.board.hasChannel = false;
    const { id } = await planBulk(desk, crowd(2), { member: cleo });
    expect(await problemOf(desk.campaigns.ask(id, cleo))).toEqual({
      code: 'no_approval_channel',
    });
    expect((await campaignNow(desk, id)).state).toBe('planned');
  });

  it('is not started by an approval that comes after its requester has left', async () => {
    const desk = await openRewardDesk();
    const { id } = await asked(desk, crowd(2));
    desk.guild.left.add('cleo');
    await desk.campaigns.approve(id, ben);
    const ended = await movedOn(desk, id);
    expect([ended.state, bought(desk)]).toEqual(['rejected', 0]);
    expect(await month(desk)).toEqual({ settled: '0', held: '0' });
  });

  it('is still bought within the hours that its approval took', async () => {
    const desk = await openRewardDesk();
    const { id } = await asked(desk, crowd(2));
    desk.clock.advance(2 * HOURS);
    await desk.campaigns.approve(id, ben);
    expect((await movedOn(desk, id)).state).toBe('ended');
    expect(await confirmed(desk, await planBulk(desk, crowd(1)))).toMatchObject({ state: 'ended' });
  });
});
