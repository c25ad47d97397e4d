import { describe, expect, it } from 'vitest';
import type { Records } from '../../../src/store/keyv/records.ts';
import { type OpenBench, useBench } from './bench.ts';
import { type Order, ordersOf, stage } from './order.ts';

/** Everything that is known of an order at one of its stages, or nothing of it. */
async function expectWhole(orders: Records<Order>, key: string, name: string, there: boolean) {
  for (const tag of stage(name, 0).tags) {
    const { records } = await orders.tagged(tag, { limit: 9 });
    expect(records).toHaveLength(there ? 1 : 0);
  }
  for (const hold of stage(name, 0).holds) {
    expect(await orders.holder(hold)).toBe(there ? key : undefined);
  }
}

export function describeCrashes(open: OpenBench): void {
  describe('a crash', () => {
    const fixture = useBench(open);

    it('at any statement of a write leaves all of it or nothing', async () => {
      await ordersOf(await fixture.open()).write('old', { status: 'one' }, stage('old/one', 0));
      const outcomes = new Set<string>();
      for (let call = 1; ; call++) {
        await fixture.close();
        const end = await fixture.bench.moveOrdersDyingAt(call, fixture.encryptionKey);
        const orders = ordersOf(await fixture.open());
        const moved = (await orders.get('old'))?.status === 'two';
        const made = (await orders.get('young')) !== undefined;
        outcomes.add(`${moved} ${made}`);
        await expectWhole(orders, 'old', 'old/one', !moved);
        await expectWhole(orders, 'old', 'old/two', moved);
        await expectWhole(orders, 'young', 'young/two', made);
        if (end === 'finished') break;
      }
      // Before the first, between the two, and after both.
      expect([...outcomes]).toEqual(['false false', 'true false', 'true true']);
    });

    it('at any time loses nothing that was said to be stored', async () => {
      for (const versions of [1, 2, 5, 11, 23]) {
        await fixture.close();
        const said = await fixture.bench.keepWritingUntilKilled(versions, fixture.encryptionKey);
        const orders = ordersOf(await fixture.open());
        const version = (await orders.get('busy'))?.version ?? 0;
        expect(version).toBeGreaterThanOrEqual(said);
        await expectWhole(orders, 'busy', `${version}`, true);
        await expectWhole(orders, 'busy', `${version - 1}`, false);
        await expectWhole(orders, 'busy', `${version + 1}`, false);
      }
    });
  });
}
