import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLedger, type Ledger } from '../../../src/policy/budgets/ledger.ts';
import { budgetSchema, type Hold } from '../../../src/policy/budgets/record.ts';
import { openDesk } from '../../orders/desk.ts';

const cap = '20';
const key = 'day/2026-03-07';
const day = { key, cap };
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
  const left = () => [...held.values()].reduce((rest, each) => rest.minus(each), new Big(cap).minus(settled));
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

async function holdsOf(ledger: Ledger): Promise<Hold[]> {
  const holds: Hold[] = [];
  for await (const hold of ledger.holds()) holds.push(hold);
  return holds;
}

describe('a budget, such as the day’s cap', () => {
  it('adds up, whatever is reserved, settled and freed, and each of it twice', async () => {
    const { store } = await openDesk();
    let runs = 0;
    const records = store.records('budgets', budgetSchema);
    const holdersOf = async (key: string) => Object.keys((await records.get(key))?.held ?? {});
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 30 }), fc.boolean(), async (calls, twice) => {
        const key = `day/${runs++}`;
        const claim = { key, cap };
        const ledger = createLedger(store);
        const model = createModel();
        for (const { kind, orderId: id, amount: sum } of twice ? calls.flatMap((one) => [one, one]) : calls) {
          if (kind === 'reserve') {
            expect(await ledger.reserve(claim, id, sum, wanted)).toBe(model.reserve(id, sum));
          } else {
            const charged = kind === 'settle' ? sum : '0';
            const hold = { key, order: id };
            await (kind === 'settle' ? ledger.settle(hold, sum) : ledger.free(hold));
            model.release(id, charged);
          }
          expect(await ledger.left(claim)).toBe(model.left());
        }
        expect((await holdersOf(key)).sort()).toEqual(model.holders());
      }),
      { numRuns: 40 },
    );
  });

  it('lets in no more than the cap when all come at once, to the cent', async () => {
    const { store } = await openDesk();
    const ledger = createLedger(store);
    const claim = { key, cap: '0.3' };
    const orders = Array.from({ length: 10 }, (_, i) => `order ${i}`);
    const fits = await Promise.all(orders.map((id) => ledger.reserve(claim, id, '0.1', wanted)));
    expect(fits.filter(Boolean)).toHaveLength(3);
    expect(await ledger.left(claim)).toBe('0');
  });

  it('lets an order draw from what its campaign holds, in one write, once, though nothing is left', async () => {
    const { store } = await openDesk();
    const ledger = createLedger(store);
    const total = async () => {
      const { settled, held } = await ledger.sums(key);
      return new Big(settled).plus(held).toFixed();
    };
    await ledger.reserve(day, 'campaign', '20', wanted);
    // The total stays, so that there is room for it also where the limit is lower by now.
    const lowered = { key, cap: '5' };
    for (const id of ['A', 'B', 'A', 'B']) {
      expect(await ledger.reserve(lowered, id, '10', wanted, 'campaign')).toBe(true);
      expect(await total()).toBe('20');
    }
    // It is empty, and has its entry still.
    expect(await holdsOf(ledger)).toContainEqual({ key, order: 'campaign' });
    expect(await ledger.reserve(day, 'C', '0.01', wanted, 'campaign')).toBe(false);
    await ledger.free({ key, order: 'A' }, 'campaign');
    await ledger.free({ key, order: 'A' }, 'campaign');
    await ledger.settle({ key, order: 'B' }, '10');
    expect(await ledger.sums(key, 'campaign')).toEqual({ settled: '10', held: '0' });
    expect(await total()).toBe('20');
    // What it holds less than that has to find room.
    expect(await ledger.reserve(day, 'C', '10.01', wanted, 'campaign')).toBe(false);
    expect(await ledger.reserve(day, 'C', '10', wanted, 'campaign')).toBe(true);
    await ledger.free({ key, order: 'campaign' });
    await ledger.free({ key, order: 'C' }, 'campaign');
    expect(await ledger.sums(key)).toEqual({ settled: '10', held: '0' });
  });

  it('keeps days apart', async () => {
    const { store } = await openDesk();
    const ledger = createLedger(store);
    await ledger.reserve(day, 'A', '20', wanted);
    expect(await ledger.left(day)).toBe('0');
    expect(await ledger.left(day, 'A')).toBe('20');
    expect(await ledger.left({ key: 'day/2026-03-08', cap })).toBe('20');
  });

  it('keeps a part for requests of a member, and counts one until it is decided about or over', async () => {
    const { ledger } = await openDesk();
    const cleos = { by: 'cleo', most: '10' };
    const request = (id: string, amount: string, of = cleos) => ledger.reserve(day, id, amount, wanted, undefined, of);
    expect(await request('A', '6')).toBe(true);
    expect(await request('A', '6')).toBe(true);
    expect(await request('B', '4.01')).toBe(false);
    expect(await request('B', '4.01', { by: 'dora', most: '10' })).toBe(true);
    // Set aside as a purchase first, which then became a request.
    expect(await ledger.reserve(day, 'C', '5', wanted)).toBe(true);
    expect(await request('C', '5')).toBe(false);
    expect(await ledger.requested(day.key, 'cleo', '')).toBe('6');
    expect(await ledger.requested(day.key, 'cleo', 'A')).toBe('0');
    await ledger.decided({ key: day.key, order: 'A' });
    expect(await request('C', '5')).toBe(true);
    expect(await ledger.requested(day.key, 'cleo', '')).toBe('5');
    await ledger.free({ key: day.key, order: 'C' });
    expect(await ledger.requested(day.key, 'cleo', '')).toBe('0');
    await ledger.settle({ key: day.key, order: 'A' }, '6');
    expect(await ledger.sums(day.key)).toEqual({ settled: '6', held: '4.01' });
  });

  it('knows who holds something, of whatever day, and of no day that is settled', async () => {
    const { store } = await openDesk();
    const ledger = createLedger(store);
    const days = Array.from({ length: 60 }, (_, i) => new Date(i * 86_400_000));
    const names = days.map((date) => date.toISOString().slice(0, 10));
    const hold = (name: string) => ({ key: name, order: `of ${name}` });
    for (const name of names) await ledger.reserve({ key: name, cap }, `of ${name}`, '1', wanted);
    for (const name of names.slice(0, 57)) await ledger.free(hold(name));
    const held = (await holdsOf(ledger)).sort((a, b) => (a.key < b.key ? -1 : 1));
    expect(held).toEqual(names.slice(57).map(hold));
  });

  it('never holds again what another process has bought and settled meanwhile', async () => {
    const { store } = await openDesk();
    const ledger = createLedger(store);
    const other = createLedger(store);
    let isApproved = true;
    const slow = ledger.reserve(day, 'A', '5', async () => {
      // Between this process's look at the totals and its write.
      const seen = isApproved;
      if (seen) {
        await other.reserve(day, 'A', '5', wanted);
        isApproved = false;
        await other.settle({ key, order: 'A' }, '5');
      }
      return seen;
    });
    expect(await slow).toBe(true);
    expect(await holdsOf(ledger)).toEqual([]);
    expect(await ledger.left(day)).toBe('15');
  });
});
