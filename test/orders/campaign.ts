import { money, times } from '../../src/lib/money.ts';
import type { Commission } from '../../src/orders/campaign-orders.ts';
import type { Order } from '../../src/orders/model/order.ts';
import { anna, type Desk } from './desk.ts';
import { ITEM } from './vendor.ts';

export const EACH = money('4.90', 'USD');

/** So many members, in a row. */
export const people = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `member ${from + index}`);

/** A part of the campaign C, as it was confirmed by anna: one card for each of these. */
export function part(
  { clock }: Pick<Desk, 'clock'>,
  users: readonly string[],
  more: Partial<Commission> = {},
): Commission {
  const quantity = Math.max(1, users.length);
  const charged = times(EACH, quantity);
  return {
    guild: 'guild',
    channel: 'channel',
    requester: anna.user,
    locale: 'en',
    quote: { itemCode: ITEM, name: 'Acme 5 USD', quantity, each: EACH, charged },
    recipients: users.map((user) => ({ user, quantity: 1 })),
    gift: { receipt: 'private' },
    campaign: { id: 'C', charged },
    reserved: { at: clock.now(), budgets: [] },
    seenAt: clock.now(),
    ...more,
  };
}

/** One card each for these, bought and brought to them as far as it goes. */
export async function give(desk: Desk, users: readonly string[], more?: Partial<Commission>) {
  const order = await desk.commission(part(desk, users, more));
  return desk.carryOut(order.id);
}

/** The codes that somebody sees who presses for their card of an order, and that they have seen them. */
export async function shown(
  desk: Pick<Desk, 'reveal' | 'seen'>,
  { id, guild }: Pick<Order, 'id' | 'guild'>,
  user: string,
) {
  const revealed = await desk.reveal(id, { user, guild, isManager: false });
  await desk.seen(revealed);
  return revealed.codes;
}
