import { amountNumber, amountText } from './amounts.ts';
import { type BookedOrder, statusOf } from './books.ts';

/** "2026-03-07T21:42:27+02:00": CardPlusPay writes its own time of day, not UTC. */
export function timeText(at: Date): string {
  const shifted = new Date(at.getTime() + 2 * 60 * 60 * 1000);
  return `${shifted.toISOString().slice(0, 19)}+02:00`;
}

/** Strings and numbers are mixed here exactly as the documentation's examples mix them. */
export function orderCreated(order: BookedOrder) {
  const { product, quantity } = order;
  return {
    type: 'bulk',
    brand: product.brand,
    codes: order.codes.slice(0, order.ready).map(({ code, metadata }) => ({
      code,
      currency: product.currency,
      item_code: product.itemCode,
      denomination: amountText(product.value),
      charged_amount: amountText(order.unitPrice),
      denomination_unit: product.currency,
      ...(metadata.length > 0 && { metadata }),
    })),
    state: statusOf(order),
    status: statusOf(order),
    amount: amountText(order.amount),
    order_id: order.orderId,
    order_no: order.orderNo,
    created_at: timeText(order.createdAt),
    denomination_unit: product.currency,
    total_denomination: amountNumber(product.value.times(quantity)),
  };
}

/** As documented: without item, quantity and `metadata`. */
export function orderStatus(order: BookedOrder): object {
  return {
    order_id: order.orderId,
    order_no: order.orderNo,
    status: statusOf(order),
    state: 'success',
    codes: order.codes.slice(0, order.ready).map(({ code }) => ({ code, status: 'completed' })),
    amount: amountNumber(order.amount),
    created_at: timeText(order.createdAt),
  };
}

/** A row of the list: the four documented fields, and unless `thin` what else a list would show. */
export function orderRow(order: BookedOrder, thin: boolean): object {
  const documented = {
    order_id: order.orderId,
    order_no: order.orderNo,
    status: statusOf(order),
    amount: amountText(order.amount),
  };
  if (thin) return documented;
  return {
    ...documented,
    item_code: order.product.itemCode,
    brand: order.product.brand,
    quantity: order.quantity,
    denomination_unit: order.product.currency,
    created_at: timeText(order.createdAt),
  };
}
