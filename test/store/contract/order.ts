import { z } from 'zod';
import type { Records } from '../../../src/store/keyv/records.ts';
import type { Store } from '../../../src/store/open.ts';

export const orderSchema = z.object({ version: z.number().int().positive(), status: z.string() });
export type Order = z.infer<typeof orderSchema>;

export const free = { tags: [], holds: [] };

export const ordersOf = (store: Store): Records<Order> => store.records('orders', orderSchema);

/** The order `old` moves from `one` to `two`, then the order `young` is made: what a crash must not tear. */
export async function moveOrders(store: Store): Promise<void> {
  const orders = ordersOf(store);
  await orders.write('old', { status: 'two' }, stage('old/two', 1));
  await orders.write('young', { status: 'two' }, stage('young/two', 0));
}

export const stage = (name: string, seen: number) => ({
  seen,
  tags: [`tag/${name}`, `also/${name}`],
  holds: [`hold/${name}`, `more/${name}`],
});

/** Versions without end, each with its own tag and hold, and said after it is stored. */
export async function keepWriting(store: Store, say: (version: number) => void): Promise<never> {
  const orders = ordersOf(store);
  let seen = (await orders.get('busy'))?.version ?? 0;
  for (;;) {
    const status = 'long enough for several pages'.repeat(500);
    const result = await orders.write('busy', { status }, stage(`${seen + 1}`, seen));
    if (!result.ok) throw new Error(`lost to nobody: ${result.reason}`);
    seen = result.version;
    say(seen);
  }
}
