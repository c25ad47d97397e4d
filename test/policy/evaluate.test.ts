import { describe, expect, it } from 'vitest';
import {
  evaluate,
  isApprover,
  maySeeBalance,
  type Requester,
  type Spent,
  type WishedCards,
} from '../../src/policy/evaluate.ts';
import { defaultPolicy, EVERYONE, type Policy } from '../../src/policy/policy.ts';
import type { Because, Refusal, Verdict } from '../../src/policy/types.ts';
import { asking, member, nothingSpent, type RuleCase, refusing, wanted } from './cases.ts';

const manager: Requester = { roles: [], isManager: true };
const withRole = (role: string): Requester => ({ roles: [role], isManager: false });
interface Judged {
  policy?: Partial<Policy>;
  spent?: Partial<Spent>;
  order?: Partial<WishedCards>;
  requester?: Requester;
}
const verdictOf = ({ policy, spent, order, requester = member }: Judged): Verdict =>
  evaluate({ ...defaultPolicy, ...policy }, { ...nothingSpent, ...spent }, { ...wanted, ...order }, requester);
const allowedBy = (rule: 'own_purchase' | 'within_free'): Verdict => ({ kind: 'allowed', rule });
const refusedBy = (...refusals: Refusal[]): Verdict => ({ kind: 'refused', refusals });
const needs = (approvals: number, ...because: Because[]): Verdict => ({
  kind: 'needs',
  approvals,
  because,
});
const saysOf = (cases: readonly RuleCase[]) => cases.map(({ says }) => says);

describe('each rule by itself', () => {
  it.each(refusing)('refuses: $name', ({ policy = {}, spent = {}, says }) => {
    const free = { perOrder: '50', perDay: '50' };
    const refused = refusedBy(says as Refusal);
    expect(verdictOf({ policy: { free, ...policy }, spent })).toEqual(refused);
    expect(verdictOf({ policy, spent })).toEqual(refused);
  });

  it.each(asking)('asks for an approval: $name', ({ policy = {}, spent = {}, says }) => {
    const approvals = says.rule === 'tier' ? says.approvals : 1;
    expect(verdictOf({ policy, spent })).toEqual(needs(approvals, says as Because));
  });
});

/** All pairs of different rules of a list, or of two. */
const pairs = <A, B>(ones: readonly A[], others: readonly B[]) =>
  ones.flatMap((one, at) =>
    others.filter((_, index) => (ones as readonly unknown[]) !== others || index > at).map((other) => ({ one, other })),
  );
const both = (one: RuleCase, other: RuleCase): Judged => ({
  policy: { ...one.policy, ...other.policy },
  spent: {
    ...one.spent,
    ...other.spent,
    budgets: [...(one.spent?.budgets ?? []), ...(other.spent?.budgets ?? [])],
  },
});
const titled = ({ one, other }: { one: RuleCase; other: RuleCase }) => ({
  one,
  other,
  title: `${one.name}, and ${other.name}`,
});

describe('two rules together', () => {
  it.each(pairs(refusing, refusing).map(titled))('say both why not: $title', ({ one, other }) => {
    const verdict = verdictOf(both(one, other));
    if (verdict.kind !== 'refused') throw new Error(`it is ${verdict.kind}`);
    expect(verdict.refusals).toHaveLength(2);
    expect(verdict.refusals).toEqual(expect.arrayContaining(saysOf([one, other])));
  });

  // The approvers' rule makes the requester an approver, and approvers may always ask.
  const refusedOrNot = pairs(refusing, asking).filter(
    ({ one, other }) => !(one.policy?.askers && other.policy?.approvers),
  );
  it.each(refusedOrNot.map(titled))('refuse what one refuses: $title', ({ one, other }) => {
    expect(verdictOf(both(one, other))).toEqual(refusedBy(one.says as Refusal));
  });

  it.each(pairs(asking, asking).map(titled))('ask for the more of it: $title', (pair) => {
    const cases = both(pair.one, pair.other);
    // What the one says of the free total, the other may say differently.
    const { free } = { ...pair.one.policy, ...pair.other.policy };
    const says = saysOf([pair.one, pair.other]);
    const tier = says.find(({ rule }) => rule === 'tier');
    const verdict = verdictOf({ ...cases, policy: { ...cases.policy, ...(free && { free }) } });
    if (verdict.kind !== 'needs') throw new Error(`it is ${verdict.kind}`);
    expect(verdict.approvals).toBe(tier ? 2 : 1);
    const known = [...says, { rule: 'every_order' }];
    for (const each of verdict.because) expect(known.map(({ rule }) => rule)).toContain(each.rule);
    if (tier) expect(verdict.because).toContainEqual(tier);
  });
});

describe('who may ask', () => {
  const policy = {
    askers: ['buyers'],
    approvers: ['leads'],
    free: { perOrder: '50', perDay: '50' },
  };

  it('is whoever has one of the roles, or approves', () => {
    expect(verdictOf({ policy, requester: withRole('buyers') })).toEqual(allowedBy('within_free'));
    expect(verdictOf({ policy, requester: withRole('leads') })).toEqual(allowedBy('own_purchase'));
    expect(verdictOf({ policy, requester: withRole('guests') }).kind).toBe('refused');
  });

  it('is not Manage Server, where approvers are named by their roles', () => {
    expect(verdictOf({ policy, requester: manager }).kind).toBe('refused');
    expect(verdictOf({ policy: { askers: ['buyers'] }, requester: manager }).kind).toBe('allowed');
  });
});

describe('what may be bought', () => {
  it('is found in its list however it is written', () => {
    const policy = { brands: ['GOOGLE play'], currencies: ['usd'], items: ['google-play-usd-5'] };
    expect(verdictOf({ policy }).kind).toBe('needs');
  });

  it('is no item whose code differs by its capitals: that is another card', () => {
    const policy = { items: ['Google-Play-USD-5'] };
    expect(verdictOf({ policy }).kind).toBe('refused');
  });

  it('is refused where a list asks for what CardPlusPay does not tell', () => {
    const order = { brand: undefined, currency: undefined, delivery: undefined };
    const policy = { brands: ['Google Play'], currencies: ['USD'], deliveries: ['instant'] };
    expect(verdictOf({ policy, order })).toEqual(
      refusedBy(
        { rule: 'brand', allowed: ['Google Play'] },
        { rule: 'currency', allowed: ['USD'] },
        { rule: 'delivery', allowed: ['instant'] },
      ),
    );
  });

  it('is as many cards as are allowed, and no more', () => {
    expect(verdictOf({ policy: { mostCards: 3 } }).kind).toBe('needs');
    expect(verdictOf({ policy: { mostCards: 3 }, order: { quantity: 4 } }).kind).toBe('refused');
  });
});

describe('an amount right at the limit', () => {
  const budget = { scope: { kind: 'guild' as const }, period: 'month' as const, limit: '100' };
  const cases = [
    ['of a budget', { spent: { budgets: [{ ...budget, left: '50' }] } }, 'needs', 'refused'],
    ['of free orders', { policy: { free: { perOrder: '50', perDay: '99' } } }, 'allowed', 'needs'],
    [
      'of a day’s free orders',
      { policy: { free: { perOrder: '99', perDay: '80' } }, spent: { freeToday: '30' } },
      'allowed',
      'needs',
    ],
    [
      'of a tier',
      {
        policy: { tiers: [{ over: '50', approvals: 1 }] },
        requester: manager,
      },
      'allowed',
      'needs',
    ],
  ] as const;
  it.each(cases)('%s is within it, and a hundredth of a cent more is not', (_, judged, at, over) => {
    expect(verdictOf(judged as Judged).kind).toBe(at);
    expect(verdictOf({ ...(judged as Judged), order: { charged: '50.0001' } }).kind).toBe(over);
  });
});

describe('a budget of nothing', () => {
  it('lets nothing be bought, by approvers neither', () => {
    const budget = { scope: { kind: 'guild' as const }, period: 'day' as const, limit: '0' };
    const spent = { budgets: [{ ...budget, left: '0' }] };
    const order = { charged: '0.01' };
    expect(verdictOf({ spent, order, requester: manager }).kind).toBe('refused');
  });
});

describe('tiers', () => {
  const tiers = [
    { over: '100', approvals: 2 },
    { over: '20', approvals: 1 },
    { over: '200', approvals: 3 },
    { over: '300', approvals: 3 },
  ];
  const by = (charged: string, requester: Requester) => verdictOf({ policy: { tiers }, order: { charged }, requester });
  const tier = (over: string, approvals: number): Because => ({ rule: 'tier', over, approvals });

  it('leave what is under the lowest to approvers, and ask for more above', () => {
    expect(by('20', manager)).toEqual(allowedBy('own_purchase'));
    expect(by('21', manager)).toEqual(needs(1, tier('20', 1)));
    expect(by('101', manager)).toEqual(needs(2, tier('100', 2)));
    expect(by('999', manager)).toEqual(needs(3, tier('300', 3)));
  });

  it('are named beside the rule that asks for an approval anyway', () => {
    expect(by('101', member)).toEqual(needs(2, { rule: 'every_order' }, tier('100', 2)));
  });

  it('and the free total of an order look at all that was decided together, that of a day at each part', () => {
    const part = { charged: '30', together: '101' };
    expect(verdictOf({ policy: { tiers }, order: part, requester: manager })).toEqual(needs(2, tier('100', 2)));
    const freeUpTo = (perOrder: string) => verdictOf({ policy: { free: { perOrder, perDay: '30' } }, order: part });
    expect(freeUpTo('101')).toEqual(allowedBy('within_free'));
    expect(freeUpTo('100')).toEqual(needs(1, { rule: 'over_free_order', limit: '100' }));
  });

  it('hold for what would be free without them', () => {
    const free = { perOrder: '150', perDay: '150' };
    const verdict = verdictOf({ policy: { tiers, free }, order: { charged: '101' } });
    expect(verdict).toEqual(needs(2, tier('100', 2)));
  });
});

describe('what approvers buy themselves', () => {
  const another = { ownPurchases: 'another' as const };

  it('needs another approver where that is set, but what needs nobody for a member needs nobody', () => {
    expect(verdictOf({ policy: another, requester: manager })).toEqual(needs(1, { rule: 'own_purchase' }));
    const free = { perOrder: '50', perDay: '50' };
    const small = { policy: { ...another, free }, requester: manager };
    expect(verdictOf(small)).toEqual(allowedBy('within_free'));
  });
});

describe('approvers, and who sees the balance', () => {
  const policy = { ...defaultPolicy, approvers: ['leads'], balanceSeers: ['treasurers'] };

  it('are people with Manage Server, until roles are named', () => {
    expect([manager, member].map((each) => isApprover(defaultPolicy, each))).toEqual([true, false]);
    expect([manager, withRole('leads')].map((each) => isApprover(policy, each))).toEqual([false, true]);
  });

  it('are the approvers, until roles or everyone are named', () => {
    expect([manager, member].map((each) => maySeeBalance(defaultPolicy, each))).toEqual([true, false]);
    expect(maySeeBalance({ ...policy, balanceSeers: [EVERYONE] }, member)).toBe(true);
    const people = [member, withRole('treasurers'), withRole('leads'), manager];
    expect(people.map((each) => maySeeBalance(policy, each))).toEqual([false, true, true, false]);
  });
});
