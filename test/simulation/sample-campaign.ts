import { entrantsHash, ranking, seedHash } from '../../src/campaigns/draw/proof.ts';
import type { Campaign } from '../../src/campaigns/model/campaign.ts';
import type { Entry, EntryState } from '../../src/campaigns/model/entry.ts';
import type { Member } from '../../src/lib/member.ts';
import type { Order } from '../../src/orders/model/order.ts';
import type { FinalFacts } from './facts.ts';
import { approvalFacts, guildBudget, reservedIn } from './sample-approvals.ts';
import {
  AT,
  chained,
  charged,
  check,
  deedsOf,
  facts,
  holdsOf,
  order,
  post,
  sealed,
  stored,
  usd,
} from './sample-facts.ts';

const reserved = reservedIn(AT - 30);
const offered = { item: '2 × Big', charged: usd('9.8') };

/** A drop of Anna's with two places, which went to Ben and Dora. */
export const campaign: Campaign = {
  ...{ version: 5, id: 'C', reference: 'CCCCCC', kind: 'drop', guild: 'guild', channel: 'c' },
  ...{ place: 'c', requester: 'anna', locale: 'en-US', state: 'ended', places: 2 },
  parts: [{ itemCode: 'BIG', name: 'Big', each: usd('4.9'), quantity: 2 }],
  ...{ charged: usd('9.8'), expiresAt: AT + 900_000, gift: { receipt: 'private' }, reserved },
  history: [
    { at: AT - 60, by: 'anna', state: 'planned', why: 'planned', offered },
    { at: AT - 30, by: 'anna', state: 'running', why: 'confirmed' },
    { at: AT + 40, by: 'cardigan', state: 'closing', why: 'all_given' },
    { at: AT + 41, by: 'cardigan', state: 'ended', why: 'all_given' },
  ],
};

/** Their cards, in one order. */
export const campaignOrder: Order = {
  ...order,
  quote: { ...order.quote, quantity: 2, charged: usd('9.8') },
  ...{ campaign: { id: 'C', charged: usd('9.8') }, reserved, gift: { receipt: 'private' } },
  recipients: ['ben', 'dora'].map((user) => ({ user, quantity: 1 })),
  cards: ['ben', 'dora'].map((recipient, at) => ({
    ...{ fingerprint: `of SECRET-1001-${at}`, recipient, parcel: at, deliveredAt: AT },
  })),
  attempt: { id: 'a', startedAt: AT + 10, watermark: 1000, lane: 'BIG/2' },
  remote: { orderId: 1001, charged: usd('9.8') },
  history: [
    { at: AT - 1, by: 'anna', status: 'quoted', why: 'asked' },
    { at: AT, by: 'cardigan', status: 'approved', why: 'campaign' },
  ],
};

export const placeOf = (user: string, state: EntryState, rest: Partial<Entry> = {}): Entry => ({
  ...{ version: 2, campaign: 'C', user, state, at: AT - 20, part: 0, ...rest },
});

export const placesOf = (...places: Entry[]) => ({
  places: new Map(places.map((place) => [`C.${place.user}`, place])),
});

export const withCampaign = (change: Partial<Campaign>) => ({
  campaigns: new Map([['C', { ...campaign, ...change }]]),
});

const tags = ['member/guild/anna', 'campaign/C', 'recipient/guild/ben', 'recipient/guild/dora'];

export function withOrder(change: Partial<Order>, held?: readonly string[]) {
  const changed = { ...campaignOrder, ...change };
  const given = held ?? changed.recipients.map(({ user }) => `given/C/${user}`);
  const place = { tags: new Set(tags), holds: new Set([...holdsOf(changed), ...given]) };
  return { orders: new Map([['A', stored(changed, place)]]) };
}

const cards = [0, 1].map((at) => ({
  ...{ code: `SECRET-1001-${at}`, pin: `PIN-1001-${at}`, readyAt: 0 },
}));
const codes = cards.map(({ code, pin }) => ({ code, metadata: [{ Pin: pin }] }));
const answer = { success: true, data: { order_id: 1001, amount: '9.80', codes } };

const chainOf = (of: Campaign) =>
  chained([
    ...deedsOf(campaignOrder),
    ...of.history.map(({ at, by, state }, index) => ({
      ...{ id: `campaign/C/${index}`, at, by, what: `campaign.${state}` },
    })),
  ]);

export const { key: KEY } = guildBudget;
export const reservations = [
  { key: KEY, order: 'C', at: AT - 29, amount: '9.8', sum: 9.8, isMoved: false },
  { key: KEY, order: 'A', at: AT - 2, amount: '9.8', sum: 9.8, isMoved: true },
];

const dora: Member = { user: 'dora', guild: 'guild', isManager: false, roles: [] };

/** A campaign that went well, as everything says. */
export function campaignFacts(change: Partial<FinalFacts> = {}): FinalFacts {
  const { presses, ...approval } = approvalFacts(AT);
  const sent = { ...post, quantity: 2 };
  return facts({
    ...{ ...approval, presses: presses.map((each) => ({ ...each, order: 'C', at: AT - 40 })) },
    lookups: [...approval.lookups, { by: '1', at: AT - 1, user: 'dora', found: dora }],
    ...withCampaign({}),
    ...withOrder({}),
    ...placesOf(
      placeOf('ben', 'ordered', { slot: 0, order: 'A' }),
      placeOf('dora', 'ordered', { slot: 1, order: 'A' }),
    ),
    budgets: new Map([
      ['2026-03-07', { settled: '9.8', held: {} }],
      [KEY, { settled: '9.8', held: {} }],
    ]),
    reservations,
    posts: [sent],
    charged: [{ ...charged, quantity: 2, cents: 980, cards, post: sent }],
    checks: [{ ...check, quantity: 2 }],
    seen: cards.flatMap(({ code, pin }, at) =>
      [code, pin].map((secret) => ({ secret, by: at === 0 ? 'ben' : 'dora' })),
    ),
    chain: chainOf(campaign),
    vault: new Map([['A', sealed(JSON.stringify(answer))]]),
    ...change,
  });
}

const entrants = ['ben', 'cleo', 'dora', 'olga'];
const hash = entrantsHash(entrants);
export const ranked = ranking('seed', hash, entrants);
const drawn = { at: AT - 10, seed: 'seed', entrantsHash: hash, entrants: 4 };
const draw = { seedHash: seedHash('seed'), reached: 3, drawn };

export const lapsed = (rank: number) => placeOf(ranked[rank - 1] ?? '', 'lapsed', { rank, why: 'unclaimed' });

/** A giveaway of which the first of the ranking gave way to the third. Nobody has claimed yet. */
export function drawFacts(change: Partial<FinalFacts> = {}): FinalFacts {
  return campaignFacts({
    ...withCampaign({ kind: 'giveaway', state: 'paused', draw }),
    ...placesOf(lapsed(1), won(2), won(3), placeOf(ranked[3] ?? '', 'entered')),
    ...{ draws: new Map([['C', entrants]]), orders: new Map(), posts: [], charged: [], seen: [] },
    ...{ reservations: [], budgets: new Map(), vault: new Map() },
    chain: chained(
      campaign.history.map(({ at, by, state }, index) => ({
        ...{ id: `campaign/C/${index}`, at, by, what: `campaign.${state}` },
      })),
    ),
    ...change,
  });
}

export const won = (rank: number) => placeOf(ranked[rank - 1] ?? '', 'won', { rank, until: AT });
export const withDraw = (change: Partial<typeof draw>) =>
  withCampaign({ kind: 'giveaway', state: 'paused', draw: { ...draw, ...change } });
