import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/audit/chain.ts';
import { lastBefore } from '../../src/audit/day-end.ts';
import { dayOf } from '../../src/lib/dates/calendar.ts';
import { StoreError } from '../../src/store/store-error.ts';

const DAY = 24 * 60 * 60_000;
const TODAY = dayOf(10 * DAY);
const unreadable = (key: string) => {
  const record = { namespace: 'audit', key, fault: 'invalid', mark: 'm' } as const;
  return new StoreError('newer', 'spoilt', { isUnreadable: true, record });
};
const numberOf = (key: string) => Number(key);

/** A chain of entries written down at these times; what is `spoilt` cannot be read. */
function chainOf(times: readonly number[], spoilt: ReadonlySet<number> = new Set()) {
  let reads = 0;
  const entries = times.map((at, index) => ({ number: index + 1, at }) as AuditEntry);
  const readable = entries.filter(({ number }) => !spoilt.has(number));
  const keyOf = (number: number) => String(number).padStart(12, '0');
  const records = {
    async get(key: string) {
      reads++;
      const number = numberOf(key);
      if (spoilt.has(number)) throw unreadable(key);
      return entries[number - 1];
    },
    async tagged() {
      const newest = readable.at(-1);
      return { records: newest ? [newest] : [], unreadable: [...spoilt].map(keyOf) };
    },
  };
  return { records, readable, reads: () => reads };
}
const linear = (readable: readonly AuditEntry[]) => readable.findLast(({ at }) => dayOf(at) < TODAY)?.number;

describe('where today begins in the audit', () => {
  it('is found as by looking at every entry', async () => {
    const times = fc
      .array(fc.integer({ min: 0, max: 12 * DAY }), { maxLength: 60 })
      .map((all) => all.sort((a, b) => a - b));
    await fc.assert(
      fc.asyncProperty(times, fc.array(fc.integer({ min: 1, max: 60 })), async (all, spoilt) => {
        const { records, readable } = chainOf(all, new Set(spoilt.filter((number) => number <= all.length)));
        expect((await lastBefore(records, TODAY))?.number).toBe(linear(readable));
      }),
    );
  });

  it('takes some twenty reads among a million entries, and one where nothing was done today', async () => {
    for (const today of [1, 30, 5_000, 1_000_000]) {
      const times = Array.from({ length: 1_000_000 }, (_, n) => (n < 1_000_000 - today ? 5 * DAY : 10 * DAY));
      const { records, reads } = chainOf(times);
      const found = await lastBefore(records, TODAY);
      expect(found?.number).toBe(today === 1_000_000 ? undefined : 1_000_000 - today);
      expect(reads()).toBeLessThan(25);
    }
    const quiet = chainOf(Array.from({ length: 1_000 }, () => DAY));
    expect((await lastBefore(quiet.records, TODAY))?.number).toBe(1_000);
    expect(quiet.reads()).toBe(1);
  });

  it('is nowhere in an empty audit', async () => {
    expect(await lastBefore(chainOf([]).records, TODAY)).toBeUndefined();
  });
});
