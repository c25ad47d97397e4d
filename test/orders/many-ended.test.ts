import { expect, it } from 'vitest';
import { createAuditContext } from '../../src/audit/context.ts';
import { entries } from '../../src/audit/query.ts';
import { tick } from '../../src/audit/record.ts';
import { everySource } from '../../src/audit/sources.ts';
import { type Order, orderSchema } from '../../src/orders/model/order.ts';
import { holdsOf, tagsOf } from '../../src/orders/repository.ts';
import type { Store } from '../../src/store/open.ts';
import { anna, ask, buy, cleo, type Desk, openDesk, quote } from './desk.ts';

/** Counts what is asked of a store, by kind. */
function countingStore(store: Store) {
  const calls = new Map<string, number>();
  const counted = <T extends object>(namespace: string, target: T): T =>
    new Proxy(target, {
      get(object, name) {
        const method: unknown = Reflect.get(object, name);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) => {
          const key = `${namespace} ${String(name)}`;
          calls.set(key, (calls.get(key) ?? 0) + 1);
          return method.apply(object, args);
        };
      },
    });
  return {
    store: {
      ...store,
      records: (namespace, schema) => counted(namespace, store.records(namespace, schema)),
      vault: (schema) => counted('vault', store.vault(schema)),
    } satisfies Store,
    async during(work: () => Promise<unknown>): Promise<Record<string, number>> {
      calls.clear();
      await work();
      return Object.fromEntries([...calls].sort());
    },
  };
}

/** As many orders more that ended as this one did, each with a name of its own, as older ones. */
async function addEnded(desk: Desk, like: Order, count: number, from: number): Promise<void> {
  const records = desk.store.records('orders', orderSchema);
  const { version: _, remote, ...rest } = like;
  for (let at = from; at < from + count; at++) {
    const own = { id: `0${String(at).padStart(15, '0')}`, reference: String(at).padStart(6, '0') };
    const order = { ...rest, ...own, cards: [], ...(remote && { remote: { ...remote, orderId: at + 1 } }) };
    const guard = { seen: 0, tags: tagsOf({ ...order, version: 1 }), holds: holdsOf({ ...order, version: 1 }) };
    expect((await records.write(order.id, order, guard)).ok).toBe(true);
  }
}

it('first pages, a start and a round ask the same of the store, however many orders have ended', async () => {
  const desk = await openDesk();
  const ended = await buy(desk);
  await ask(desk, await quote(desk, { member: cleo }));
  const counting = countingStore(desk.store);
  const { clock, logged } = desk;
  const write = (facts: object, message: string) => void logged.push({ message, ...facts });
  const audit = createAuditContext({
    store: counting.store,
    sources: everySource(counting.store),
    ownerGuild: anna.guild,
    isApprover: async () => true,
    clock,
    log: { info: write, warn: write, error: write },
  });
  await tick(audit);
  const audited = (await desk.store.records('orders', orderSchema).get(ended.id)) ?? ended;
  const asked = async () => {
    const process = desk.newProcess((outside) => ({ ...outside, store: counting.store }));
    const page = { limit: 10 };
    return {
      orders: await counting.during(() => process.ofMember(anna, page)),
      approvals: await counting.during(() => process.awaiting(anna, { number: 0, size: 5 })),
      audit: await counting.during(() => entries(audit, anna, {}, page)),
      start: await counting.during(() => process.recover()),
      round: await counting.during(() => process.tick()),
    };
  };
  await addEnded(desk, audited, 30, 0);
  // The first one of a store notes from where on codes are purged.
  await desk.tick();
  const few = await asked();
  await addEnded(desk, audited, 600, 30);
  expect(await asked()).toEqual(few);
  expect(few.orders).toEqual({ 'orders tagged': 1 });
});
