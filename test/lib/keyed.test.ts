import { describe, expect, it } from 'vitest';
import { backoff } from '../../src/lib/backoff.ts';
import { bind } from '../../src/lib/bind.ts';
import { createKeyed } from '../../src/lib/keyed.ts';

describe('work under way, by names', () => {
  it('is joined by whoever asks for it meanwhile, and begun anew after', async () => {
    const keyed = createKeyed();
    const { promise, resolve } = Promise.withResolvers<number>();
    const first = keyed.join('a', () => promise);
    const second = keyed.join<number>('a', () => Promise.reject(new Error('not asked')));
    expect([keyed.has('a'), keyed.keys()]).toEqual([true, ['a']]);
    resolve(1);
    expect(await Promise.all([first, second])).toEqual([1, 1]);
    expect(keyed.has('a')).toBe(false);
    expect(await keyed.join('a', async () => 2)).toBe(2);
  });

  it('waits its turn, also behind what fails, and other names do not wait', async () => {
    const keyed = createKeyed();
    const order: string[] = [];
    const failing = Promise.withResolvers<never>();
    const first = keyed.serialise('a', () => failing.promise);
    const second = keyed.serialise('a', async () => order.push('second'));
    await keyed.serialise('b', async () => order.push('other'));
    failing.reject(new Error('broken'));
    await expect(first).rejects.toThrow('broken');
    await second;
    expect(order).toEqual(['other', 'second']);
  });

  it('is idle once all of it is over, however it ended', async () => {
    const keyed = createKeyed();
    const { promise, reject } = Promise.withResolvers<never>();
    const failed = keyed.join('a', () => promise);
    const idle = keyed.idle();
    reject(new Error('broken'));
    await expect(failed).rejects.toThrow('broken');
    await idle;
    expect(keyed.keys()).toEqual([]);
  });
});

describe('a back-off', () => {
  it('doubles from the first gap up to the longest', () => {
    const gaps = [1, 2, 3, 4, 50].map((tries) => backoff(tries, { first: 5, longest: 30 }));
    expect(gaps).toEqual([5, 10, 20, 30, 30]);
  });
});

describe('a face', () => {
  it('gives each verb its context', () => {
    const add = (context: { base: number }, more: number) => context.base + more;
    expect(bind({ base: 1 }, { add }).add(2)).toBe(3);
  });
});
