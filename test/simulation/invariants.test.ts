import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/approvals/audit-entry.ts';
import { hashOf } from '../../src/approvals/audit-entry.ts';
import type { Order } from '../../src/orders/order.ts';
import type { FinalFacts, Stored } from './facts.ts';
import { always, atRest } from './invariants/index.ts';
import { changedWrongly } from './invariants/records.ts';
import type { Charged, Check, Post } from './vendor/vendor.ts';

const AT = Date.UTC(2026, 2, 7, 12);
const usd = (amount: string) => ({ amount, currency: 'USD' });
const sealed = (text: string) => ({
  answer: { status: 200, bodyBase64: Buffer.from(text).toString('base64'), complete: true },
  later: [],
});

const order: Order = {
  ...{ version: 9, id: 'A', reference: 'AAAAAA', guild: 'guild', channel: 'c', locale: 'en-US' },
  ...{ requester: 'anna', status: 'delivered', approvedAt: AT },
  quote: {
    ...{ itemCode: 'BIG', name: 'Big', quantity: 1, each: usd('4.9'), charged: usd('4.9') },
    ...{ balance: usd('99'), expiresAt: AT + 900_000 },
  },
  recipients: [{ user: 'anna', quantity: 1 }],
  cards: [{ fingerprint: 'of SECRET-1001-0', recipient: 'anna', parcel: 0, deliveredAt: AT }],
  attempt: { id: 'a', startedAt: AT + 10, watermark: 1000, lane: 'BIG/1' },
  remote: { orderId: 1001, charged: usd('4.9') },
  told: { status: 'delivered', cards: 1 },
  history: [
    { at: AT, by: 'anna', status: 'quoted' },
    { at: AT, by: 'anna', status: 'approved' },
  ],
};
/** As it would be if it had been asked for, and approved by somebody. */
const askedFor = (requester: string, by: string): Partial<Order> => ({
  requester,
  history: [
    { at: AT, by: requester, status: 'awaiting_approval' },
    { at: AT, by, status: 'approved' },
  ],
});
const wanted = { item: 'BIG', quantity: 1 };
const post: Post = {
  ...{ ...wanted, order: 'A', status: 'buying', by: '1', at: AT + 20, landsBy: AT + 90_000 },
  ...{ verdict: 'taken' },
};
const charged: Charged = {
  ...{ ...wanted, orderId: 1001, cents: 490, at: AT + 30, listedFrom: AT + 30, hasFailed: false },
  cards: [{ code: 'SECRET-1001-0', pin: 'PIN-1001-0', readyAt: 0 }],
  post,
};
const stranger: Charged = { ...charged, orderId: 1002, post: undefined };
const check: Check = { ...wanted, by: '1', at: AT + 5, unitCents: 490 };

/** The chain as it is once all steps of the order were taken in. */
function chainOf({ id, history }: Order): Entry[] {
  let previous = createHash('sha256').update('').digest('hex');
  return history.map(({ at, by, status }, index) => {
    const deed = { id: `order/${id}/${index}`, at, by, what: `order.${status}` };
    const said = { number: index + 1, at, deed, previous };
    previous = hashOf(said);
    return { ...said, version: 1, hash: previous };
  });
}

const holdsOf = ({ reference, remote }: Order) =>
  new Set([`reference/${reference}`, ...(remote ? [`remote/${remote.orderId}`] : [])]);

function stored(change: Partial<Order> = {}, place: Partial<Stored> = {}): Stored {
  const changed = { ...order, ...change };
  return {
    order: changed,
    ...{ tags: new Set(['member/guild/anna']), holds: holdsOf(changed), ...place },
  };
}

/** One order that went well, as everything says. */
function facts(change: Partial<FinalFacts> = {}): FinalFacts {
  return {
    ...{ now: AT + 60_000, caps: { order: '30', day: '60' }, listMode: 'rich' },
    orders: new Map([['A', stored()]]),
    budgets: new Map([['2026-03-07', { settled: '4.9', held: {} }]]),
    ...{ posts: [post], charged: [charged], checks: [check], repeats: [], noticed: [] },
    seen: ['SECRET-1001-0', 'PIN-1001-0'].map((secret) => ({ secret, by: 'anna' })),
    ...{ ended: new Set<string>(), stops: new Map(), notices: new Set<string>() },
    openCards: new Set<string>(),
    ...{ chain: chainOf(order), auditProblems: [] },
    booksBegin: 1000,
    fingerprint: (code) => `of ${code}`,
    vault: new Map([['A', realAnswer()]]),
    ...change,
  };
}

const withOrder = (change: Partial<Order>, place?: Partial<Stored>) => ({
  orders: new Map([['A', stored(change, place)]]),
});
const without = <K extends keyof Order>(name: K): Partial<Order> => {
  const { [name]: _, ...rest } = order;
  return { ...rest, [name]: undefined } as Partial<Order>;
};
const namesOf = (broken: FinalFacts) =>
  [...always, ...atRest].filter((rule) => rule(broken).length > 0).map(({ name }) => name);

describe('the invariants', () => {
  it('have nothing against an order that went well', () => {
    expect(namesOf(facts())).toEqual([]);
  });

  it.each<[string, Partial<FinalFacts>]>([
    ['oneForAnOrder', { posts: [post, post] }],
    ['oneForAnOrder', { posts: [{ ...post, verdict: 'unknown' }, post] }],
    ['sentByRight', { posts: [{ ...post, status: 'unconfirmed' }] }],
    ['sentByRight', { posts: [{ ...post, order: undefined, status: undefined }] }],
    ['sentInTime', { posts: [{ ...post, at: AT + 10_011 }] }],
    ['quoteKept', { checks: [{ ...check, unitCents: 491 }] }],
    ['quoteKept', { checks: [{ ...check, by: '2' }] }],
    ['quoteKept', { checks: [{ ...check, at: AT - 1 }] }],
    ['quoteKept', { posts: [{ ...post, at: AT + 60_000 }] }],
    ['nothingChargedIsTrue', withOrder({ status: 'failed' })],
    ['attachedRightly', { charged: [{ ...charged, post: { ...post, order: 'B' } }] }],
    ['attachedRightly', { charged: [{ ...charged, post: undefined, listedFrom: AT - 300_000 }] }],
    ['attachedRightly', { charged: [{ ...charged, post: undefined, cents: 491 }] }],
    [
      'attachedOnce',
      {
        orders: new Map([
          ['A', stored()],
          ['B', stored({ id: 'B' })],
        ]),
      },
    ],
    ['chargedIsKnown', withOrder({ status: 'closed' })],
    ['capsKept', { caps: { order: '4', day: '60' } }],
    ['capsKept', { caps: { order: '30', day: '4' } }],
    ['outIsCounted', withOrder({ status: 'buying' })],
    ['budgetsAddUp', { budgets: new Map([['2026-03-07', { settled: '9.8', held: {} }]]) }],
    [
      'budgetsAddUp',
      { budgets: new Map([['2026-03-07', { settled: '4.9', held: { A: '4.9' } }]]) },
    ],
    ['budgetsAddUp', withOrder({ ...without('remote'), status: 'not_found' })],
    ['seenByRecipientOnly', { seen: [...facts().seen, { secret: 'PIN-1001-0', by: 'ben' }] }],
    ['seenByRecipientOnly', { seen: [...facts().seen, { secret: 'SECRET-7-0', by: 'anna' }] }],
    ['givenOnce', withOrder({ cards: [...order.cards, ...order.cards] })],
    ['deliveredWasSeen', { seen: [] }],
    ['deliveredIsWhole', withOrder({ quote: { ...order.quote, quantity: 2 } })],
    ['neverRepeated', { repeats: [{ message: message(2), first: message(1) }] }],
    ['codesAreKept', { vault: new Map() }],
    ['answersAreKept', { posts: [{ ...post, received: 'something else' }] }],
    ['pinsComeAlong', { seen: [{ secret: 'SECRET-1001-0', by: 'anna' }] }],
    ['holdsAgree', withOrder({}, { holds: new Set(['reference/AAAAAA']) })],
    ['holdsAgree', withOrder({}, { holds: new Set([...holdsOf(order), 'lane/BIG/1']) })],
    ['tagsAgree', withOrder({}, { tags: new Set(['member/guild/anna', 'open']) })],
    ['tagsAgree', withOrder({}, { tags: new Set() })],
    ['nothingSentWhileStopped', { stops: new Map([['S', { at: AT - 60_000, by: 'olga' }]]) }],
    ['approvedRightly', withOrder({ history: [] })],
    ['approvedRightly', withOrder(askedFor('anna', 'anna'))],
    ['approvedRightly', withOrder(askedFor('ben', 'anna'))],
    ['approvedRightly', withOrder(askedFor('ben', 'cleo'))],
    [
      'rejectedRightly',
      withOrder({ history: [...order.history, { at: AT, by: 'anna', status: 'rejected' }] }),
    ],
    ['cardsAreClosed', { openCards: new Set(['A']) }],
    [
      'nothingSentWhileStopped',
      {
        stops: new Map([
          ['S', { at: AT - 60_000, by: 'olga', resumed: { at: AT + 30, by: 'olga' } }],
        ]),
      },
    ],
    ['strangersAreTold', { charged: [charged, stranger], now: AT + 3_600_000 }],
    ['reviewsAreTold', withOrder({ status: 'needs_review' })],
    ['chainIsLinked', { chain: chainOf(order).slice(1) }],
    ['chainIsLinked', { chain: chainOf(order).map((entry) => ({ ...entry, at: AT + 1 })) }],
    ['stepsAreTakenIn', { chain: chainOf(order).slice(0, 1) }],
    ['stepsAreTakenIn', { chain: [...chainOf(order), ...chainOf(order)] }],
    ['stopsAreTakenIn', { stops: new Map([['S', { at: AT + 60_000, by: 'olga' }]]) }],
    ['verifies', { auditProblems: [{ code: 'changed', number: 1 }] }],
    ['nothingIsStuck', withOrder({ status: 'unconfirmed' })],
    ['nothingNoticed', { noticed: ['something'] }],
  ])('%s notices what breaks it (%#)', (name, change) => {
    expect(namesOf(facts(change))).toContain(name);
  });

  it.each<[string, Partial<Order>]>([
    ['the quote', { quote: { ...order.quote, charged: usd('5') } }],
    ['the requester', { requester: 'ben' }],
    ['the approval', { approvedAt: AT + 1 }],
    ['the attempt', { attempt: { id: 'b', startedAt: AT, watermark: 0, lane: 'BIG/1' } }],
    ['the remote order', { remote: { orderId: 1002, charged: usd('4.9') } }],
    ['a recipient', { cards: order.cards.map((card) => ({ ...card, recipient: 'ben' })) }],
    ['the history', { history: [] }],
    ['without a step', { status: 'held' }],
    ['what was delivered', { cards: order.cards.map(({ deliveredAt: _, ...card }) => card) }],
  ])('a step that changes %s is noticed', (words, change) => {
    expect(changedWrongly(order, { ...order, ...change }).join()).toContain(words);
    expect(changedWrongly(order, order)).toEqual([]);
  });
});

function realAnswer() {
  const codes = [{ code: 'SECRET-1001-0', metadata: [{ Pin: 'PIN-1001-0' }] }];
  const data = { order_id: 1001, amount: '4.90', codes };
  return sealed(JSON.stringify({ success: true, message: 'OK', data }));
}

function message(at: number) {
  return { to: 'anna', text: 'codes', at, by: '1', nonce: 'A.0.0' };
}
