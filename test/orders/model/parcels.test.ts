import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card, Order } from '../../../src/orders/model/order.ts';
import { assignCards, waitingParcels, withReceived } from '../../../src/orders/model/parcels.ts';
import { anyOrder } from '../random-orders.ts';

const empty = anyOrder.map((order): Order => ({ ...order, cards: [] }));
/** Codes as they trickle in: some twice, some again in a later answer. */
const arrivals = fc.array(fc.array(fc.nat(20).map((i) => `code ${i}`)), { maxLength: 4 });

function arrive(order: Order, batches: readonly string[][]): Card[][] {
  let current = order;
  return batches.map((batch) => {
    current = { ...current, cards: assignCards(current, batch) };
    return current.cards;
  });
}
const countBy = (cards: readonly Card[], user: string) => cards.filter((card) => card.recipient === user).length;

describe('who gets which code', () => {
  it('is fixed once: later codes change nothing about earlier ones', () => {
    fc.assert(
      fc.property(empty, arrivals, (order, batches) => {
        const states = arrive(order, batches);
        states.forEach((cards, i) => {
          expect(cards.slice(0, states[i - 1]?.length ?? 0)).toEqual(states[i - 1] ?? []);
        });
      }),
    );
  });

  it('every code goes to one recipient, once, however often it comes', () => {
    fc.assert(
      fc.property(empty, arrivals, (order, batches) => {
        const cards = arrive(order, batches).at(-1) ?? [];
        const fingerprints = cards.map((card) => card.fingerprint);
        expect(fingerprints).toEqual([...new Set(batches.flat())]);
        const people = order.recipients.map(({ user }) => user);
        for (const { recipient } of cards) expect(people).toContain(recipient);
      }),
    );
  });

  it('nobody gets more than their share; only what came too many goes to the last', () => {
    fc.assert(
      fc.property(empty, arrivals, (order, batches) => {
        const cards = arrive(order, batches).at(-1) ?? [];
        for (const { user, quantity } of order.recipients.slice(0, -1)) {
          expect(countBy(cards, user)).toBeLessThanOrEqual(quantity);
        }
        if (cards.length < order.quote.quantity) return;
        for (const { user, quantity } of order.recipients) {
          expect(countBy(cards, user)).toBeGreaterThanOrEqual(quantity);
        }
      }),
    );
  });

  it('a parcel is of one recipient and one arrival, and its number never comes again', () => {
    fc.assert(
      fc.property(empty, arrivals, (order, batches) => {
        const parcels = new Map<number, string>();
        arrive(order, batches).forEach((cards, batch, all) => {
          for (const card of cards.slice(all[batch - 1]?.length ?? 0)) {
            const made = `${card.recipient} ${batch}`;
            expect(parcels.get(card.parcel) ?? made).toBe(made);
            parcels.set(card.parcel, made);
          }
        });
      }),
    );
  });

  it('what waits is what nobody has received, in the parcels it was put in', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const isBrought = order.status === 'bought' || order.status === 'held';
        const waiting = order.cards.filter((card) => isBrought && card.deliveredAt === undefined);
        const parcels = waitingParcels(order, 'again');
        expect(parcels.flatMap(({ cards }) => cards)).toEqual(waiting);
        for (const { number, recipient, cards } of parcels) {
          for (const card of cards) expect(card).toMatchObject({ recipient, parcel: number });
        }
      }),
    );
  });

  it('a code counts as received by its own recipient only, and from the first time on', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const all = new Set(order.cards.map((card) => card.fingerprint));
        const after = withReceived(order, 'anna', 99, all);
        after.cards.forEach((card, i) => {
          const before = order.cards[i]?.deliveredAt;
          expect(card.deliveredAt).toBe(card.recipient === 'anna' ? (before ?? 99) : before);
        });
        expect(withReceived(after, 'anna', 100, all)).toBe(after);
      }),
    );
  });
});
