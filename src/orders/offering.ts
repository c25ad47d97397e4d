import { sentTo } from './gift.ts';
import type { Order } from './order.ts';
import type { OrderBook } from './order-book.ts';
import { offerHold } from './order-holds.ts';
import type { Wish } from './quoting.ts';

interface Parts {
  book: OrderBook;
  quote(wish: Wish): Promise<Order>;
}

/**
 * Offers once more what an order whose price rose was for. One offer is made for an order, by whatever process and
 * after any crash: asked again, it gives the one there is. Throws a Problem when no offer can be made.
 */
export function createOffering({ book, quote }: Parts): (repriced: Order) => Promise<Order> {
  return async (repriced) => {
    const { id, requester, guild, channel, locale, reason, approval, gift } = repriced;
    const { itemCode, quantity } = repriced.quote;
    const owner = await book.holder(offerHold(id));
    const made = owner === undefined ? undefined : await book.get(owner);
    // Nobody's rights are asked for: the press on the offer is checked.
    const member = { user: requester, guild, isManager: false };
    const isApproved = approval !== undefined;
    const wish = { member, channel, locale, itemCode, quantity, insteadOf: id, isApproved };
    const to = sentTo(repriced);
    return (
      made ??
      quote({
        ...wish,
        ...(reason !== undefined && { reason }),
        ...(gift && to !== undefined && { gift: { ...gift, to } }),
      })
    );
  };
}
