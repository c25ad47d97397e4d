import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Order, type Status, statuses } from '../../../src/orders/model/order.ts';
import {
  canBecome,
  decisionOf,
  IllegalTransition,
  isFinal,
  isNotListed,
  noted,
  transition,
  transitions,
  whenAsked,
} from '../../../src/orders/model/state-machine.ts';
import { anyOrder } from '../random-orders.ts';

const [sample] = fc.sample(anyOrder, { numRuns: 1, seed: 1 });
if (!sample) throw new Error('no sample');
const step = { at: 5, by: 'anna', why: 'confirmed' as const, detail: 'as agreed' };

/** Every status that can follow, however late. */
function reachableFrom(start: Status): Set<Status> {
  const found = new Set<Status>([start]);
  for (const status of found) for (const next of transitions[status]) found.add(next);
  return found;
}

describe('an order’s life', () => {
  const pairs = statuses.flatMap((from) => statuses.map((to) => [from, to] as const));

  it.each(pairs.filter(([from, to]) => transitions[from].includes(to)))(
    'goes from %s to %s, with who, when and why in its history',
    (from, to) => {
      const before = { ...sample, status: from };
      const after = transition(before, to, step);
      expect(after.status).toBe(to);
      expect(after.history).toEqual([...before.history, { ...step, status: to }]);
    },
  );

  it.each(pairs.filter(([from, to]) => !transitions[from].includes(to)))('never goes from %s to %s', (from, to) => {
    expect(() => transition({ ...sample, status: from }, to, step)).toThrow(IllegalTransition);
  });

  it('can get from a quote to every other status', () => {
    expect(reachableFrom('quoted')).toEqual(new Set(statuses));
  });

  it('ends: from every status an end can be reached, and no end has a way out', () => {
    for (const status of statuses) {
      expect([...reachableFrom(status)].some(isFinal)).toBe(true);
    }
    expect(statuses.filter(isFinal)).toEqual([
      ...['delivered', 'cancelled', 'expired', 'rejected', 'repriced', 'failed', 'closed'],
    ]);
  });

  it('never gets the right to buy a second time', () => {
    for (const status of transitions.buying) {
      expect(reachableFrom(status)).not.toContain('approved');
      expect(reachableFrom(status)).not.toContain('buying');
    }
    expect(statuses.filter((status) => canBecome(status, 'buying'))).toEqual(['approved']);
  });

  it('once not found, goes on through people or ends: nothing is taken as bought by itself', () => {
    expect(transitions.not_found).toEqual(['needs_review', 'closed']);
  });

  it('comes back before people once they have found it, after a day of looking has closed it, and in no other way', () => {
    const closed = (why: 'not_listed' | 'review_none'): Order => ({
      ...{ ...sample, status: 'closed' as const, looking: undefined },
      history: [...sample.history, { at: 4, by: 'cardigan', status: 'closed', why }],
    });
    expect(transition(closed('not_listed'), 'needs_review', step).status).toBe('needs_review');
    const alone = { ...step, by: 'cardigan' };
    expect(() => transition(closed('not_listed'), 'needs_review', alone)).toThrow(IllegalTransition);
    expect(() => transition(closed('review_none'), 'needs_review', step)).toThrow(IllegalTransition);
    expect(() => transition(closed('not_listed'), 'bought', step)).toThrow(IllegalTransition);
  });

  it('was not listed only where that has closed it', () => {
    const history = [{ at: 4, by: 'cardigan', status: 'needs_review' as const, why: 'not_listed' as const }];
    expect(isNotListed({ status: 'needs_review', history })).toBe(false);
    expect(
      isNotListed({ status: 'closed', history: [{ at: 4, by: 'cardigan', status: 'closed', why: 'not_listed' }] }),
    ).toBe(true);
  });

  it('is decided about by the step after the one that asked, and was then as it was when it was asked', () => {
    const asked = { at: 2, by: 'anna', status: 'awaiting_approval' as const };
    const yes = { at: 3, by: 'ben', status: 'approved' as const };
    const quoted = { at: 1, by: 'anna', status: 'quoted' as const };
    expect(decisionOf({ history: [quoted, asked, yes] })).toEqual(yes);
    expect(decisionOf({ history: [quoted, asked] })).toBeUndefined();
    expect(decisionOf({ history: [yes] })).toBeUndefined();
    const vote = { by: 'ben', voice: 'ben', at: 3 };
    const approval = { channel: 'c', wanted: 1, because: [], budgets: [], endsAt: 9, votes: [vote] };
    const order = { ...sample, status: 'approved' as const, approval, history: [quoted, asked, yes] };
    expect(whenAsked(order)).toEqual({
      ...{ ...order, status: 'awaiting_approval', history: [quoted, asked] },
      approval: { ...approval, votes: [] },
    });
    const { approval: _, ...without } = order;
    expect(whenAsked(without)).not.toHaveProperty('approval');
  });

  it('looks of one status end with it, and the next one begins its own', () => {
    const looking = { tries: 7, nextAt: 5, seenSince: 1 };
    const before = { ...sample, status: 'unconfirmed' as const, looking };
    expect(transition(before, 'not_found', step).looking).toBeUndefined();
    expect(noted(before, step).looking).toEqual(looking);
  });

  it('keeps its quote, its people and all that happened before, whatever the step', () => {
    fc.assert(
      fc.property(anyOrder, fc.constantFrom(...statuses), (order, to) => {
        const after = canBecome(order.status, to)
          ? transition(order, to, step, { approvedAt: 7 })
          : noted(order, step, { approvedAt: 7 });
        const { status, history, approvedAt, ...rest } = after;
        expect(approvedAt).toBe(7);
        expect({ ...rest, status: order.status, history: history.slice(0, -1) }).toEqual(order);
        expect(history.at(-1)).toEqual({ ...step, status });
      }),
    );
  });
});
