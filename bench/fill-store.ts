import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { append, auditEntrySchema, CHAIN, type Deed } from '../src/audit/chain.ts';
import { newOrderId } from '../src/orders/model/ids.ts';
import { type Order, orderSchema } from '../src/orders/model/order.ts';
import { holdsOf, tagsOf } from '../src/orders/repository.ts';
import { databaseOn } from '../src/store/database.ts';
import { createLocalLocks } from '../src/store/lock.ts';
import { openStoreOn, type Store } from '../src/store/open.ts';
import type { Connection } from '../src/store/sqlite/connection.ts';
import { createSqliteTables } from '../src/store/sqlite/sqlite-tables.ts';

/** Commits so many orders at once, each by the store's own door: as they are after years, without the years. */
const AT_ONCE = 1_000;
const TOLD_EVERY = 100_000;
/** Of so many members in turn, one of whom ordered the first: of 1,000, each has more than a page shows. */
const MEMBERS = 50;
const DAY_MS = 86_400_000;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A connection whose transactions are parts of one that is open already. */
function createInner(db: DatabaseSync): Connection {
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  return {
    read: (work) => work(),
    transaction: async (work) => work(),
    flush: () => undefined,
    get: (sql, ...values: SQLInputValue[]) => statement(sql).get(...values),
    all: (sql, ...values: SQLInputValue[]) => statement(sql).all(...values),
    run: (sql, ...values: SQLInputValue[]) => {
      const { changes, lastInsertRowid } = statement(sql).run(...values);
      return { changes: Number(changes), id: Number(lastInsertRowid) };
    },
    checkpoint: () => undefined,
  };
}

/** Not one that a bot gives: those of the bot are of chance, these begin with a Z. */
function referenceOf(n: number): string {
  let text = '';
  for (let rest = n; text.length < 5; rest = Math.floor(rest / 32)) text = CROCKFORD.charAt(rest % 32) + text;
  return `Z${text}`;
}

/** The `n`th of so many: delivered long ago, its codes purged, and in the audit. */
function ended(like: Order, n: number, of: number, members: readonly string[]): Order {
  const at = Date.now() - DAY_MS * 60 - (of - n) * 1_000;
  const shift = at - (like.history.at(-1)?.at ?? at);
  const requester = members[n % members.length] ?? like.requester;
  return {
    ...like,
    id: newOrderId(at, (size) => Uint8Array.from({ length: size }, (_, i) => (n >> (5 * i)) & 31)),
    reference: referenceOf(n),
    requester,
    recipients: like.recipients.map((one) => ({ ...one, user: requester })),
    quote: { ...like.quote, expiresAt: like.quote.expiresAt + shift },
    cards: like.cards.map((card, i) => ({
      ...card,
      fingerprint: `bench-${n}-${i}`,
      recipient: requester,
      deliveredAt: at,
    })),
    ...(like.remote && { remote: { ...like.remote, orderId: 100_000_000 + n, orderNo: `BENCH-${n}` } }),
    history: like.history.map((step) => ({
      ...step,
      at: step.at + shift,
      by: step.by === like.requester ? requester : step.by,
    })),
    purgedAt: at + DAY_MS,
    audited: like.history.length,
  };
}

function deedOf({ id, guild, reference, requester, history }: Order): Deed {
  const at = history.at(-1)?.at ?? 0;
  const about = { order: id, reference, member: requester };
  return { id: `order/${id}/${history.length - 1}`, at, guild, by: 'cardigan', what: 'order.delivered', about };
}

async function delivered(db: DatabaseSync, store: Store): Promise<Order> {
  const orders = store.records('orders', orderSchema);
  for (const { key } of db.prepare("SELECT key FROM entries WHERE namespace = 'orders' ORDER BY seq").all()) {
    const order = await orders.get(String(key));
    if (order?.status === 'delivered') return order;
  }
  throw new Error('the store has no delivered order to make others like');
}

/**
 * Fills a bot's SQLite file, while the bot is not running, with ended orders that are like the delivered one in it: from
 * the `from`th to before the `to`th. Each has one entry in the audit.
 */
export async function fillStore(
  path: string,
  from: number,
  to: number,
  { members: count = MEMBERS } = {},
): Promise<void> {
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000');
  const tables = createSqliteTables(createInner(db), createLocalLocks(), () => db.close());
  const store = await openStoreOn(databaseOn({ tables, keyFile: `${path}.key` }), undefined);
  const like = await delivered(db, store);
  const members = [like.requester, ...Array.from({ length: count - 1 }, (_, i) => String(3n * 10n ** 17n + BigInt(i)))];
  const orders = store.records('orders', orderSchema);
  const records = store.records(CHAIN, auditEntrySchema);
  // Written down when it was done: a start that looks for where today begins has a day to look through, as in life.
  const deeds: Deed[] = [];
  const chain = { records, ownerGuild: like.guild, clock: { now: () => deeds.at(-1)?.at ?? Date.now() } };
  const began = performance.now();
  for (let n = from; n < to; n += AT_ONCE) {
    db.exec('BEGIN');
    deeds.length = 0;
    for (let i = n; i < Math.min(to, n + AT_ONCE); i++) {
      const { version: _, ...order } = ended(like, i, to, members);
      const guard = { seen: 0, tags: tagsOf(order as Order), holds: holdsOf(order as Order) };
      const written = await orders.write(order.id, order, guard);
      if (!written.ok) throw new Error(`the order ${i} was not written: ${JSON.stringify(written)}`);
      deeds.push(deedOf(order as Order));
    }
    await append(chain, deeds);
    db.exec('COMMIT');
    const seconds = Math.round((performance.now() - began) / 1000);
    if ((n + AT_ONCE) % TOLD_EVERY === 0) console.error(`${n + AT_ONCE} orders are in the store, ${seconds} s`);
  }
  await store.close();
}
