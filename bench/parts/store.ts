import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { connectDatabase } from '../../src/store/database.ts';
import type { Records } from '../../src/store/keyv/records.ts';
import { openStore } from '../../src/store/open.ts';
import { makeOlder } from '../../test/store/contract/older.ts';

/**
 * What an order costs the store when it holds 1,000 and when it holds 100,000 of them: guarded writes a second
 * (each durable: one fsync), and pages of a member's orders. Then what the first start of this version costs on a store
 * from before records were authenticated (SQLite), and a start like any other.
 *
 *   npm run bench -- --only store
 *   STORE_URL='postgres://…?schema=bench' npm run bench -- --only store    (a schema that is new, and yours to drop)
 */
const schema = z.object({ version: z.number(), status: z.string(), history: z.array(z.string()) });
type Order = z.infer<typeof schema>;

const history = Array.from({ length: 20 }, (_, i) => `${i}: what happened, to whom, when and why`);
const measured = 1000;

/** The `i`th order comes, as one write (seen 0), or moves on (seen 1). */
function write(orders: Records<Order>, i: number, seen: number) {
  const tags = [`member/${i % 50}`, ...(seen === 0 ? ['open'] : [])];
  const holds = [`reference/${i}`, ...(seen === 0 ? [] : [`remote/${i}`])];
  return orders.write(`order-${i}`, { status: 'bought', history }, { seen, tags, holds });
}

async function perSecond(times: number, act: (i: number) => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < times; i++) await act(i);
  return Math.round((times / (performance.now() - start)) * 1000);
}

async function measure(orders: Records<Order>, size: number): Promise<void> {
  const figures = {
    creates: await perSecond(measured, (i) => write(orders, size + i, 0)),
    updates: await perSecond(measured, (i) => write(orders, size + i, 1)),
    reads: await perSecond(measured, (i) => orders.get(`order-${(i * 7919) % size}`)),
    pages: await perSecond(measured, (i) => orders.tagged(`member/${i % 50}`, { limit: 10 })),
  };
  console.log(`${size} records, per second:`, figures);
}

async function measureStarts(url: string, encryptionKey: string): Promise<void> {
  const database = await connectDatabase(url);
  await makeOlder(database, encryptionKey, ['orders']);
  await database.close();
  for (const which of ['the first start', 'the next one']) {
    const began = performance.now();
    const store = await openStore({ url, encryptionKey });
    console.log(
      `${which}: ${Math.round(performance.now() - began)} ms; ${store.authentic.records} records were believed`,
    );
    await store.close();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'cardigan-bench-'));
try {
  const url = process.env.STORE_URL ?? `sqlite://${join(folder, 'bench.db')}`;
  const encryptionKey = randomBytes(32).toString('base64');
  const store = await openStore({ url, encryptionKey });
  const orders = store.records('orders', schema);
  let filled = 0;
  for (const size of [1000, 100_000]) {
    for (; filled < size; filled++) await write(orders, filled, 0);
    await measure(orders, size);
    filled += measured;
  }
  await store.close();
  if (url.startsWith('sqlite:')) await measureStarts(url, encryptionKey);
} finally {
  await rm(folder, { recursive: true });
}
