import { describe, expect, it } from 'vitest';
import type { Order } from '../../src/orders/model/order.ts';
import type { FinalFacts } from './facts.ts';
import { handedOnIsKnown, nothingIsLost, servedOnce, servedWhole, unclaimedIsNobodys } from './invariants/on-hand.ts';
import { changedWrongly } from './invariants/records.ts';
import { campaignFacts, campaignOrder, placeOf, placesOf } from './sample-campaign.ts';
import { AT, order, stored, usd } from './sample-facts.ts';

const cardOf = (at: number) => ({ fingerprint: `of SECRET-1001-${at}`, parcel: at });
const handedOn = { order: 'B', at: AT + 60 };

/** Two cards of the drop, of which Ben claimed one; the other went to Cleo's order. */
const pool: Order = {
  ...campaignOrder,
  ...{ campaign: { id: 'C', charged: usd('9.8'), pool: 0 }, onHandSince: AT + 50 },
  recipients: [{ user: 'ben', quantity: 1 }],
  cards: [
    { ...cardOf(0), recipient: 'ben', deliveredAt: AT },
    { ...cardOf(1), handedOn },
  ],
};
const { remote: _, attempt: __, ...bare } = order;
const served: Order = {
  ...bare,
  ...{ id: 'B', reference: 'BBBBBB', requester: 'cleo', recipients: [{ user: 'cleo', quantity: 1 }] },
  fromHand: [{ order: 'A', remote: { orderId: 1001, charged: usd('9.8') }, cards: ['of SECRET-1001-1'] }],
  cards: [{ ...cardOf(1), recipient: 'cleo', deliveredAt: AT }],
  history: [...order.history, { at: AT + 60, by: 'cardigan', status: 'bought', why: 'from_hand' }],
};

function factsOf(change: Partial<Order> = {}, other: Partial<Order> = {}, more: readonly Order[] = []): FinalFacts {
  const all = [{ ...pool, ...change }, { ...served, ...other }, ...more];
  const orders = new Map(all.map((each) => [each.id, stored(each, { tags: new Set() })]));
  return campaignFacts({ orders, ...placesOf(placeOf('ben', 'ordered', { order: 'A' })) });
}

const rules = [servedOnce, servedWhole, unclaimedIsNobodys, nothingIsLost, handedOnIsKnown];
const broken = (facts: FinalFacts) => rules.filter((rule) => rule(facts).length > 0).map(({ name }) => name);

describe('the invariants of cards on hand', () => {
  it('have nothing against a drop of which a card was left, and served', () => {
    expect(broken(factsOf())).toEqual([]);
  });

  it.each<[string, FinalFacts]>([
    ['servedOnce', factsOf({}, {}, [{ ...served, id: 'D' }])],
    ['servedOnce', factsOf({ cards: [pool.cards[0] as Order['cards'][number]] })],
    ['servedOnce', factsOf({ cards: pool.cards.map((card) => ({ ...card, recipient: 'ben' })) })],
    ['servedOnce', factsOf({ cards: [{ ...cardOf(1), handedOn: { order: 'D', at: AT } }] })],
    ['servedOnce', factsOf({ guild: 'another' })],
    ['servedOnce', factsOf({ quote: { ...pool.quote, itemCode: 'HUGE' } })],
    ['servedWhole', factsOf({}, { quote: { ...served.quote, quantity: 2 } })],
    ['servedWhole', factsOf({}, { cards: [] })],
    ['servedWhole', factsOf({}, { history: order.history })],
    ['unclaimedIsNobodys', factsOf({ cards: [{ ...cardOf(0), recipient: 'anna' }] })],
    ['unclaimedIsNobodys', factsOf({ cards: [{ ...cardOf(0), recipient: 'dora' }] })],
    ['nothingIsLost', factsOf({ cards: [cardOf(0), { ...cardOf(1), handedOn }] })],
    ['nothingIsLost', factsOf({}, { cards: [] })],
    ['handedOnIsKnown', factsOf({ cards: [cardOf(1)] })],
  ])('%s notices what breaks it (%#)', (name, facts) => {
    expect(broken(facts)).toContain(name);
  });

  it.each<[string, Order, Partial<Order>]>([
    [
      'a card that went to one order goes to another',
      pool,
      { cards: [{ ...cardOf(1), handedOn: { order: 'D', at: 1 } }] },
    ],
    ['what is on hand is not any more', pool, { onHandSince: AT }],
    ['an order was served with something else', served, { fromHand: [] }],
  ])('a write by which %s is noticed', (_, before, change) => {
    expect(changedWrongly(before, { ...before, ...change })).not.toEqual([]);
    expect(changedWrongly(before, before)).toEqual([]);
  });
});
