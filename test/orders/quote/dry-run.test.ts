import { describe, expect, it } from 'vitest';
import { money } from '../../../src/lib/money.ts';
import type { Question } from '../../../src/orders/quote/dry-run.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { anna, ben, cleo, olga, openDesk, problemOf, quote } from '../desk.ts';
import { ITEM } from '../vendor.ts';

async function open(policy: Partial<Policy> = {}, caps = { order: '1000', day: '5000' }) {
  const desk = await openDesk({ caps });
  await desk.policies.change('guild', 'olga', (before) => ({ ...before, ...policy }));
  const why = (more: Partial<Question> = {}, asker = anna) =>
    desk.explain(asker, { itemCode: ITEM, quantity: 1, ...more });
  return { desk, why };
}
const usd = (amount: string) => money(amount, 'USD');
const budgets: Policy['budgets'] = [{ scope: { kind: 'guild' }, period: 'month', limit: '20' }];

describe('what would happen to an order', () => {
  it('is what would truly happen, to whom it is asked about', async () => {
    const { desk, why } = await open({ budgets });
    const mine = await why();
    expect(mine).toMatchObject({ user: 'anna', charged: usd('4.9'), obstacles: [] });
    expect(mine.verdict).toEqual({ kind: 'allowed', rule: 'own_purchase' });
    const hers = await why({ user: 'cleo', quantity: 2 });
    expect(hers.verdict).toEqual(await desk.rules.judge(await quote(desk, { member: cleo, quantity: 2 }), cleo));
    expect(hers.budgets).toEqual([{ ...budgets[0], before: '20', after: '10.2' }]);
    const dear = await why({ user: 'cleo', quantity: 5 });
    expect(dear.verdict).toMatchObject({ kind: 'refused', refusals: [{ rule: 'over_budget' }] });
    expect(dear.budgets[0]?.after).toBe('-4.5');
  });

  it('is only told: no order is made, nothing is set aside', async () => {
    const { desk, why } = await open({ budgets, free: { perOrder: '10', perDay: '10' } });
    await why({ user: 'cleo' });
    expect((await desk.ofMember(cleo, { limit: 10 })).orders).toEqual([]);
    expect((await desk.ofMember(anna, { limit: 10 })).orders).toEqual([]);
    for await (const hold of desk.ledger.holds()) throw new Error(hold.key);
    expect(desk.vendor.posts).toEqual([]);
  });

  it('names whatever else is in its way', async () => {
    const { desk, why } = await open({}, { order: '4', day: '3' });
    desk.vendor.balance = usd('1');
    desk.vendor.inStock = false;
    await desk.stopPurchases(olga);
    const explained = await why();
    expect(explained.obstacles).toEqual(['stopped', 'out_of_stock', 'over_order_cap', 'over_day_cap', 'balance']);
    expect(explained.caps).toEqual({ order: usd('4'), day: usd('3'), left: usd('3') });
    await desk.resumePurchases(olga);
    expect((await why()).obstacles).not.toContain('stopped');
  });

  it('shows the balance to whoever may see it', async () => {
    const { desk, why } = await open();
    expect((await why()).balance).toEqual(usd('1000')); // Olga has Manage Server
    const hidden = { balanceSeers: ['treasurers'], approvers: ['leads'] };
    await desk.policies.change('guild', 'olga', (before) => ({ ...before, ...hidden }));
    expect(await why()).not.toHaveProperty('balance');
    expect(await why({}, { ...anna, roles: ['treasurers'] })).toHaveProperty('balance');
  });

  it('shows no balance of what is refused', async () => {
    const { why } = await open({ brands: ['Steam'] });
    const refused = await why();
    expect(refused.verdict).toMatchObject({ kind: 'refused', refusals: [{ rule: 'brand' }] });
    expect(refused).not.toHaveProperty('balance');
  });

  it('is told to people with Manage Server, about members, and of what can be bought', async () => {
    const { desk, why } = await open();
    desk.guild.left.add('nobody');
    expect(await problemOf(why({}, cleo))).toEqual({ code: 'managers_only' });
    expect(await problemOf(why({ user: 'nobody' }, ben))).toEqual({ code: 'not_a_member' });
    expect(await problemOf(why({ quantity: 101 }))).toMatchObject({ code: 'bad_quantity' });
    expect(await problemOf(why({ itemCode: 'nothing' }))).toMatchObject({ code: 'unknown_item' });
  });
});
