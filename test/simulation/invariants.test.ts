import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/approvals/audit-entry.ts';
import { hashOf } from '../../src/approvals/audit-entry.ts';
import { defaultPolicy } from '../../src/approvals/policy.ts';
import type { Member, Order } from '../../src/orders/order.ts';
import type { FinalFacts, Stored } from './facts.ts';
import { always, atRest } from './invariants/index.ts';
import { changedWrongly } from './invariants/records.ts';
import { setWrongly } from './invariants/settings.ts';
import { approvalFacts, approvedBy, guildBudget, reservedIn, set } from './sample-approvals.ts';
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
  reserved: reservedIn(AT - 2),
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
    { at: AT - 9, by: 'anna', status: 'quoted' },
    { at: AT, by: 'anna', status: 'approved' },
  ],
};
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
    budgets: new Map([
      ['2026-03-07', { settled: '4.9', held: {} }],
      [guildBudget.key, guildBudget.sums],
    ]),
    ...{ posts: [post], charged: [charged], checks: [check], repeats: [], noticed: [] },
    seen: ['SECRET-1001-0', 'PIN-1001-0'].map((secret) => ({ secret, by: 'anna' })),
    ...{ ended: new Set<string>(), stops: new Map(), notices: new Set<string>() },
    ...{ openCards: new Set<string>(), ...approvalFacts(AT) },
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

const ben: Member = { user: 'ben', guild: 'guild', isManager: true };
const cleoForBen = { since: 0, until: AT + 1, approver: 'ben', delegate: 'cleo' };

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
    ['approvedRightly', { presses: [] }],
    ['approvedRightly', set(AT - 20, { tiers: [{ over: '0', approvals: 1 }] })],
    ['approvedRightly', set(AT - 20, { ownPurchases: 'another' })],
    ['approvedRightly', set(AT - 20, { approvers: ['approver'] })],
    ['approvedRightly', withOrder(approvedBy(AT, []))],
    ['approvedRightly', withOrder(approvedBy(AT, ['anna']))],
    ['approvedRightly', withOrder(approvedBy(AT, ['cleo']))],
    ['approvedRightly', withOrder(approvedBy(AT, ['ben'], 2))],
    ['approvedRightly', withOrder(approvedBy(AT, ['ben', 'ben'], 2))],
    [
      'approvedRightly',
      {
        ...withOrder(approvedBy(AT, ['cleo'], 1, 'ben')),
        lookups: [...facts().lookups, { by: '1', at: AT - 2, user: 'ben', found: ben }],
      },
    ],
    ['approvedRightly', { ...withOrder(approvedBy(AT, ['cleo'], 1, 'ben')), named: [cleoForBen] }],
    ['checkedRightly', { lookups: [] }],
    ['checkedRightly', { lookups: [{ by: '1', at: AT + 5, user: 'anna', found: 'none' }] }],
    ['checkedRightly', { lookups: facts().lookups.map((each) => ({ ...each, at: AT - 1 })) }],
    ['checkedRightly', { lookups: facts().lookups.map((each) => ({ ...each, by: '2' })) }],
    ['checkedRightly', set(AT - 1, { tiers: [{ over: '4', approvals: 1 }] })],
    ['checkedRightly', set(AT - 1, { items: ['HUGE'] })],
    [
      'checkedRightly',
      {
        ...withOrder(approvedBy(AT, ['ben'])),
        lookups: facts().lookups.filter(({ user }) => user !== 'ben'),
      },
    ],
    [
      'checkedRightly',
      {
        ...withOrder(approvedBy(AT, ['ben'])),
        ...set(AT - 1, { tiers: [{ over: '0', approvals: 2 }] }),
      },
    ],
    ['budgetsKept', { reservations: facts().reservations.map((it) => ({ ...it, sum: 10.1 })) }],
    ['budgetsKept', { reservations: facts().reservations.map((it) => ({ ...it, amount: '1' })) }],
    ['budgetsKept', set(AT - 10, { budgets: [] })],
    ['sentIsCounted', { reservations: [] }],
    [
      'sentIsCounted',
      set(AT - 1, { budgets: [{ scope: { kind: 'everyone' }, period: 'week', limit: '10' }] }),
    ],
    [
      'freeTotalKept',
      {
        ...withOrder({ requester: 'cleo' }),
        ...set(AT - 20, { free: { perOrder: '5', perDay: '4' } }),
      },
    ],
    [
      'ledgerAddsUp',
      { budgets: new Map([[guildBudget.key, { ...guildBudget.sums, settled: '9.8' }]]) },
    ],
    [
      'ledgerAddsUp',
      { budgets: new Map([[guildBudget.key, { ...guildBudget.sums, held: { A: '4.9' } }]]) },
    ],
    ['ledgerAddsUp', withOrder({ ...without('remote'), status: 'not_found' })],
    ['reservedIsTrue', withOrder({ reserved: reservedIn(AT - 2, 'guild/member/anna') })],
    [
      'rejectedRightly',
      withOrder({ history: [...order.history, { at: AT, by: 'anna', status: 'rejected' }] }),
    ],
    [
      'rejectedRightly',
      withOrder({ history: [...order.history, { at: AT, by: 'cleo', status: 'rejected' }] }),
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

  it('have nothing against an order that others approved either', () => {
    const approved = (change: Partial<Order>) => ({
      ...withOrder(change),
      chain: chainOf({ ...order, ...change }),
    });
    expect(namesOf(facts(approved(approvedBy(AT, ['ben']))))).toEqual([]);
    const delegated = {
      ...approved(approvedBy(AT, ['cleo'], 1, 'ben')),
      named: [cleoForBen],
      lookups: [...facts().lookups, { by: '1', at: AT - 2, user: 'ben', found: ben }],
    };
    expect(namesOf(facts(delegated))).toEqual([]);
  });

  it('a setting that changes without a word on record is noticed', () => {
    const tiers = [{ over: '5', approvals: 2 }];
    const policy = { ...defaultPolicy, tiers };
    const change = { at: AT, by: 'olga', field: 'tiers', from: '[]', to: JSON.stringify(tiers) };
    const settings = { version: 1, guild: 'guild', policy, changes: [change], audited: 0 };
    expect(setWrongly(undefined, settings)).toEqual([]);
    expect(setWrongly(undefined, { ...settings, changes: [] })).toHaveLength(1);
    expect(setWrongly(settings, { ...settings, changes: [] })).toHaveLength(1);
    expect(
      setWrongly(undefined, { ...settings, changes: [{ ...change, from: '[1]' }] }),
    ).toHaveLength(1);
  });

  it.each<[string, Partial<Order>]>([
    ['the quote', { quote: { ...order.quote, charged: usd('5') } }],
    ['the requester', { requester: 'ben' }],
    ['who gets its cards', { recipients: [{ user: 'ben', quantity: 1 }] }],
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
