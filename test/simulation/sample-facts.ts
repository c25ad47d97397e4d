import { createHash } from 'node:crypto';
import { type AuditEntry, hashOf } from '../../src/audit/chain.ts';
import type { Order } from '../../src/orders/model/order.ts';
import type { FinalFacts, Stored } from './facts.ts';
import { always, atRest } from './invariants/index.ts';
import { approvalFacts, guildBudget, reservedIn } from './sample-approvals.ts';
import type { Charged, Check, Post } from './vendor/vendor.ts';

export const AT = Date.UTC(2026, 2, 7, 12);
export const usd = (amount: string) => ({ amount, currency: 'USD' });
export const sealed = (text: string) => ({
  answer: { status: 200, bodyBase64: Buffer.from(text).toString('base64'), complete: true },
  later: [],
});

export const order: Order = {
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
export const post: Post = {
  ...{ ...wanted, order: 'A', status: 'buying', by: '1', at: AT + 20, landsBy: AT + 90_000 },
  ...{ verdict: 'taken' },
};
export const charged: Charged = {
  ...{ ...wanted, orderId: 1001, cents: 490, at: AT + 30, listedFrom: AT + 30, hasFailed: false },
  cards: [{ code: 'SECRET-1001-0', pin: 'PIN-1001-0', readyAt: 0 }],
  post,
};
export const stranger: Charged = { ...charged, orderId: 1002, post: undefined };
export const check: Check = { ...wanted, by: '1', at: AT + 5, unitCents: 490 };

/** The chain as it is once all these steps were taken in. */
export function chained(steps: readonly { id: string; at: number; by: string; what: string }[]) {
  let previous = createHash('sha256').update('').digest('hex');
  return steps.map((deed, index): AuditEntry => {
    const said = { number: index + 1, at: deed.at, deed, previous };
    previous = hashOf(said);
    return { ...said, version: 1, hash: previous };
  });
}

export const deedsOf = ({ id, history }: Pick<Order, 'id' | 'history'>) =>
  history.map(({ at, by, status }, index) => ({
    ...{ id: `order/${id}/${index}`, at, by, what: `order.${status}` },
  }));

export const chainOf = (of: Order): AuditEntry[] => chained(deedsOf(of));

export const holdsOf = ({ reference, remote }: Order) =>
  new Set([`reference/${reference}`, ...(remote ? [`remote/${remote.orderId}`] : [])]);

export function stored(change: Partial<Order> = {}, place: Partial<Stored> = {}): Stored {
  const changed = { ...order, ...change };
  return {
    order: changed,
    ...{ tags: new Set(['member/guild/anna']), holds: holdsOf(changed), ...place },
  };
}

/** One order that went well, as everything says. */
export function facts(change: Partial<FinalFacts> = {}): FinalFacts {
  return {
    ...{ now: AT + 60_000, caps: { order: '30', day: '60' }, listMode: 'rich' },
    orders: new Map([['A', stored()]]),
    ...{ campaigns: new Map(), places: new Map(), draws: new Map() },
    budgets: new Map([
      ['2026-03-07', { settled: '4.9', held: {} }],
      [guildBudget.key, guildBudget.sums],
    ]),
    ...{ posts: [post], charged: [charged], checks: [check], repeats: [], noticed: [] },
    seen: ['SECRET-1001-0', 'PIN-1001-0'].map((secret) => ({ secret, by: 'anna' })),
    ...{
      ended: new Set<string>(),
      unserving: new Set<string>(),
      stops: new Map(),
      notices: new Set<string>(),
      recorded: new Set<string>(),
      gone: undefined,
    },
    ...{ openCards: new Set<string>(), ...approvalFacts(AT) },
    ...{ chain: chainOf(order), auditProblems: [] },
    booksBegin: 1000,
    booksBeganAt: 0,
    fingerprint: (code) => `of ${code}`,
    vault: new Map([['A', realAnswer()]]),
    ...change,
  };
}

function realAnswer() {
  const codes = [{ code: 'SECRET-1001-0', metadata: [{ Pin: 'PIN-1001-0' }] }];
  const data = { order_id: 1001, amount: '4.90', codes };
  return sealed(JSON.stringify({ success: true, message: 'OK', data }));
}

export const namesOf = (broken: FinalFacts) =>
  [...always, ...atRest].filter((rule) => rule(broken).length > 0).map(({ name }) => name);
