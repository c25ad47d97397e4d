import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLedger, type Ledger } from '../../../src/policy/budgets/ledger.ts';
import { budgetSchema, type Held, holdPageSchema } from '../../../src/policy/budgets/record.ts';
import type { Store } from '../../../src/store/open.ts';
import { openDesk } from '../../orders/desk.ts';
import { createMortal } from '../../orders/mortal.ts';

const CAP = '60';
const wanted = async () => true;

async function allHeld(ledger: Ledger, key: string): Promise<Held[]> {
  const found: Held[] = [];
  for await (const hold of ledger.holds()) if (hold.key === key) found.push(hold);
  return found;
}

const sum = (amounts: readonly (string | undefined)[]) =>
  amounts.reduce((all, each) => all.plus(each ?? 0), new Big(0)).toFixed();

/** Counts what a ledger asks of its store, by kind. */
function counting(store: Store) {
  const calls: string[] = [];
  let longest = 0;
  const counted: Pick<Store, 'records'> = {
    records: (namespace, schema) => {
      const records = store.records(namespace, schema);
      return new Proxy(records, {
        get(target, name) {
          const method = Reflect.get(target, name);
          return (...args: unknown[]) => {
            calls.push(`${namespace} ${String(name)}`);
            if (name === 'write') longest = Math.max(longest, JSON.stringify(args[1]).length);
            return method.apply(target, args);
          };
        },
      });
    },
  };
  return {
    counted,
    take: () => calls.splice(0),
    longest: () => longest,
  };
}

describe('what is held, once it is too much for one record', () => {
  it('adds up, wherever each hold lies', async () => {
    const { store } = await openDesk();
    const order = fc.constantFrom(...'ABCDEFGHIJ');
    const amount = fc.integer({ min: 1, max: 9 }).map(String);
    const by = fc.constantFrom(undefined, 'cleo', 'dora');
    const call = fc.record({ kind: fc.constantFrom('reserve', 'settle', 'free', 'decided'), order, amount, by });
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), async (calls, most) => {
        const key = `day/${runs++}`;
        const ledger = createLedger(store, most);
        const held = new Map<string, { amount: string; by: string | undefined }>();
        let settled = new Big(0);
        const theirs = (who: string) => [...held.values()].filter((each) => each.by === who);
        const total = () => sum([...held.values()].map((each) => each.amount));
        for (const { kind, order: id, amount: much, by: who } of calls) {
          const known = held.get(id);
          if (kind === 'reserve') {
            const isSame = known !== undefined && (who === undefined || known.by !== undefined);
            const next = known ? total() : sum([total(), much]);
            const part = who === undefined ? '0' : sum([much, ...theirs(who).map((each) => each.amount)]);
            const fits =
              isSame || ((known !== undefined || new Big(next).plus(settled).lte(CAP)) && new Big(part).lte(20));
            const requesting = who === undefined ? undefined : { by: who, most: '20' };
            expect(await ledger.reserve({ key, cap: CAP }, id, much, wanted, undefined, requesting)).toBe(fits);
            if (fits && !isSame) held.set(id, { amount: known?.amount ?? much, by: who });
          } else if (kind === 'decided') {
            await ledger.decided({ key, order: id });
            if (known) held.set(id, { ...known, by: undefined });
          } else {
            await (kind === 'settle' ? ledger.settle({ key, order: id }, much) : ledger.free({ key, order: id }));
            if (known && kind === 'settle') settled = settled.plus(much);
            held.delete(id);
          }
          expect(await ledger.sums(key)).toEqual({ settled: settled.toFixed(), held: total() });
          const others = [...held].filter(([each]) => each !== id).map(([, each]) => each.amount);
          expect((await ledger.sums(key, id)).held).toBe(sum(others));
          for (const person of ['cleo', 'dora'])
            expect(await ledger.requested(key, person, '')).toBe(sum(theirs(person).map((each) => each.amount)));
        }
        const found = (await allHeld(ledger, key)).map((each) => [each.order, each.isRequest === true]);
        const expected = [...held].map(([each, { by: person }]) => [each, person !== undefined]);
        expect(found.sort()).toEqual(expected.sort());
      }),
      { numRuns: 60 },
    );
  });

  it('counts each hold once, whatever two processes do at once and wherever one of them dies', async () => {
    const { store } = await openDesk();
    const death = fc.record({
      call: fc.integer({ min: 1, max: 60 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    });
    let runs = 0;
    const rounds = fc.array(fc.record({ death, most: fc.integer({ min: 1, max: 3 }) }), { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rounds, fc.integer({ min: 0, max: 9 }), async (all, odd) => {
        const key = `day/${runs++}`;
        const claim = { key, cap: CAP };
        let settled = new Big(0);
        for (const [round, { death: when, most }] of all.entries()) {
          const mortal = createMortal(when);
          const dying = createLedger(mortal.wrapStore(store), most);
          const living = createLedger(store, most);
          const later = createLedger(store, most);
          const together = async (work: (ledger: Ledger) => Promise<unknown>) => {
            await Promise.all([Promise.race([work(dying), mortal.died]), work(living)]);
          };
          const orders = Array.from({ length: 8 }, (_, at) => `${round}-${at}`);
          const sure = new Set<string>();
          await together((ledger) =>
            Promise.all(
              orders.map(async (order, at) => {
                const mine = at % 2 === (ledger === living ? 0 : 1) || at % 3 === odd % 3;
                if (mine && (await ledger.reserve(claim, order, '3', wanted))) sure.add(order);
              }),
            ),
          );
          const held = (await allHeld(later, key)).map(({ order }) => order);
          expect(new Set(held).size).toBe(held.length);
          for (const order of sure) expect(held).toContain(order);
          const now = await later.sums(key);
          expect(now).toEqual({ settled: settled.toFixed(), held: String(held.length * 3) });
          expect(settled.plus(now.held).lte(CAP)).toBe(true);
          // Some stay for later rounds. What was charged is another amount than what was held.
          const ended = held.filter((_, at) => at % 4 !== odd % 4);
          const end = (ledger: Ledger, order: string) =>
            order.endsWith('5') ? ledger.free({ key, order }) : ledger.settle({ key, order }, '2');
          await together((ledger) => Promise.all(ended.map((order) => end(ledger, order))));
          for (const order of ended) await end(later, order);
          settled = settled.plus(ended.filter((order) => !order.endsWith('5')).length * 2);
          expect(await later.sums(key)).toEqual({
            settled: settled.toFixed(),
            held: String((held.length - ended.length) * 3),
          });
        }
        const last = createLedger(store, 1);
        for (const { order } of await allHeld(last, key)) await last.free({ key, order });
        expect(await last.sums(key)).toEqual({ settled: settled.toFixed(), held: '0' });
        expect(await allHeld(last, key)).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  it('costs the same with 2,000 held as with 400, however many come at once', async () => {
    const { store } = await openDesk();
    const { counted, take, longest } = counting(store);
    const ledger = createLedger(counted);
    const key = 'day/2026-03-07';
    const claim = { key, cap: '1000000' };
    const costs: Record<string, number>[] = [];
    for (const [turn, upTo] of [400, 2_000].entries()) {
      for (let at = (await allHeld(ledger, key)).length; at < upTo; at++)
        await ledger.reserve(claim, `order-${String(at).padStart(6, '0')}`, '1', wanted);
      take();
      const most = new Map<string, number>();
      for (let at = 0; at < 100; at++) {
        await ledger.reserve(claim, `new-${upTo}-${at}`, '1', wanted);
        await ledger.settle({ key, order: `new-${upTo}-${at}` }, '1');
        // Set aside long ago.
        await ledger.settle({ key, order: `order-${String(turn * 100 + at).padStart(6, '0')}` }, '1');
        for (const call of take()) most.set(call, (most.get(call) ?? 0) + 1);
      }
      costs.push(Object.fromEntries(most));
    }
    const [few, many] = costs;
    for (const [call, times] of Object.entries(many ?? {}))
      expect([call, times <= (few?.[call] ?? 0) + 4]).toEqual([call, true]);
    expect(longest()).toBeLessThan(12_000);
    await Promise.all(Array.from({ length: 50 }, (_, at) => ledger.reserve(claim, `at-once-${at}`, '1', wanted)));
    expect(take().filter((call) => call === 'budgets write')).toHaveLength(2);
  });

  it('settles what another process takes out of its page at the same moment', async () => {
    const { store } = await openDesk();
    const key = 'day/2026-03-07';
    const claim = { key, cap: CAP };
    const other = createLedger(store, 1);
    const request = { by: 'cleo', most: CAP };
    await other.reserve(claim, 'A', '5', wanted, undefined, request);
    for (const order of ['B', 'C']) await other.reserve(claim, order, '1', wanted);
    let isMeant = true;
    // Between this process's look at the budget and that at its pages.
    const between = async () => {
      if (!isMeant) return;
      isMeant = false;
      await other.decided({ key, order: 'A' });
      await other.reserve(claim, 'D', '1', wanted);
    };
    const slow: Pick<Store, 'records'> = {
      records(namespace, schema) {
        const records = store.records(namespace, schema);
        if (namespace !== 'budget-pages') return records;
        return {
          ...records,
          async tagged(tag, page) {
            await between();
            return records.tagged(tag, page);
          },
        };
      },
    };
    await createLedger(slow, 1).settle({ key, order: 'A' }, '4');
    expect(isMeant).toBe(false);
    expect(await other.sums(key)).toEqual({ settled: '4', held: '3' });
  });

  it('goes on with the record of a version that had all of it in one', async () => {
    const { store } = await openDesk();
    const records = store.records('budgets', budgetSchema);
    const pages = store.records('budget-pages', holdPageSchema);
    const key = 'day/2026-03-07';
    const held = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`order-${at}`, '1']));
    await records.write(
      key,
      { key, settled: '7', held, requests: { 'order-3': 'cleo' } },
      { seen: 0, tags: ['held'], holds: [] },
    );
    const ledger = createLedger(store);
    expect(await ledger.sums(key)).toEqual({ settled: '7', held: '300' });
    await ledger.settle({ key, order: 'order-299' }, '2');
    expect(await ledger.sums(key)).toEqual({ settled: '9', held: '299' });
    expect(Object.keys((await records.get(key))?.held ?? {}).length).toBeLessThanOrEqual(64);
    expect((await pages.get(`${key}#2`))?.requests).toEqual({ 'order-3': 'cleo' });
    expect(await ledger.requested(key, 'cleo', '')).toBe('1');
    expect(await allHeld(ledger, key)).toHaveLength(299);
  });
});
