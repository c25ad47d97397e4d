import { describe, expect, it } from 'vitest';
import { createAccount } from '../../src/catalog/account.ts';
import { money } from '../../src/lib/money.ts';
import { createFakeClock } from './scripted.ts';

function scripted(replies: Array<() => ReturnType<typeof money>>) {
  const time = createFakeClock();
  const giftCards = {
    async balance() {
      const reply = replies.shift();
      if (!reply) throw new Error('asked once too often');
      return reply();
    },
  };
  return { account: createAccount({ giftCards, clock: time.clock }), time };
}

describe('the account', () => {
  it('tells a fresh balance every time, and as of when', async () => {
    const { account, time } = scripted([() => money('10', 'USD'), () => money('7.5', 'USD')]);
    const first = time.clock.now();
    expect(await account.balance()).toEqual({ balance: money('10', 'USD'), at: first });
    time.advance(5_000);
    expect(await account.balance()).toEqual({ balance: money('7.5', 'USD'), at: first + 5_000 });
  });

  it('is asked for once by all who ask before the answer is there, and anew by whoever comes later', async () => {
    const { account } = scripted([() => money('10', 'USD'), () => money('7.5', 'USD')]);
    const crowd = await Promise.all(Array.from({ length: 20 }, () => account.balance()));
    expect(new Set(crowd.map(({ balance }) => balance.amount))).toEqual(new Set(['10']));
    expect((await account.balance()).balance).toEqual(money('7.5', 'USD'));
  });

  it('is asked for again by whoever comes after a failure that all shared', async () => {
    const failing = () => {
      throw new Error('no connection');
    };
    const { account } = scripted([failing, () => money('10', 'USD')]);
    const crowd = await Promise.allSettled([account.balance(), account.balance()]);
    expect(crowd.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await account.balance()).balance).toEqual(money('10', 'USD'));
  });

  it('remembers its currency', async () => {
    const { account } = scripted([() => money('10', 'EUR')]);
    expect(await account.currency()).toBe('EUR');
    expect(await account.currency()).toBe('EUR');
  });

  it('asks for the currency again after a failure', async () => {
    const failing = () => {
      throw new Error('no connection');
    };
    const { account } = scripted([failing, () => money('10', 'EUR')]);
    await expect(account.currency()).rejects.toThrow('no connection');
    expect(await account.currency()).toBe('EUR');
  });
});
