import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlacedOrder, RemoteOrder } from '../../../src/cardpluspay/types.ts';
import { candidatesIn, judgeCandidates } from '../../../src/orders/reconcile/match.ts';

const AT = Date.UTC(2026, 2, 7, 12);
const sought = {
  ...{ watermark: 100, startedAt: AT, itemCode: 'ACME-5', quantity: 2 },
  // It was quoted at 9.80, and had fallen to 9.60 when it was checked.
  amounts: ['9.8', '9.6'].map((amount) => ({ amount, currency: 'USD' })),
};
const thin = (orderId: number, more: Partial<RemoteOrder> = {}): RemoteOrder => ({
  ...{ orderId, charged: '9.80', ...more },
});
const rich = (orderId: number, more: Partial<RemoteOrder> = {}) =>
  thin(orderId, { itemCode: 'ACME-5', quantity: 2, ...more });
const idsIn = (rows: RemoteOrder[]) => candidatesIn(rows, sought).map(({ row }) => row.orderId);
const minutes = (count: number) => new Date(AT + count * 60_000).toISOString();

describe('which rows of CardPlusPay’s list may be a lost order', () => {
  it.each<[string, RemoteOrder, boolean]>([
    ['one above the watermark with the same amount', thin(101), true],
    ['one that is item and quantity too', rich(101), true],
    ['the newest from before the attempt', rich(100), false],
    ['an older one', rich(99), false],
    ['another amount, for CardPlusPay may charge what it likes', rich(101, { charged: '9.81' }), true],
    ['another amount, and no word on what it is', thin(101, { charged: '1' }), true],
    ['the amount that was checked', rich(101, { charged: '9.60' }), true],
    ['the same amount, written otherwise', rich(101, { charged: '9.8000' }), true],
    ['one without an amount', rich(101, { charged: undefined }), true],
    ['another item', rich(101, { itemCode: 'ACME-10' }), false],
    ['another quantity', rich(101, { quantity: 1 }), false],
    ['one with an item, but no quantity', thin(101, { itemCode: 'ACME-5' }), true],
  ])('%s', (_, row, isOne) => {
    expect(idsIn([row, rich(90, { charged: '1' })])).toEqual(isOne ? [101] : []);
  });

  it('where ids visibly do not ascend, the time decides, and close to the attempt nobody knows', () => {
    const rows = [
      rich(503, { createdAt: '2026-03-07T12:30:00' }),
      rich(502),
      rich(501, { createdAt: minutes(-1) }),
      rich(500, { createdAt: minutes(-60) }),
      rich(7, { createdAt: minutes(1) }),
    ];
    expect(candidatesIn(rows, sought).map(({ row, isNew }) => [row.orderId, isNew])).toEqual([
      ...[
        [503, 'unclear'],
        [502, 'unclear'],
        [501, 'unclear'],
        [7, 'yes'],
      ],
    ]);
  });

  it('where the list, asked for newest first, comes otherwise, ids prove nothing: a lower one may be ours', () => {
    const rows = [thin(40), thin(100), thin(90)];
    expect(candidatesIn(rows, sought).map(({ row, isNew }) => [row.orderId, isNew])).toEqual([
      ...[
        [40, 'unclear'],
        [100, 'unclear'],
        [90, 'unclear'],
      ],
    ]);
    const timed = [thin(40, { createdAt: minutes(1) }), thin(100, { createdAt: minutes(-60) })];
    expect(candidatesIn(timed, sought).map(({ row, isNew }) => [row.orderId, isNew])).toEqual([[40, 'yes']]);
  });

  it('one above the watermark whose time is long before the attempt was listed late: nobody knows', () => {
    const isNewOf = (createdAt: string) =>
      candidatesIn([rich(101, { createdAt }), rich(90)], sought).map(({ isNew }) => isNew);
    expect(isNewOf(minutes(-3))).toEqual(['unclear']);
    expect(isNewOf(minutes(-1))).toEqual(['yes']);
    expect(isNewOf(minutes(1))).toEqual(['yes']);
    expect(isNewOf('2026-03-07T02:00:00')).toEqual(['yes']);
  });

  it('times in other zones are the same times', () => {
    const rows = [
      rich(102, { createdAt: '2026-03-07T15:00:01+03:00' }),
      rich(101, { createdAt: '2026-03-07T12:00:00Z' }),
    ];
    expect(idsIn(rows)).toEqual([102, 101]);
  });
});

describe('whether a candidate is the lost order', () => {
  const placed = (orderId: number, more: Partial<PlacedOrder> = {}): PlacedOrder => ({
    ...{ orderId, charged: '9.8', codes: [], ...more },
  });
  const judge = (...looked: [RemoteOrder, Partial<PlacedOrder>?][]) => {
    const candidates = looked.map(([row, more]) => ({
      ...{ row, isNew: 'yes' as const, placed: placed(row.orderId, more) },
    }));
    const verdict = judgeCandidates(candidates, sought);
    return verdict.kind === 'unsure' ? verdict.why : verdict.kind;
  };
  const codes = (count: number, itemCode?: string) =>
    Array.from({ length: count }, (_, i) => ({ code: `c${i}`, itemCode, metadata: [] }));

  it.each<[string, [RemoteOrder, Partial<PlacedOrder>?][], string]>([
    ['there is none', [], 'nothing'],
    ['the list tells item and quantity', [[rich(101)]], 'ours'],
    ['only the order itself tells', [[thin(101), { itemCode: 'ACME-5', quantity: 2 }]], 'ours'],
    ['one tells the item, the other the quantity', [[thin(101, { quantity: 2 }), { itemCode: 'ACME-5' }]], 'ours'],
    ['its cards tell the item', [[thin(101, { quantity: 2 }), { codes: codes(2, 'ACME-5') }]], 'ours'],
    ['fewer codes came than were ordered', [[rich(101), { status: 'completed', codes: codes(1, 'ACME-5') }]], 'ours'],
    [
      'how many cards it has says nothing of how many were ordered',
      [[thin(101), { status: 'completed', codes: codes(2, 'ACME-5') }]],
      'found_unclear',
    ],
    [
      'not even when they are fewer',
      [[thin(101), { status: 'completed', codes: codes(1, 'ACME-5') }]],
      'found_unclear',
    ],
    ['its cards tell of another item', [[thin(101), { codes: codes(2, 'ACME-9') }]], 'nothing'],
    ['neither tells', [[thin(101)]], 'found_unclear'],
    ['only the item is told', [[thin(101, { itemCode: 'ACME-5' })]], 'found_unclear'],
    ['list and order contradict each other', [[rich(101), { itemCode: 'ACME-9' }]], 'found_unclear'],
    ['the amounts contradict each other', [[rich(101), { charged: '5' }]], 'found_differs'],
    [
      'only the order tells the amount, and it is another',
      [[rich(101, { charged: undefined }), { charged: '5' }]],
      'found_differs',
    ],
    ['it cost what was checked', [[rich(101, { charged: '9.60' }), { charged: '9.6' }]], 'ours'],
    ['it cost half, and all else fits', [[rich(101, { charged: '4.90' }), { charged: '4.9' }]], 'found_differs'],
    ['it cost something else, and says nothing', [[thin(101, { charged: '1' }), { charged: '1' }]], 'found_differs'],
    [
      'another one cost something else, and may be it as well',
      [[rich(101)], [thin(102, { charged: '1' })]],
      'found_several',
    ],
    ['it turns out to be something else', [[thin(101), { itemCode: 'ACME-9' }]], 'nothing'],
    ['two are it', [[rich(101)], [rich(102)]], 'found_several'],
    ['one is it, and another may be', [[rich(101)], [thin(102)]], 'found_several'],
    ['one is it, and another turns out not to be', [[rich(101)], [thin(102), { quantity: 1 }]], 'ours'],
  ])('%s', (_, looked, verdict) => {
    expect(judge(...looked)).toBe(verdict);
  });

  it('one of which nobody knows that it is new is for a person, whatever it says', () => {
    const row = rich(101);
    const candidate = { row, isNew: 'unclear' as const, placed: placed(101) };
    expect(judgeCandidates([candidate], sought).kind).toBe('unsure');
  });

  it('never takes one as ours that says another item, quantity or amount anywhere, nor judges away one that does not', () => {
    const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
    const facts = fc.record({
      itemCode: maybe(fc.constantFrom('ACME-5', 'ACME-9')),
      quantity: maybe(fc.constantFrom(1, 2)),
      charged: fc.constantFrom('9.8', '9.6', '4.9'),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(facts, facts), { maxLength: 3 }), (all) => {
        const rows = all.map(([row], at) => ({ orderId: 101 + at, ...row })).reverse();
        const looked = candidatesIn(rows, sought).map((candidate) => ({
          ...candidate,
          placed: placed(candidate.row.orderId, all[candidate.row.orderId - 101]?.[1]),
        }));
        const verdict = judgeCandidates(looked, sought);
        const isOther = (said: Partial<PlacedOrder>) =>
          (said.itemCode ?? 'ACME-5') !== 'ACME-5' || (said.quantity ?? 2) !== 2;
        if (verdict.kind === 'nothing') for (const words of all) expect(words.some(isOther)).toBe(true);
        if (verdict.kind !== 'ours') return;
        const { row, placed: shown } = verdict.candidate;
        for (const said of [row, shown]) {
          expect(said.itemCode ?? 'ACME-5').toBe('ACME-5');
          expect(said.quantity ?? 2).toBe(2);
          expect(['9.8', '9.6']).toContain(said.charged);
        }
      }),
    );
  });
});
