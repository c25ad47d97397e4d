import { describe, expect, it } from 'vitest';
import type { Member } from '../../src/lib/member.ts';
import type { Order } from '../../src/orders/model/order.ts';
import { defaultPolicy } from '../../src/policy/policy.ts';
import type { FinalFacts, Stored } from './facts.ts';
import { removedWrongly } from './invariants/limits.ts';
import { changedWrongly } from './invariants/records.ts';
import { setWrongly } from './invariants/settings.ts';
import { approvedBy, guildBudget, reservedIn, set } from './sample-approvals.ts';
import {
  AT,
  chainOf,
  charged,
  check,
  facts,
  holdsOf,
  namesOf,
  order,
  post,
  sealed,
  stored,
  stranger,
  usd,
} from './sample-facts.ts';

const withOrder = (change: Partial<Order>, place?: Partial<Stored>) => ({
  orders: new Map([['A', stored(change, place)]]),
});
const untaken: Order['history'] = [
  { at: AT - 9, by: 'anna', status: 'quoted' },
  { at: AT, by: 'cardigan', status: 'expired' },
];
const without = <K extends keyof Order>(name: K): Partial<Order> => {
  const { [name]: _, ...rest } = order;
  return { ...rest, [name]: undefined } as Partial<Order>;
};
const ben: Member = { user: 'ben', guild: 'guild', isManager: true };
const cleoForBen = { since: 0, until: AT + 1, approver: 'ben', delegate: 'cleo' };

const foundStep = { by: 'cardigan', status: 'bought', why: 'found' } as const;

/** One of another amount than was ordered, which somebody has said is it, and another one before. */
function attachedByHand(cents: number, by: string, before?: string) {
  const step = { status: 'needs_review', detail: '1001', at: AT } as const;
  const named = before === undefined ? [] : [{ ...step, by: before, why: 'review_named' as const }];
  const history = [...order.history, ...named, { ...step, status: 'bought', by, why: 'review_ours' } as const];
  return { ...withOrder({ history }), charged: [{ ...charged, cents, post: undefined }] };
}

const lostAt = (at: number, status: 'unconfirmed' | 'buying' = 'unconfirmed') => [
  ...order.history,
  { at, by: 'cardigan', status },
];
const foundLate = [...lostAt(AT + 100), { ...foundStep, at: AT + 95_000 }];
/** Another one of the same card and number, beside an order that is changed. */
const beside = (other: Partial<Order>, change: Partial<Order> = {}) => ({
  orders: new Map([
    ['A', stored(change)],
    ['B', stored({ ...without('remote'), id: 'B', ...other })],
  ]),
});
const ofB = { ...charged, post: { ...post, order: 'B' } };

describe('the invariants', () => {
  it('have nothing against two lost orders of a lane that have each other’s', () => {
    const swapped = beside({ history: lostAt(AT + 100), status: 'unconfirmed' }, { history: foundLate });
    expect(namesOf(facts({ ...swapped, charged: [ofB] }))).not.toContain('attachedRightly');
  });

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
    ['attachedRightly', attachedByHand(980, 'olga')],
    ['attachedRightly', attachedByHand(980, 'olga', 'olga')],
    ['closedLanesTakeNobody', beside({ status: 'unconfirmed', history: lostAt(AT - 60_000) })],
    ['nothingMatchedInFlight', beside({ status: 'buying', history: lostAt(AT, 'buying') }, { history: foundLate })],
    [
      'fewAreOut',
      { orders: new Map([1, 2, 3, 4, 5, 6, 7].map((at) => [`${at}`, stored({ id: `${at}`, status: 'buying' })])) },
    ],
    ['answersStayTogether', { ...withOrder({ history: foundLate }), vault: new Map([['A', sealed('SECRET-1002-0')]]) }],
    // Of another one of its lane, whose own answer came, or which was out before.
    [
      'attachedRightly',
      { ...beside({ remote: { orderId: 1001, charged: usd('4.9') } }, { history: foundLate }), charged: [ofB] },
    ],
    [
      'attachedRightly',
      { ...beside({ status: 'unconfirmed' }, { history: foundLate }), charged: [{ ...ofB, cents: 491 }] },
    ],
    ['takenOnceOver', withOrder({ history: [...order.history, { ...foundStep, at: AT + 80_000 }] })],
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
    ['budgetsAddUp', { budgets: new Map([['2026-03-07', { settled: '4.9', held: { A: '4.9' } }]]) }],
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
    ['holdsAgree', withOrder({}, { holds: new Set([...holdsOf(order), 'flight/0/BIG/1']) })],
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
    ['sentIsCounted', set(AT - 1, { budgets: [{ scope: { kind: 'everyone' }, period: 'week', limit: '10' }] })],
    [
      'freeTotalKept',
      {
        ...withOrder({ requester: 'cleo' }),
        ...set(AT - 20, { free: { perOrder: '5', perDay: '4' } }),
      },
    ],
    ['ledgerAddsUp', { budgets: new Map([[guildBudget.key, { ...guildBudget.sums, settled: '9.8' }]]) }],
    ['ledgerAddsUp', { budgets: new Map([[guildBudget.key, { ...guildBudget.sums, held: { A: '4.9' } }]]) }],
    ['ledgerAddsUp', withOrder({ ...without('remote'), status: 'not_found' })],
    ['reservedIsTrue', withOrder({ reserved: reservedIn(AT - 2, 'guild/member/anna') })],
    ['rejectedRightly', withOrder({ history: [...order.history, { at: AT, by: 'anna', status: 'rejected' }] })],
    ['rejectedRightly', withOrder({ history: [...order.history, { at: AT, by: 'cleo', status: 'rejected' }] })],
    ['cardsAreClosed', { openCards: new Set(['A']) }],
    [
      'nothingSentWhileStopped',
      {
        stops: new Map([['S', { at: AT - 60_000, by: 'olga', resumed: { at: AT + 30, by: 'olga' } }]]),
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
    [
      'dayCountsDecided',
      {
        ...withOrder({ status: 'awaiting_approval' }),
        ...{ presses: [], budgets: new Map([['2026-03-07', { settled: '0', held: { A: '4.9' } }]]) },
      },
    ],
    [
      'requestsKeepTheirPart',
      {
        ...withOrder({ status: 'awaiting_approval' }),
        ...set(AT - 10, { budgets: [{ scope: { kind: 'guild' }, period: 'day', limit: '9.7' }] }),
        budgets: new Map([['guild/guild/day/2026-03-07', { settled: '0', held: { A: '4.9' } }]]),
      },
    ],
    ['untakenLeaveNothing', withOrder({ status: 'expired', history: untaken })],
    ['untakenLeaveNothing', { orders: new Map() }],
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

  it('have nothing against what two people, or whoever runs Cardigan, attached by hand', () => {
    for (const by of [['olga', 'ben'], ['operator']] as const)
      expect(namesOf(facts(attachedByHand(980, ...(by as [string]))))).not.toContain('attachedRightly');
    expect(namesOf(facts(attachedByHand(490, 'olga')))).not.toContain('attachedRightly');
  });

  it('a setting that changes without a word on record is noticed', () => {
    const tiers = [{ over: '5', approvals: 2 }];
    const policy = { ...defaultPolicy, tiers };
    const change = { at: AT, by: 'olga', field: 'tiers', from: '[]', to: JSON.stringify(tiers) };
    const settings = { version: 1, guild: 'guild', policy, changes: [change], audited: 0 };
    expect(setWrongly(undefined, settings)).toEqual([]);
    expect(setWrongly(undefined, { ...settings, changes: [] })).toHaveLength(1);
    expect(setWrongly(settings, { ...settings, changes: [] })).toHaveLength(1);
    expect(setWrongly(undefined, { ...settings, changes: [{ ...change, from: '[1]' }] })).toHaveLength(1);
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

describe('what is taken off the record', () => {
  it('is noticed, unless nobody took it', () => {
    const of = (change: Partial<Order>) => ({ ...facts(), ...withOrder(change) });
    expect(removedWrongly(of({ status: 'quoted', history: untaken.slice(0, 1) }), 'orders', 'A')).toEqual([]);
    expect(removedWrongly(facts(), 'orders', 'A')).toEqual(['orders/A was removed']);
    expect(removedWrongly(facts(), 'budgets', 'day/2026-03-07')).toHaveLength(1);
  });
});

function message(at: number) {
  return { to: 'anna', text: 'codes', at, by: '1', nonce: 'A.0.0' };
}
