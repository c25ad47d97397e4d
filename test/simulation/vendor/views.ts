import type { Exchanged } from '../../../src/cardpluspay/http.ts';
import { ok } from './answers.ts';
import { type Charged, type PageFault, text, type Vendor } from './vendor.ts';

/** How CardPlusPay shows an order, in its own JSON. */

const failed = (order: Charged) => order.hasFailed;

function facts(order: Charged, vendor: Vendor, now: number) {
  const { orderId, cents, at, cards } = order;
  const isReady = cards.every(({ readyAt }) => readyAt <= now);
  return {
    order_id: orderId,
    order_no: `ORD-${orderId}`,
    status: failed(order) ? 'failed' : isReady ? 'completed' : 'processing',
    amount: text(cents),
    ...(!vendor.listMode.endsWith('without times') && { created_at: new Date(at).toISOString() }),
  };
}

const richFacts = (order: Charged, vendor: Vendor) =>
  vendor.listMode === 'thin' ? {} : { item_code: order.item, quantity: order.quantity };

/** With codes and PINs, as only the answer to POST /orders has them. */
export function placed(order: Charged, vendor: Vendor, now: number): Exchanged {
  const ready = order.cards.filter(({ readyAt }) => readyAt <= now && !failed(order));
  const codes = ready.map(({ code, pin }) => ({
    ...{ code, item_code: order.item, denomination: '5.00', denomination_unit: 'USD' },
    metadata: [{ Pin: pin }],
  }));
  return ok({ ...facts(order, vendor, now), codes });
}

/** GET /orders/{id}: thinner. */
export function shown(order: Charged, vendor: Vendor): Exchanged {
  const now = vendor.now();
  const ready = order.cards.filter(({ readyAt }) => readyAt <= now && !failed(order));
  const codes = ready.map(({ code }) => ({ code, status: 'completed' }));
  return ok({ ...facts(order, vendor, now), ...richFacts(order, vendor), codes });
}

export function listed(vendor: Vendor, query: URLSearchParams, fault: PageFault): Exchanged {
  const now = vendor.now();
  const visible = vendor.charged.filter(({ listedFrom }) => listedFrom <= now);
  const inOrder = vendor.listMode === 'oldest first' ? visible : visible.toReversed();
  const asked = Number(query.get('per_page') ?? 10);
  const perPage = vendor.listMode === 'two a page' ? Math.min(asked, 2) : asked;
  const page = Number(query.get('page') ?? 1);
  const rows: object[] = inOrder.slice((page - 1) * perPage, page * perPage).map((order) => ({
    ...facts(order, vendor, now),
    ...richFacts(order, vendor),
    ...(order.namesNoAmount && { amount: undefined }),
  }));
  if (fault === 'unreadable row' && rows.length > 0) rows[0] = { order_id: 'soon' };
  if (fault === 'short') rows.shift();
  const pagination = {
    ...{ total: inOrder.length, per_page: perPage },
    current_page: fault === 'another page' ? page + 1 : page,
    last_page: Math.max(1, Math.ceil(inOrder.length / perPage)),
  };
  return ok({ orders: rows, pagination, state: 'success' });
}
