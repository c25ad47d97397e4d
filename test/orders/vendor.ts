import type { CardPlusPay } from '../../src/cardpluspay/client.ts';
import { type PurchaseAttempt, type PurchaseRequest, readOrderAnswer } from '../../src/cardpluspay/create-order.ts';
import { CardPlusPayError, type ErrorCode, type RequestOutcome } from '../../src/cardpluspay/error.ts';
import type { PlacedOrder, RawAnswer, RemoteOrder } from '../../src/cardpluspay/types.ts';
import { money } from '../../src/lib/money.ts';

export const ITEM = 'ACME-5';
export const OTHER_ITEM = 'ACME-10';

export interface IssuedCode {
  code: string;
  pin: string;
}

/** An order that CardPlusPay acted on. */
export interface Committed extends PurchaseRequest {
  orderId: number;
  amount: string;
  codes: IssuedCode[];
  createdAt?: string;
  /** As GET /orders/{id} names it. */
  status?: string;
}

export type Vendor = ReturnType<typeof createVendor>;

/** CardPlusPay by a script: everything goes well until the test says otherwise. */
export function createVendor() {
  const state = {
    prices: { [ITEM]: '4.90', [OTHER_ITEM]: '9.80' } as Record<string, string>,
    balance: money('1000', 'USD'),
    inStock: true,
    /** Rows of the order list that could not be read. */
    unreadableRows: 0,
    /** Every POST /orders that was sent, and those that were acted on. */
    posts: [] as PurchaseRequest[],
    committed: [] as Committed[],
    /** Called before every call is done; may throw, wait, or change anything. */
    before: async (_call: keyof CardPlusPay): Promise<unknown> => undefined,
    /** What becomes of a POST. The default buys. */
    answer: async (request: PurchaseRequest): Promise<RawAnswer> => orderAnswer(commit(request)),
    /** What GET /orders/{id} shows; all codes, without PINs, by default. */
    later: (order: Committed): string[] => order.codes.map(({ code }) => code),
    /** The order list as it is, newest first, before it is cut into pages. */
    listed: (orders: Committed[]): RemoteOrder[] => orders.map(richRow).reverse(),
    /** Rows on a page, whatever was asked for. */
    perPage: Number.POSITIVE_INFINITY,
  };

  function commit({ itemCode, quantity }: PurchaseRequest, more: Partial<Committed> = {}): Committed {
    const orderId = 1001 + state.committed.length;
    const codes = Array.from({ length: quantity }, (_, i) => ({
      code: `SECRET-${orderId}-${i}`,
      pin: `PIN-${orderId}-${i}`,
    }));
    const amount = (Number(state.prices[itemCode]) * quantity).toFixed(2);
    const order = { orderId, itemCode, quantity, amount, codes, ...more };
    state.committed.push(order);
    return order;
  }

  async function createOrder(request: PurchaseRequest, attempt: PurchaseAttempt) {
    await state.before('createOrder');
    state.posts.push(request);
    const raw = await state.answer(request);
    await attempt.seal(raw).catch((cause: unknown) => {
      throw new CardPlusPayError('not_sealed', 'unknown', 'not sealed', { cause });
    });
    return readOrderAnswer(raw);
  }

  const giftCards: CardPlusPay = {
    async balance() {
      await state.before('balance');
      return state.balance;
    },
    async catalog({ itemId }) {
      await state.before('catalog');
      const charged = state.prices[itemId ?? ''];
      const product = { itemCode: String(itemId), name: 'Acme card', brand: 'Acme' };
      const found = { ...product, charged: charged ?? '', faceValue: '5', currency: 'USD' };
      const items = charged ? [{ ...found, countryCodes: [] }] : [];
      return { items, page: 1, lastPage: 1, total: items.length, skipped: 0 };
    },
    async checkStock(itemCode) {
      await state.before('checkStock');
      if (!state.inStock) return { available: false, message: 'Sold out' };
      return { available: true, unitCharged: state.prices[itemCode] ?? '0', message: '' };
    },
    createOrder,
    async order(orderId): Promise<PlacedOrder> {
      await state.before('order');
      const found = state.committed.find((order) => order.orderId === orderId);
      if (!found) throw vendorError('not_found', 'refused');
      const codes = state.later(found).map((code) => ({ code, metadata: [] }));
      const { amount: charged, status } = found;
      return { orderId, orderNo: `ORD-${orderId}`, charged, codes, ...(status && { status }) };
    },
    async orders({ perPage: asked = 10, page = 1 }) {
      await state.before('orders');
      const rows = state.listed(state.committed);
      const perPage = Math.min(asked, state.perPage);
      const items = rows.slice((page - 1) * perPage, page * perPage);
      const lastPage = Math.max(1, Math.ceil(rows.length / perPage));
      return { items, page, lastPage, total: rows.length, skipped: state.unreadableRows };
    },
    async close() {},
  };
  return Object.assign(state, { giftCards, commit });
}

/** A row that says more than the documents promise. */
export function richRow({ orderId, amount, itemCode, quantity, createdAt }: Committed): RemoteOrder {
  const when = createdAt === undefined ? {} : { createdAt };
  return { ...thinRow({ orderId, amount }), itemCode, quantity, ...when };
}

/** A row with the documented fields only. */
export const thinRow = ({ orderId, amount }: Pick<Committed, 'orderId' | 'amount'>): RemoteOrder => ({
  ...{ orderId, orderNo: `ORD-${orderId}`, status: 'completed', charged: amount },
});

export function vendorError(code: ErrorCode, outcome: RequestOutcome): CardPlusPayError {
  return new CardPlusPayError(code, outcome, 'scripted');
}

export function rawAnswer(status: number, body: unknown, complete = true): RawAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, body: Buffer.from(text), complete };
}

/** The answer to a POST that was acted on, as the documents show it. */
export function orderAnswer(committed: Omit<Committed, keyof PurchaseRequest>) {
  const { orderId, amount, status, codes } = committed;
  const cards = codes.map(({ code, pin }) => ({ code, metadata: [{ Pin: pin }] }));
  const order = { order_id: orderId, order_no: `ORD-${orderId}`, amount, status, codes: cards };
  return rawAnswer(200, { success: true, message: 'OK', data: order });
}

export const refusal = (status: number) => rawAnswer(status, { success: false, message: 'No.' });
