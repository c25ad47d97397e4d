import { describe, expect, it } from 'vitest';
import {
  bought,
  confirmed,
  counted,
  crowd,
  openRewardDesk,
  ordersOf,
  planBulk,
  received,
} from './desk.ts';

describe('a bulk send', () => {
  it('gives each of 250 members one card, in three orders', async () => {
    const desk = await openRewardDesk();
    const users = crowd(250);
    const planned = await planBulk(desk, users);
    const ended = await confirmed(desk, planned);
    expect(ended.state).toBe('ended');
    expect((await ordersOf(desk, ended.id)).map(({ quote }) => quote.quantity)).toEqual([
      100, 100, 50,
    ]);
    expect(received(desk)).toEqual(Object.fromEntries(users.map((user) => [user, 1])));
    expect(await counted(desk, ended.id)).toEqual({ ordered: 250 });
    expect(bought(desk)).toBe(250);
  });
});
