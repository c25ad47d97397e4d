import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetSchema, createDayTotals } from '../../src/orders/day-totals.ts';
import { openDesk } from './desk.ts';

const cap = '20';
const day = '2026-03-07';
const orderId = fc.constantFrom('A', 'B', 'C', 'D', 'E');
const amount = fc.integer({ min: 1, max: 1500 }).map((cents) => new Big(cents).div(100).toFixed());
const wanted = async () => true;
const call = fc.oneof(
  fc.record({ kind: fc.constant('reserve' as const), orderId, amount }),
  fc.record({ kind: fc.constant('settle' as const), orderId, amount }),
  fc.record({ kind: fc.constant('free' as const), orderId, amount }),
);

/** What a day's total should be, in the simplest words. */
function createModel() {
  let settled = new Big(0);
  const held = new Map<string, Big>();
  const left = () =>
    [...held.values()].reduce((rest, each) => rest.minus(each), new Big(cap).minus(settled));
  return {
    left: () => (left().lt(0) ? '0' : left().toFixed()),
    holders: () => [...held.keys()].sort(),
    reserve(id: string, wanted: string): boolean {
      const fits = held.has(id) || left().gte(wanted);
      if (fits && !held.has(id)) held.set(id, new Big(wanted));
      return fits;
    },
    release(id: string, charged: string): void {
      if (held.delete(id)) settled = settled.plus(charged);
    },
  };
}

describe('the day’s total', () => {
  it('adds up, whatever is reserved, settled and freed, and each of it twice', async () => {
    const { store } = await openDesk();
    let runs = 0;
    const records = store.records('budgets', budgetSchema);
    const holdersOf = async (key: string) =>
      Object.keys((await records.get(`day/${key}`))?.held ?? {});
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 30 }), fc.boolean(), async (calls, twice) => {
        const key = `${day} ${runs++}`;
        const totals = createDayTotals(records, cap);
        const model = createModel();
        for (const { kind, orderId: id, amount: sum } of twice
          ? calls.flatMap((one) => [one, one])
          : calls) {
          if (kind === 'reserve') {
            expect(await totals.reserve(key, id, sum, wanted)).toBe(model.reserve(id, sum));
          } else {
            const charged = kind === 'settle' ? sum : '0';
            await (kind === 'settle' ? totals.settle(key, id, sum) : totals.free(key, id));
            model.release(id, charged);
          }
          expect(await totals.left(key)).toBe(model.left());
        }
        expect((await holdersOf(key)).sort()).toEqual(model.holders());
      }),
      { numRuns: 40 },
    );
  });

  it('lets in no more than the cap when all come at once, to the cent', async () => {
    const { store } = await openDesk();
    const totals = createDayTotals(store.records('budgets', budgetSchema), '0.3');
    const orders = Array.from({ length: 10 }, (_, i) => `order ${i}`);
    const fits = await Promise.all(orders.map((id) => totals.reserve(day, id, '0.1', wanted)));
    expect(fits.filter(Boolean)).toHaveLength(3);
    expect(await totals.left(day)).toBe('0');
  });

  it('keeps days apart', async () => {
    const { store } = await openDesk();
    const totals = createDayTotals(store.records('budgets', budgetSchema), cap);
    await totals.reserve(day, 'A', '20', wanted);
    expect(await totals.left(day)).toBe('0');
    expect(await totals.left('2026-03-08')).toBe('20');
  });

  it('knows who holds something, of whatever day, and of no day that is settled', async () => {
    const { store } = await openDesk();
    const totals = createDayTotals(store.records('budgets', budgetSchema), cap);
    const days = Array.from({ length: 60 }, (_, i) => new Date(i * 86_400_000));
    const names = days.map((date) => date.toISOString().slice(0, 10));
    for (const each of names) await totals.reserve(each, `of ${each}`, '1', wanted);
    for (const each of names.slice(0, 57)) await totals.free(each, `of ${each}`);
    expect((await totals.holders()).sort()).toEqual(names.slice(57).map((each) => `of ${each}`));
  });

  it('never holds again what another process has bought and settled meanwhile', async () => {
    const { store } = await openDesk();
    const totals = createDayTotals(store.records('budgets', budgetSchema), cap);
    let isApproved = true;
    const slow = totals.reserve(day, 'A', '5', async () => {
      // Between this process's look at the totals and its write.
      const seen = isApproved;
      if (seen) {
        await totals.reserve(day, 'A', '5', wanted);
        isApproved = false;
        await totals.settle(day, 'A', '5');
      }
      return seen;
    });
    expect(await slow).toBe(true);
    expect(await totals.holders()).toEqual([]);
    expect(await totals.left(day)).toBe('15');
  });
});
