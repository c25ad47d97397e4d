import { describe, expect, it, vi } from 'vitest';
import { createSendRate } from '../../../src/discord/gateway/send-rate.ts';

/** Work that ends when the test says so, and what has begun. */
function rateWith(limits: { perSecond: number; inFlight: number }) {
  let at = 0;
  const rate = createSendRate({ ...limits, now: () => at });
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const ask = (count: number) => {
    for (let i = 0; i < count; i++) {
      const number = begun.length + i;
      const work = () => {
        begun.push(number);
        return new Promise<void>((resolve) => ends.push(resolve));
      };
      void rate.run(work);
    }
  };
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  return {
    ...{ rate, begun, ask, settle },
    async end(count: number) {
      for (const end of ends.splice(0, count)) end();
      await settle();
    },
    async pass(ms: number) {
      at += ms;
      await vi.advanceTimersByTimeAsync(ms);
      await settle();
    },
  };
}

describe('the rate of answers', () => {
  it('has no more of them out at once than it may, in the order in which they came', async () => {
    vi.useFakeTimers();
    const { begun, ask, settle, end } = rateWith({ perSecond: 1_000, inFlight: 3 });
    ask(8);
    await settle();
    expect(begun).toHaveLength(3);
    await end(2);
    expect(begun).toHaveLength(5);
    expect(begun).toEqual([...begun].sort((a, b) => a - b));
    vi.useRealTimers();
  });

  it('sends no more in a second than it may', async () => {
    vi.useFakeTimers();
    const { begun, ask, settle, pass } = rateWith({ perSecond: 10, inFlight: 1_000 });
    ask(40);
    await settle();
    expect(begun).toHaveLength(10);
    await pass(1_000);
    expect(begun).toHaveLength(20);
    vi.useRealTimers();
  });

  it('is lowered by Discord’s no, holds still as long as told, and comes back by itself', async () => {
    vi.useFakeTimers();
    const { rate, begun, ask, settle, pass } = rateWith({ perSecond: 100, inFlight: 1_000 });
    rate.slowDown(2_000);
    // Those that were out at the same time hear the same.
    rate.slowDown(2_000);
    expect(rate.perSecond()).toBe(50);
    ask(10);
    await settle();
    expect(begun).toHaveLength(0);
    await pass(1_999);
    expect(begun).toHaveLength(0);
    await pass(500);
    expect(begun).toHaveLength(10);
    await pass(15_000);
    ask(1);
    await settle();
    expect(rate.perSecond()).toBe(100);
    vi.useRealTimers();
  });

  it('never comes to a stop, however often Discord says no, nor for what fails', async () => {
    const rate = createSendRate({ perSecond: 200, inFlight: 1 });
    await expect(rate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    for (let i = 0; i < 50; i++) rate.slowDown(0);
    expect(rate.perSecond()).toBeGreaterThan(0);
    expect(await rate.run(async () => 'sent')).toBe('sent');
  });
});
