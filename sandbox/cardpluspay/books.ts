import type Big from 'big.js';
import { amountOf } from './amounts.ts';
import { createCodeMaker, type IssuedCode } from './codes.ts';
import type { StandInProduct } from './products.ts';

export interface BookedOrder {
  orderId: number;
  orderNo: string;
  product: StandInProduct;
  quantity: number;
  unitPrice: Big;
  amount: Big;
  createdAt: Date;
  /** Placed by somebody else on the account. */
  foreign: boolean;
  codes: IssuedCode[];
  /** How many of `codes` CardPlusPay shows by now. */
  ready: number;
  /** Looks at the order that still show it unfinished; then the codes are there. */
  looksLeft: number;
}

export interface Refusal {
  status: 400 | 404;
  message: string;
}

export interface Terms {
  /** Charged per card, when not the product's price. */
  unitPrice?: Big | undefined;
  foreign?: boolean;
  /** Codes to show at once; all when left out. */
  ready?: number | undefined;
  /** Codes that are never issued, although they are charged. */
  missing?: number | undefined;
  looks?: number | undefined;
  /** Its first card has the code of the newest order before. */
  isTwice?: boolean;
}

export type OrderStatus = 'completed' | 'processing' | 'partial';

export function statusOf(order: BookedOrder): OrderStatus {
  if (order.ready >= order.codes.length) return 'completed';
  return order.ready === 0 ? 'processing' : 'partial';
}

interface Options {
  products: StandInProduct[];
  balance: string;
  currency: string;
  now: () => number;
  changed: () => void;
}

export type Books = ReturnType<typeof createBooks>;

/** What CardPlusPay knows: products with their stock, the balance, the orders. All of it in memory. */
export function createBooks({ products, balance: opening, currency, now, changed }: Options) {
  const byCode = new Map(products.map((product) => [product.itemCode, product]));
  const orders: BookedOrder[] = [];
  const codeMaker = createCodeMaker();
  let balance = amountOf(opening);
  // Ids go on ascending when the stand-in is started anew, beside a bot that remembers the old ones.
  let lastId = Math.floor(now() / 1000) - 1_700_000_000;

  const product = (itemCode: string): StandInProduct => {
    const found = byCode.get(itemCode);
    if (!found) throw new Error(`the stand-in has no product ${itemCode}`);
    return found;
  };
  const commit = (item: StandInProduct, quantity: number, terms: Terms): BookedOrder => {
    const unitPrice = terms.unitPrice ?? item.price;
    const count = Math.max(0, quantity - (terms.missing ?? 0));
    const order: BookedOrder = {
      orderId: ++lastId,
      orderNo: `ORD-${new Date(now()).getUTCFullYear()}-${String(orders.length + 1).padStart(3, '0')}`,
      product: item,
      quantity,
      unitPrice,
      amount: unitPrice.times(quantity),
      createdAt: new Date(now()),
      foreign: terms.foreign ?? false,
      codes: Array.from({ length: count }, () => codeMaker.issue(item.extras)),
      ready: terms.ready ?? count,
      looksLeft: terms.looks ?? Number.POSITIVE_INFINITY,
    };
    const [first] = order.codes;
    const before = orders.at(-1)?.codes[0];
    if (terms.isTwice && first && before) first.code = before.code;
    balance = balance.minus(order.amount);
    if (item.stock !== null) item.stock -= quantity;
    orders.push(order);
    changed();
    return order;
  };
  const release = (order: BookedOrder): void => {
    order.ready = order.codes.length;
    changed();
  };
  const orderOf = (orderId: number): BookedOrder | undefined => orders.find((order) => order.orderId === orderId);

  return {
    currency,
    products,
    orders,
    find: (itemCode: string): StandInProduct | undefined => byCode.get(itemCode),
    product,
    balance: (): Big => balance,
    setBalance(amount: string | number): void {
      balance = amountOf(amount);
      changed();
    },
    /** Books and charges an order, or says why not. In one go: nothing comes between check and debit. */
    place(itemCode: string, quantity: number, terms: Terms = {}): BookedOrder | Refusal {
      const item = byCode.get(itemCode);
      if (!item) return { status: 404, message: 'Product not found' };
      if (item.stock !== null && item.stock < quantity) {
        return { status: 400, message: 'Product is out of stock' };
      }
      if (balance.lt((terms.unitPrice ?? item.price).times(quantity))) {
        return { status: 400, message: 'Insufficient balance' };
      }
      return commit(item, quantity, terms);
    },
    orderOf,
    /** One look at an order through `GET /orders/{id}`. */
    look(orderId: number): BookedOrder | undefined {
      const order = orderOf(orderId);
      if (order && statusOf(order) !== 'completed' && order.looksLeft-- <= 0) release(order);
      return order;
    },
    release,
    secrets: codeMaker.secrets,
  };
}
