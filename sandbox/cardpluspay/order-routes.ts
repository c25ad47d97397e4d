import { z } from 'zod';
import { amountNumber } from './amounts.ts';
import { type Answer, envelope, unsuccessful } from './answer.ts';
import { type BookedOrder, type Books, statusOf } from './books.ts';
import { orderRow, orderStatus } from './order-views.ts';
import { createParameters, paginate } from './parameters.ts';
import { invalidBody, quantity } from './request-body.ts';

const checkBody = z.object({ item_id: z.string().min(1), quantity });
/** `POST /orders/check`. Out of stock has two shapes, because the documentation leaves both open. */
export function checkStock(books: Books, body: unknown): Answer {
  const parsed = checkBody.safeParse(body);
  if (!parsed.success) return invalidBody(parsed.error);
  const { item_id: itemCode, quantity: requested } = parsed.data;
  const product = books.find(itemCode);
  if (!product) return envelope(404, 'Product not found');
  if (product.stock === 0) return envelope(400, 'Product is out of stock');
  const enough = product.stock === null || product.stock >= requested;
  const data = {
    price: amountNumber(product.price),
    state: enough ? 'in_stock' : 'out_of_stock',
    status: enough,
    message: enough ? 'Available' : 'Not enough stock for this quantity',
    requested,
  };
  return enough ? envelope(200, 'Available', data) : unsuccessful(data.message, data);
}

/** `GET /orders/{id}`. */
export function showOrder(books: Books, id: string): Answer {
  const order = /^\d{1,15}$/.test(id) ? books.look(Number(id)) : undefined;
  return order ? envelope(200, 'Order retrieved', orderStatus(order)) : envelope(404, 'Order not found');
}

const orders = {
  created_at: (a: BookedOrder, b: BookedOrder) => a.orderId - b.orderId,
  amount: (a: BookedOrder, b: BookedOrder) => a.amount.cmp(b.amount),
  status: (a: BookedOrder, b: BookedOrder) => statusOf(a).localeCompare(statusOf(b)),
};

/** `GET /orders`: newest first unless asked otherwise. */
export function listOrders(books: Books, query: URLSearchParams, thin: boolean): Answer {
  const read = createParameters(query);
  const perPage = read.integer('per_page', 10, 1, 100);
  const page = read.integer('page', 1, 1, 1_000_000);
  const status = read.text('status');
  const by = read.oneOf('sort_by', ['created_at', 'amount', 'status']) ?? 'created_at';
  const order = read.oneOf('order', ['asc', 'desc']) ?? 'desc';
  const refusal = read.refusal();
  if (refusal) return refusal;
  const found = books.orders
    .filter((one) => status === undefined || statusOf(one) === status)
    .toSorted((a, b) => (order === 'asc' ? orders[by](a, b) : orders[by](b, a)));
  const { rows, pagination } = paginate(found, perPage, page);
  return envelope(200, 'Orders retrieved', {
    orders: rows.map((one) => orderRow(one, thin)),
    pagination,
    state: 'success',
  });
}
