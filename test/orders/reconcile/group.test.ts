import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RemoteOrder } from '../../../src/cardpluspay/types.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { judgeLost, type Lost, type Seen } from '../../../src/orders/reconcile/group.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const START = Date.UTC(2026, 2, 7, 12);

function lostOrder(at: number, watermark: number, more: Partial<Lost> & { amount?: string } = {}): Lost {
  const { amount = '4.90', ...pin } = more;
  const quote = { itemCode: 'BIG', quantity: 1, charged: usd(amount) };
  const attempt = { id: `a${at}`, startedAt: START + at, watermark, lane: 'BIG/1', slot: at };
  return { order: { id: `${at}`, quote, attempt } as Order, ...pin };
}

const row = (orderId: number, charged = '4.90', itemCode: string | null = 'BIG'): RemoteOrder =>
  ({ orderId, charged, itemCode: itemCode ?? undefined, quantity: 1 }) as RemoteOrder;

/** A list of these, which are all nobody's. */
function seen(rows: RemoteOrder[]): Seen {
  const listed = rows.toSorted((a, b) => b.orderId - a.orderId);
  return {
    rows: listed,
    found: listed.map((each) => ({ row: each, placed: { ...each, codes: [] } }) as Seen['found'][number]),
  };
}

/** What each of them is told: a row, nothing, or that people decide. */
function told(lost: Lost[], rows: RemoteOrder[]) {
  return lost.map(({ order }) => {
    const verdict = judgeLost(order.id, lost, seen(rows));
    return verdict.kind === 'ours' ? verdict.candidate.row.orderId : verdict.kind;
  });
}

describe('the lost orders of a lane', () => {
  it('get what was found in the order they were sent, first of all those with the highest watermark below it', () => {
    const lost = [lostOrder(0, 5), lostOrder(1, 5), lostOrder(2, 7)];
    expect(told(lost, [])).toEqual(['nothing', 'nothing', 'nothing']);
    expect(told(lost, [row(8)])).toEqual(['nothing', 'nothing', 8]);
    expect(told(lost, [row(6), row(8)])).toEqual([6, 'nothing', 8]);
    expect(told(lost, [row(8), row(9), row(10)])).toEqual([9, 10, 8]);
  });

  it('are all before people when one row is left that may be one of theirs', () => {
    const lost = [lostOrder(0, 5), lostOrder(1, 7)];
    expect(told(lost, [row(6), row(8), row(9)])).toEqual(['unsure', 'unsure']);
    // Two below the watermark of the second: one of them is somebody else's.
    expect(told(lost, [row(6), row(7)])).toEqual(['unsure', 'nothing']);
    expect(told(lost, [row(8), row(9, '4.80')])).toEqual(['unsure', 'unsure']);
    expect(told(lost, [row(8), row(9, '4.90', null)])).toEqual(['unsure', 'unsure']);
    expect(told(lost, [row(8), row(9, '4.80', 'HUGE')])).toEqual(['nothing', 8]);
  });

  it('never get what costs more than theirs', () => {
    const lost = [lostOrder(0, 5, { amount: '4.80' }), lostOrder(1, 5)];
    expect(told(lost, [row(6), row(7, '4.80')])).toEqual([7, 6]);
    expect(told(lost, [row(6), row(7)])).toEqual(['unsure', 'unsure']);
  });

  it('have what their own answer has named, and nobody else has it', () => {
    const lost = [lostOrder(0, 5), lostOrder(1, 5, { pin: 6 })];
    expect(told(lost, [row(6), row(7)])).toEqual([7, 6]);
    expect(told(lost, [row(6)])).toEqual(['nothing', 6]);
    // It does not show yet: what does is not its own.
    expect(told(lost, [row(7)])).toEqual([7, 'nothing']);
    expect(told(lost, [row(6), row(7), row(8)])).toEqual(['unsure', 6]);
    expect(told([lostOrder(0, 5, { pin: 6 }), lostOrder(1, 5, { pin: 6 })], [row(6)])).toEqual(['unsure', 'unsure']);
  });

  it('are before people where the answer of one brought codes that cannot be told', () => {
    const lost = [lostOrder(0, 5), lostOrder(1, 5, { pin: 'unclear' })];
    expect(told(lost, [row(6), row(7)])).toEqual(['unsure', 'unsure']);
    expect(told([lostOrder(1, 5, { pin: 'unclear' })], [row(6)])).toEqual([6]);
  });

  it('never get more than there is, nor what was there before, nor what may be somebody else’s', () => {
    const watermarks = fc.array(fc.nat({ max: 8 }), { minLength: 1, maxLength: 6 });
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 8 });
    fc.assert(
      fc.property(watermarks, ids, (marks, rows) => {
        const lost = marks.map((mark, at) => lostOrder(at, mark));
        const told_ = told(
          lost,
          rows.map((id) => row(id)),
        );
        const given = told_.flatMap((each, at) =>
          typeof each === 'number' ? [{ id: each, mark: marks[at] ?? 0 }] : [],
        );
        expect(new Set(given.map(({ id }) => id)).size).toBe(given.length);
        for (const { id, mark } of given) expect(id).toBeGreaterThan(mark);
        const new_ = rows.filter((id) => marks.some((mark) => id > mark));
        // A row can go to whoever has a lower watermark: these sets lie in each other, so counting from below is enough.
        const fits = new_.every(
          (id) => new_.filter((other) => other <= id).length <= marks.filter((mark) => mark < id).length,
        );
        if (fits) expect(given.map(({ id }) => id).sort()).toEqual([...new_].sort());
        else expect(given).toEqual([]);
      }),
    );
  });
});
