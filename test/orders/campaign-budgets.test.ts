import Big from 'big.js';
import { describe, expect, it } from 'vitest';
import type { Member } from '../../src/lib/member.ts';
import { money, times } from '../../src/lib/money.ts';
import type { Commission } from '../../src/orders/campaign-orders.ts';
import type { Order } from '../../src/orders/model/order.ts';
import type { BudgetLimit, Policy } from '../../src/policy/policy.ts';
import type { RecordedSpend } from '../../src/policy/types.ts';
import { EACH, give, part } from './campaign.ts';
import { anna, ben, cleo, type Desk, lastOf, olga, openDesk, problemOf, quote } from './desk.ts';
import { createMortal } from './mortal.ts';
import { ITEM, orderAnswer, refusal } from './vendor.ts';

const MONTH = 'guild/guild/month/2026-03';
const FREE = 'guild/free/cleo/2026-03-07';
const monthly = (limit: string): BudgetLimit => ({
  scope: { kind: 'guild' },
  period: 'month',
  limit,
});
const set = ({ policies }: Desk, policy: Partial<Policy>) =>
  policies.change('guild', 'olga', (before) => ({ ...before, ...policy }));
const wanted = async () => true;
const heldBy = async ({ ledger }: Desk, key: string, id: string) =>
  new Big((await ledger.sums(key)).held).minus((await ledger.sums(key, id)).held).toFixed();

/** A campaign of so many cards by this member, set aside as one: its orders can be made and bought by `give`. */
async function start(desk: Desk, cards: number, member: Member = anna) {
  const charged = times(EACH, cards);
  const view: RecordedSpend = {
    id: 'C',
    guild: 'guild',
    quote: { itemCode: ITEM, quantity: cards, charged },
  };
  const verdict = await desk.rules.judge(view, member);
  const reserved = await desk.rules.reserve(view, member, verdict, wanted);
  if (!reserved.ok) throw new Error('no room');
  const { at, budgets } = reserved;
  const more: Partial<Commission> = {
    requester: member.user,
    campaign: { id: 'C', charged },
    reserved: { at, budgets: [...budgets] },
  };
  return { verdict, more, budgets };
}

describe('the budget of a campaign', () => {
  it('is set aside once, and each of its orders is bought out of that', async () => {
    const desk = await openDesk();
    await set(desk, { budgets: [monthly('14.7')] });
    const { more } = await start(desk, 3);
    const sums = () => desk.ledger.sums(MONTH);
    expect(await sums()).toEqual({ settled: '0', held: '14.7' });
    // Nothing is left for anybody else.
    expect(await problemOf(quote(desk))).toMatchObject({ code: 'policy_refuses' });
    await give(desk, ['ben'], more);
    expect(await sums()).toEqual({ settled: '4.9', held: '9.8' });
    await give(desk, ['cleo', 'dora'], more);
    expect(await sums()).toEqual({ settled: '14.7', held: '0' });
    expect(await problemOf(quote(desk))).toMatchObject({ code: 'policy_refuses' });
  });

  it('has back what an order drew of it that came to nothing, so that another one can', async () => {
    const desk = await openDesk();
    await set(desk, { budgets: [monthly('9.8')] });
    const { more } = await start(desk, 2);
    const { answer } = desk.vendor;
    desk.vendor.answer = async () => refusal(400);
    expect((await give(desk, ['ben'], more)).status).toBe('failed');
    expect(await heldBy(desk, MONTH, 'C')).toBe('9.8');
    expect(await desk.ledger.sums(MONTH)).toEqual({ settled: '0', held: '9.8' });
    desk.vendor.answer = answer;
    expect((await give(desk, ['ben'], more)).status).toBe('held');
    expect(await desk.ledger.sums(MONTH)).toEqual({ settled: '4.9', held: '4.9' });
  });

  it('is free again where an order comes to nothing after the campaign has ended', async () => {
    const desk = await openDesk();
    await set(desk, { budgets: [monthly('9.8')] });
    const { more } = await start(desk, 2);
    desk.vendor.answer = async () => {
      await desk.ledger.free({ key: MONTH, order: 'C' });
      return refusal(400);
    };
    expect((await give(desk, ['ben'], more)).status).toBe('failed');
    expect(await desk.ledger.sums(MONTH)).toEqual({ settled: '0', held: '0' });
  });

  it('keeps what its other orders need when CardPlusPay charges more for one of its orders', async () => {
    const desk = await openDesk();
    await set(desk, { budgets: [monthly('9.8')] });
    const { more } = await start(desk, 2);
    desk.vendor.answer = async (request) => orderAnswer(desk.vendor.commit(request, { amount: '6' }));
    await give(desk, ['ben'], more);
    expect((await desk.ledger.sums(MONTH)).settled).toBe('6');
    expect(await heldBy(desk, MONTH, 'C')).toBe('4.9');
  });

  it('refuses its orders once the limit is lowered below what it needs', async () => {
    const desk = await openDesk();
    await set(desk, { budgets: [monthly('9.8')] });
    const { more } = await start(desk, 2);
    await set(desk, { budgets: [monthly('4')] });
    expect(lastOf(await give(desk, ['ben'], more))).toMatchObject({
      status: 'failed',
      why: 'policy_refuses',
      detail: 'over_budget',
    });
    expect(await heldBy(desk, MONTH, 'C')).toBe('9.8');
  });

  it('adds up after a crash at any point of an order, and is never more than was set aside', async () => {
    for (let call = 1; ; call++) {
      const desk = await openDesk();
      await set(desk, { budgets: [monthly('9.8')] });
      const { more } = await start(desk, 2);
      const total = async () => {
        const { settled, held } = await desk.ledger.sums(MONTH);
        return new Big(settled).plus(held).toFixed();
      };
      const mortal = createMortal({ call, when: 'after' });
      const dying = desk.newProcess(mortal.wrap);
      const made = dying.commission(part(desk, ['ben'], more)).then(({ id }) => dying.carryOut(id));
      const end = await Promise.race([made.then(() => 'finished'), mortal.died]);
      expect(await total()).toBe('9.8');
      const process = desk.newProcess();
      await process.recover();
      const order = await process.commission(part(desk, ['ben'], more));
      const after: Order = await process.carryOut(order.id);
      await process.recover();
      expect(await total()).toBe('9.8');
      const { settled } = await desk.ledger.sums(MONTH);
      expect(settled).toBe(after.remote ? '4.9' : '0');
      await process.stop(1);
      if (end === 'finished') break;
    }
  });
});

describe('what a member buys without an approval', () => {
  it('takes in a campaign order by order, and counts none of it twice', async () => {
    const desk = await openDesk();
    await set(desk, { free: { perOrder: '10', perDay: '10' } });
    const { verdict, more, budgets } = await start(desk, 2, cleo);
    expect(verdict).toMatchObject({ kind: 'allowed', rule: 'within_free' });
    expect(budgets).toEqual([FREE]);
    for (const [user, settled, held] of [
      ['ben', '4.9', '4.9'],
      ['dora', '9.8', '0'],
    ] as const) {
      expect((await give(desk, [user], more)).status).toBe('held');
      expect(await desk.ledger.sums(FREE)).toEqual({ settled, held });
    }
  });

  it('is compared with the whole of a campaign, for it was one wish', async () => {
    const desk = await openDesk();
    await set(desk, { free: { perOrder: '5', perDay: '100' } });
    const reserved = { at: desk.clock.now(), budgets: [] };
    const charged = times(EACH, 2);
    const more = { requester: 'cleo', campaign: { id: 'C', charged }, reserved };
    expect(lastOf(await give(desk, ['ben'], more))).toMatchObject({
      status: 'failed',
      why: 'approvals_lacking',
    });
    expect(desk.vendor.posts).toEqual([]);
  });
});

describe('the approval of a campaign', () => {
  const votesOf = (...users: string[]): NonNullable<Order['approval']> => ({
    channel: 'channel',
    wanted: users.length,
    because: [],
    budgets: [],
    endsAt: 0,
    votes: users.map((by) => ({ by, voice: by, at: 0 })),
  });

  it('is good for each of its orders, also where the campaign as a whole takes two', async () => {
    const desk = await openDesk();
    await set(desk, { tiers: [{ over: '9', approvals: 2 }] });
    const { verdict, more } = await start(desk, 2, cleo);
    expect(verdict).toMatchObject({ kind: 'needs', approvals: 2 });
    const one = { ...more, approval: votesOf('ben') };
    expect(lastOf(await give(desk, ['dora'], one))).toMatchObject({ why: 'approvals_lacking' });
    const two = { ...more, approval: votesOf('ben', 'olga') };
    expect((await give(desk, ['dora'], two)).status).toBe('held');
  });

  it('does not count of who may not approve any more', async () => {
    const desk = await openDesk();
    const { more } = await start(desk, 2, cleo);
    const approved = { ...more, approval: votesOf('ben') };
    expect((await give(desk, ['dora'], approved)).status).toBe('held');
    desk.guild.members.set('ben', { ...ben, isManager: false });
    expect(lastOf(await give(desk, ['emil'], approved))).toMatchObject({
      status: 'failed',
      why: 'approvals_lacking',
    });
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it('is refused to its orders when who asked for it has left, and not when a recipient has', async () => {
    const desk = await openDesk();
    const { more } = await start(desk, 2);
    desk.guild.left.add('ben');
    expect((await give(desk, ['ben'], more)).status).toBe('held');
    desk.guild.left.add('anna');
    expect(lastOf(await give(desk, ['cleo'], more))).toMatchObject({ why: 'requester_left' });
  });

  it('can be looked at as that of an order: how it stands, and what it would be', async () => {
    const desk = await openDesk();
    const charged = money('49', 'USD');
    const view = {
      id: 'C',
      guild: 'guild',
      requester: 'cleo',
      approval: votesOf('ben', 'olga'),
      quote: { itemCode: ITEM, quantity: 10, charged },
    };
    expect(await desk.rules.standing(view)).toMatchObject({ ok: true, wanted: 2, lapsed: [] });
    desk.guild.members.set('olga', { ...olga, isManager: false });
    expect(await desk.rules.standing(view)).toMatchObject({ ok: true, lapsed: ['olga'] });
  });
});
