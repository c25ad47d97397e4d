import { describe, expect, it } from 'vitest';
import { sendOne } from '../../../src/campaigns/plan/offer.ts';
import type { Member } from '../../../src/lib/member.ts';
import type { Wish } from '../../../src/orders/quote/create-quote.ts';
import { problemOf } from '../../orders/desk.ts';
import { order } from '../../views/samples.ts';

const anna: Member = { user: 'anna', guild: 'guild', isManager: false };
const ben: Member = { user: 'ben', guild: 'guild', isManager: false };

function rewardsTo(found: Member | 'none' | 'unknown') {
  const wishes: Wish[] = [];
  const quote = async (wish: Wish) => {
    wishes.push(wish);
    return order();
  };
  const ctx = { directory: { find: async () => found }, orders: { quote } };
  const send = (to: string, message?: string) =>
    sendOne(ctx, {
      ...{ member: anna, channel: 'channel', locale: 'en', itemCode: 'ACME-5', to },
      gift: { receipt: 'public', ...(message !== undefined && { message }) },
    });
  return { wishes, send };
}

describe('sending a card', () => {
  it('asks for one card for somebody else, with the words that go with it', async () => {
    const { wishes, send } = rewardsTo(ben);
    await send('ben', '  Well done ');
    await send('ben', '   ');
    expect(wishes.map(({ quantity, gift }) => ({ quantity, gift }))).toEqual([
      { quantity: 1, gift: { to: 'ben', receipt: 'public', message: 'Well done' } },
      { quantity: 1, gift: { to: 'ben', receipt: 'public' } },
    ]);
  });

  it.each<[string, Member | 'none' | 'unknown', string]>([
    ['anna', anna, 'recipient_self'],
    ['ben', 'none', 'recipient_not_here'],
    ['ben', 'unknown', 'recipient_unclear'],
    ['ben', { ...ben, isBot: true }, 'recipient_bot'],
  ])('to %s who is %j is refused, and nothing is quoted', async (to, found, code) => {
    const { wishes, send } = rewardsTo(found);
    expect(await problemOf(send(to))).toEqual({ code });
    expect(wishes).toEqual([]);
  });
});
