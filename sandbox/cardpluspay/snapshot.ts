import { amountOf } from './amounts.ts';
import type { BookedOrder, Books } from './books.ts';

/** What CardPlusPay's books hold, as JSON text. Prices and stock are as they are at the start of every stand-in. */
export const snapshotOf = (books: Books): string => {
  const orders = books.orders.map(({ product, ...order }) => ({
    ...order,
    itemCode: product.itemCode,
  }));
  return JSON.stringify({ balance: books.balance(), orders }, undefined, 1);
};

/** Puts what a snapshot holds into new books. */
export const restore = (books: Books, snapshot: string): void => {
  const { balance, orders } = JSON.parse(snapshot);
  for (const { itemCode, ...order } of orders) {
    books.orders.push({
      ...(order as BookedOrder),
      product: books.product(itemCode),
      unitPrice: amountOf(order.unitPrice),
      amount: amountOf(order.amount),
      createdAt: new Date(order.createdAt),
      // JSON has no word for "without end".
      looksLeft: order.looksLeft ?? Number.POSITIVE_INFINITY,
    });
  }
  books.setBalance(balance);
};
