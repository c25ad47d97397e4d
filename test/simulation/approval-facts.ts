import Big from 'big.js';
import type { Budget } from '../../src/policy/budgets/record.ts';
import type { Delegation } from '../../src/policy/delegates.ts';
import { defaultPolicy } from '../../src/policy/policy.ts';
import type { Settings } from '../../src/policy/settings/settings.ts';
import type { GuardedChange } from '../../src/store/tables.ts';
import type { InForce, Named, Reservation } from './facts.ts';
import { setWrongly } from './invariants/settings.ts';

/** What the store's writes say of policies and budgets. */
export function createApprovalFacts(now: () => number, notice: (what: string) => void) {
  const policies: InForce[] = [{ since: Number.NEGATIVE_INFINITY, policy: defaultPolicy }];
  const budgets = new Map<string, Pick<Budget, 'settled' | 'held'>>();
  const reservations: Reservation[] = [];
  const named: Named[] = [];
  let settings: Settings | undefined;

  function set(next: Settings): void {
    for (const wrong of setWrongly(settings, next)) notice(wrong);
    settings = next;
    policies.push({ since: now(), policy: next.policy });
  }

  function count(key: string, { settled, held }: Budget): void {
    const before = budgets.get(key)?.held ?? {};
    const sum = totalOf(settled, held);
    const isMoved = sum === totalOf(budgets.get(key)?.settled ?? '0', before);
    for (const [order, amount] of Object.entries(held)) {
      if (before[order] === undefined) reservations.push({ key, order, at: now(), amount, sum, isMoved });
    }
    budgets.set(key, { settled, held });
  }

  return {
    facts: { policies, budgets, reservations, named },
    observe({ namespace, key }: GuardedChange, record: unknown): void {
      if (namespace === 'settings') set(record as Settings);
      if (namespace === 'delegations') named.push({ ...(record as Delegation), since: now() });
      if (namespace === 'budgets') count(key.replace(/^day\//, ''), record as Budget);
    },
  };
}

function totalOf(settled: string, held: Budget['held']): number {
  const amounts = Object.values(held);
  return amounts.reduce((total, each) => total.plus(each), Big(settled)).toNumber();
}
