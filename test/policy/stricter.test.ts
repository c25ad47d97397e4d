import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leftOf } from '../../src/policy/budgets/ledger.ts';
import { budgetClaims } from '../../src/policy/budgets/spent.ts';
import { evaluate, type Requester, type WishedCards } from '../../src/policy/evaluate.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { Verdict } from '../../src/policy/types.ts';
import { amount, memberRoles, named, policies, stricter, stricterStep } from './stricter.ts';

const AT = Date.UTC(2026, 2, 7, 12);
const requesters: fc.Arbitrary<Requester> = fc.record({
  roles: memberRoles,
  isManager: fc.boolean(),
});
const orders: fc.Arbitrary<WishedCards> = fc.record({
  itemCode: named('item'),
  brand: fc.option(named('brand'), { nil: undefined }),
  currency: fc.option(named('currency'), { nil: undefined }),
  delivery: fc.option(named('delivery'), { nil: undefined }),
  quantity: fc.integer({ min: 1, max: 6 }),
  charged: fc.integer({ min: 1, max: 120 }).map(String),
});
/** What was spent already: in everything that the claims of a policy name, as much. */
const worlds = fc.record({
  requester: requesters,
  wanted: orders,
  used: amount,
  freeToday: amount,
});
type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

function verdictOf(policy: Policy, { requester, wanted, used, freeToday }: World): Verdict {
  const spender = { guild: 'guild', user: 'cleo', ...requester };
  const budgets = budgetClaims(policy, spender, AT).map((claim) => ({
    ...claim,
    left: leftOf(claim.cap, { settled: used, held: '0' }),
  }));
  return evaluate(policy, { freeToday, budgets }, wanted, requester);
}

/** How much stands between somebody and their cards. */
function severity(verdict: Verdict): number {
  if (verdict.kind === 'refused') return Number.POSITIVE_INFINITY;
  return verdict.kind === 'needs' ? verdict.approvals : 0;
}

describe('a stricter policy never allows more', () => {
  it.each(Object.entries(stricter))('%s', (_, change) => {
    let changes = 0;
    fc.assert(
      fc.property(policies, worlds, stricterStep, (policy, world, { at, to, added }) => {
        const after = verdictOf(change(policy, at, to, added), world);
        const before = verdictOf(policy, world);
        expect(severity(after)).toBeGreaterThanOrEqual(severity(before));
        if (severity(after) > severity(before)) changes++;
      }),
      { numRuns: 4_000 },
    );
    // Otherwise it would say nothing.
    expect(changes).toBeGreaterThan(0);
  });

  it('nor do several settings at once, in any order', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom(...Object.values(stricter)), stricterStep));
    fc.assert(
      fc.property(policies, worlds, steps, (policy, world, changes) => {
        let [known, least] = [policy, severity(verdictOf(policy, world))];
        for (const [change, { at, to, added }] of changes) {
          known = change(known, at, to, added);
          const now = severity(verdictOf(known, world));
          expect(now).toBeGreaterThanOrEqual(least);
          least = now;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('whatever the policy is', () => {
  it('says why, and the same again', () => {
    fc.assert(
      fc.property(policies, worlds, (policy, world) => {
        const verdict = verdictOf(policy, world);
        expect(verdictOf(policy, world)).toEqual(verdict);
        if (verdict.kind === 'refused') expect(verdict.refusals.length).toBeGreaterThan(0);
        if (verdict.kind === 'needs') expect(verdict.because.length).toBeGreaterThan(0);
      }),
    );
  });

  it('never lets a dearer order have more, nor one of more cards', () => {
    fc.assert(
      fc.property(policies, worlds, fc.nat(50), fc.nat(3), (policy, world, more, cards) => {
        const { charged, quantity } = world.wanted;
        const dearer = { charged: String(Number(charged) + more), quantity: quantity + cards };
        const wanted = { ...world.wanted, ...dearer };
        const after = verdictOf(policy, { ...world, wanted });
        expect(severity(after)).toBeGreaterThanOrEqual(severity(verdictOf(policy, world)));
      }),
    );
  });
});
