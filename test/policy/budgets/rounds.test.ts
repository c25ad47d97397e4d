import { describe, expect, it } from 'vitest';
import { createHoldRounds } from '../../../src/policy/budgets/rounds.ts';
import { openDesk } from '../../orders/desk.ts';

describe('rounds over what is held', () => {
  it('look at a part each, come by everything, and begin anew', async () => {
    const { ledger } = await openDesk();
    const key = 'day/2026-03-07';
    const orders = Array.from({ length: 250 }, (_, at) => `order-${at}`);
    for (const order of orders) await ledger.reserve({ key, cap: '1000' }, order, '1', async () => true);
    const next = createHoldRounds(ledger);
    const round = async () => {
      const seen: string[] = [];
      for await (const { order } of next()) seen.push(order);
      return seen;
    };
    const rounds = [await round(), await round(), await round()];
    expect(rounds.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(rounds.flat().sort()).toEqual(orders.sort());
    await ledger.free({ key, order: 'order-7' });
    const again = [await round(), await round(), await round()].flat();
    expect(again).toHaveLength(249);
    expect(again).not.toContain('order-7');
  });

  it('go on after one that broke off', async () => {
    const { ledger } = await openDesk();
    await ledger.reserve({ key: 'day/2026-03-07', cap: '1000' }, 'A', '1', async () => true);
    let fails = 0;
    const next = createHoldRounds({
      async *holds() {
        if (fails++ === 0) throw new Error('the store is away');
        yield* ledger.holds();
      },
    });
    const round = async () => {
      let seen = 0;
      for await (const _ of next()) seen++;
      return seen;
    };
    await expect(round()).rejects.toThrow('away');
    expect([await round(), await round()]).toContain(1);
  });

  it('end also where another has meanwhile come to the end', async () => {
    const { ledger } = await openDesk();
    const key = 'day/2026-03-07';
    for (const order of ['A', 'B']) await ledger.reserve({ key, cap: '1000' }, order, '1', async () => true);
    const next = createHoldRounds(ledger);
    const slow = next();
    expect(await slow.next()).toMatchObject({ done: false });
    for await (const _ of next());
    expect(await slow.next()).toMatchObject({ done: true });
  });
});
