import { describe, expect, it } from 'vitest';
import type { Campaign, CampaignStep } from '../../src/campaigns/model/campaign.ts';
import type { Entry } from '../../src/campaigns/model/entry.ts';
import type { Order, Step as OrderStep } from '../../src/orders/model/order.ts';
import { defaultPolicy } from '../../src/policy/policy.ts';
import { placedWrongly, steppedWrongly } from './campaign-facts.ts';
import type { FinalFacts } from './facts.ts';
import { approvedBy, set } from './sample-approvals.ts';
import {
  campaign,
  campaignFacts,
  campaignOrder,
  drawFacts,
  KEY,
  lapsed,
  placeOf,
  placesOf,
  ranked,
  reservations,
  withCampaign,
  withDraw,
  withOrder,
  won,
} from './sample-campaign.ts';
import { AT, namesOf, order, stored, usd } from './sample-facts.ts';

const [ben, dora] = [...campaignFacts().places.values()] as [Entry, Entry];
const steps = (...more: CampaignStep[]) => ({ history: [...campaign.history, ...more] });
const to = (...users: string[]): Partial<Order> => ({
  recipients: users.map((user) => ({ user, quantity: 1 })),
});
/** Half of it, in one order for Ben. */
const forBen: Partial<Order> = {
  ...to('ben'),
  quote: { ...order.quote, charged: usd('4.9') },
  ...{ cards: campaignOrder.cards.slice(0, 1), remote: { orderId: 1001, charged: usd('4.9') } },
};
const holding = (held: Record<string, string>, settled = '9.8') => ({
  budgets: new Map([...campaignFacts().budgets, [KEY, { settled, held }]]),
});
const anna = { order: 'C', press: 'confirm', at: AT - 40 };

describe('the invariants of campaigns', () => {
  it('have nothing against one that went well', () => {
    expect(namesOf(campaignFacts())).toEqual([]);
  });

  it.each<[string, Partial<FinalFacts>]>([
    ['oneCardEach', withOrder(to('ben', 'ben'))],
    ['oneCardEach', withOrder({ recipients: [{ user: 'ben', quantity: 2 }] })],
    ['boughtWithinPlaces', withCampaign({ places: 1 })],
    ['boughtWithinPlaces', withCampaign({ history: campaign.history.slice(1) })],
    ['boughtWithinPlaces', withOrder({ campaign: { id: 'C', charged: usd('4.9') } })],
    ['onePersonAPlace', placesOf(ben, { ...dora, slot: 0 })],
    ['onePersonAPlace', placesOf(ben, { ...dora, slot: 2 })],
    ['onePersonAPlace', placesOf(ben, placeOf('dora', 'due'))],
    ['decidersGetNone', withOrder(to('anna', 'ben'))],
    ['decidersGetNone', placesOf(ben, { ...dora, user: 'anna' })],
    ['decidersGetNone', withCampaign(steps({ at: AT, by: 'ben', state: 'running', why: 'approved_one' }))],
    ['decidersGetNone', withCampaign(steps({ at: AT, by: 'olga', for: 'ben', state: 'running', why: 'approved' }))],
    ['steerersGetNone', withCampaign(steps({ at: AT, by: 'ben', state: 'ended', why: 'edited' }))],
    ['steerersGetNone', withCampaign(steps({ at: AT, by: 'dora', state: 'ended', why: 'replaced' }))],
    ['nothingBoughtUnserved', { unserving: new Set(['1']) }],
    ['leaversAreBoughtNothing', { lookups: campaignFacts().lookups.filter(({ user }) => user !== 'dora') }],
    ['leaversAreBoughtNothing', { lookups: campaignFacts().lookups.map((it) => ({ ...it, at: AT - 100_000 })) }],
    [
      'nobodyDecidesForTheirDelegate',
      {
        ...withCampaign(steps({ at: AT, by: 'ben', state: 'running', why: 'approved' })),
        named: [{ approver: 'ben', delegate: 'anna', since: 0, until: AT + 1 }],
      },
    ],
    [
      'nobodyDecidesForTheirDelegate',
      {
        ...withCampaign(steps({ at: AT, by: 'olga', for: 'ben', state: 'rejected', why: 'rejected' })),
        named: [{ approver: 'anna', delegate: 'ben', since: 0, until: AT + 1 }],
      },
    ],
    ['drawnFromItsOwn', { ...withCampaign({ state: 'running' }), ...holding({ C: '0.1' }) }],
    ['campaignsRest', withCampaign({ state: 'closing' })],
    ['campaignsRest', withCampaign({ state: 'awaiting_approval' })],
    ['promisesAreKept', placesOf(ben, { ...dora, state: 'due' })],
    ['promisesAreKept', placesOf(ben, { ...dora, order: 'B' })],
    ['promisesAreKept', withOrder({ status: 'failed' })],
    ['promisesAreKept', withOrder(to('ben', 'cleo'))],
    ['overHoldsNothing', holding({ C: '0' })],
    ['campaignsAreTakenIn', { chain: campaignFacts().chain.slice(0, 4) }],
    ['approvedRightly', withCampaign({ history: campaign.history.slice(0, 1) })],
    ['approvedRightly', { presses: [] }],
    ['approvedRightly', { presses: campaignFacts().presses.map((it) => ({ ...it, order: 'A' })) }],
    ['approvedRightly', { ...withOrder(forBen), ...set(AT - 50, tiersOver('5')) }],
    ['approvedRightly', withOrder({ approval: approvedBy(AT - 30, ['anna']).approval })],
    ['approvedRightly', withOrder({ approval: approvedBy(AT - 30, ['olga']).approval })],
    ['checkedRightly', { ...withOrder(forBen), ...set(AT - 1, tiersOver('5')) }],
    ['rejectedRightly', withCampaign(steps({ at: AT, by: 'cleo', state: 'rejected', why: 'rejected' }))],
    ['budgetsKept', { reservations: reservations.map((it) => ({ ...it, sum: 10.1 })) }],
    ['budgetsKept', { reservations: reservations.map((it) => ({ ...it, amount: '1' })) }],
    ['holdsAgree', withOrder({}, ['given/C/ben'])],
    ['tagsAgree', { orders: new Map([['A', stored(campaignOrder)]]) }],
    ['seenByRecipientOnly', { seen: [{ secret: 'SECRET-1001-0', by: 'dora' }] }],
    ['seenByRecipientOnly', { seen: [{ secret: 'SECRET-1001-0', by: 'anna' }] }],
    [
      'freeTotalKept',
      {
        presses: [{ ...anna, member: { user: 'anna', guild: 'guild', isManager: false, roles: [] } }],
        ...set(AT - 90, { free: { perOrder: '10', perDay: '9' } }),
      },
    ],
  ])('%s notices what breaks it (%#)', (name, change) => {
    expect(namesOf(campaignFacts(change))).toContain(name);
  });

  it('have nothing against what stays set aside in a budget that was taken back before anything was bought', () => {
    const running = { ...withCampaign({ state: 'running' }), ...holding({ C: '9.8' }, '0') };
    const notDrawn = { ...running, reservations: reservations.slice(0, 1) };
    expect(namesOf(campaignFacts(notDrawn))).not.toContain('drawnFromItsOwn');
    expect(namesOf(campaignFacts(notDrawn))).toContain('sentIsCounted');
    const takenBack = { ...notDrawn, policies: [{ since: 0, policy: defaultPolicy }] };
    expect(namesOf(campaignFacts(takenBack))).not.toContain('sentIsCounted');
    expect(namesOf(campaignFacts(running))).toContain('drawnFromItsOwn');
  });

  it.each<[string, ClosedAs, readonly string[], readonly string[]]>([
    ['that a day of looking did not show', { why: 'not_listed' }, [], ['given/C/ben']],
    ['that people say was not bought', { why: 'review_none' }, [], ['given/C/ben']],
    ['that people closed', { why: 'review_closed' }, ['given/C/ben'], []],
    ['that turned up', { why: 'review_none', remote: order.remote }, ['given/C/ben'], []],
    ['of a pool, that a day of looking did not show', inPool('not_listed'), ['pool/C/0'], []],
    ['of a pool, that people say was not bought', inPool('review_none'), [], ['pool/C/0']],
    ['of a pool, that people closed', inPool('review_closed'), ['pool/C/0'], []],
  ])('holdsAgree wants of an order %s what it is to keep, and no more', (_, as, kept, wrong) => {
    expect(namesOf(campaignFacts(closedAs(as, kept)))).not.toContain('holdsAgree');
    expect(namesOf(campaignFacts(closedAs(as, wrong)))).toContain('holdsAgree');
  });

  it('have nothing against a draw that went well', () => {
    expect(namesOf(drawFacts())).toEqual([]);
  });

  it.each<[string, Partial<FinalFacts>]>([
    ['nobody had fixed', { draws: new Map() }],
    ['somebody was left out of', { draws: new Map([['C', ranked.slice(1)]]) }],
    ['somebody came late to', { draws: new Map([['C', [...ranked, 'anna']]]) }],
    ['was not made by the seed that was promised', withDraw({ seedHash: 'another' })],
    ['passed somebody over', placesOf(lapsed(1), won(2), { ...won(4), rank: 3 })],
    ['gave too many places', placesOf(won(1), won(2), won(3))],
    ['somebody won without', placesOf(lapsed(1), won(2), placeOf('anna', 'due'))],
    ['gave places before it was made', withCampaign({ kind: 'giveaway', state: 'paused' })],
  ])('drawnFairly notices a draw that %s', (_, change) => {
    expect(namesOf(drawFacts(change))).toContain('drawnFairly');
  });

  it.each<[string, Entry, Partial<Entry>]>([
    ['who gave way wins again', lapsed(1), { state: 'won' }],
    ['a card that was bought is nobody’s', { ...ben, state: 'ordered' }, { state: 'lapsed' }],
    ['a place goes to somebody else', ben, { user: 'cleo' }],
    ['another place of the drop', ben, { slot: 1 }],
    ['another place in the ranking', won(2), { rank: 1 }],
  ])('a write by which %s is noticed', (_, before, change) => {
    expect(placedWrongly(before, { ...before, ...change })).toHaveLength(1);
    expect(placedWrongly(before, before)).toEqual([]);
    expect(placedWrongly(undefined, before)).toEqual([]);
  });

  it('that a day of looking did not show the order of somebody is no wrong write, and that they have left is', () => {
    const ordered: Entry = { ...ben, state: 'ordered', order: 'order' };
    expect(placedWrongly(ordered, { ...ordered, state: 'failed', why: 'not_found' })).toEqual([]);
    expect(placedWrongly(ordered, { ...ordered, state: 'failed', why: 'gone' })).toHaveLength(1);
  });

  it.each<[string, Partial<Campaign>]>([
    ['has more places', { places: 3 }],
    ['is somebody else’s', { requester: 'ben' }],
    ['forgets what happened', { history: [] }],
    ['goes on without a step', { state: 'running' }],
    ['gives places that were given', { draw: { seedHash: '', reached: 0 } }],
  ])('a write by which a campaign %s is noticed', (_, change) => {
    const before = { ...campaign, draw: { seedHash: '', reached: 1 } };
    expect(steppedWrongly(before, { ...before, ...change })).toHaveLength(1);
    expect(steppedWrongly(before, before)).toEqual([]);
  });
});

function tiersOver(over: string) {
  return { tiers: [{ over, approvals: 1 }] };
}

interface ClosedAs extends Pick<Partial<Order>, 'campaign' | 'recipients'> {
  readonly why: OrderStep['why'];
  readonly remote?: Order['remote'];
}

function inPool(why: ClosedAs['why']): ClosedAs {
  return { why, recipients: [], campaign: { id: 'C', charged: usd('9.8'), pool: 0 } };
}

function closedAs({ why, remote, ...change }: ClosedAs, held: readonly string[]) {
  const history: OrderStep[] = [
    ...campaignOrder.history,
    { at: AT + 1, by: 'cardigan', status: 'not_found', why: 'not_listed' },
    { at: AT + 2, by: 'olga', status: 'closed', why },
  ];
  const closed = { ...to('ben'), ...change, status: 'closed' as const, history };
  return withOrder({ ...closed, remote } as Partial<Order>, held);
}
