import { EventEmitter } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { amountOf, amountText } from './amounts.ts';
import { type BookedOrder, createBooks, type OrderStatus, statusOf } from './books.ts';
import type { IssuedCode } from './codes.ts';
import {
  createFaults,
  type OrderFault,
  type OrderFaultOptions,
  type OtherFault,
  type OtherFaultOptions,
} from './faults.ts';
import { createLater } from './later.ts';
import { listen } from './listen.ts';
import { oddProducts } from './odd-products.ts';
import { timeText } from './order-views.ts';
import { makeProducts } from './products.ts';
import { type Incoming, respond } from './routes.ts';
import { createSigning } from './signing.ts';
import { restore, snapshotOf } from './snapshot.ts';

export interface CardPlusPayOptions {
  /** 0, the default: a free one. */
  port?: number;
  apiKey?: string;
  balance?: string;
  /** The account's: that of the balance and of charged amounts. */
  currency?: string;
  /** Requests must be signed by the private half; challenges are at `GET /auth/challenge`. */
  signing?: { publicKeyPem: string };
  /** How many products; some 60 believable ones when left out. */
  products?: number;
  /** Has products besides whose rows are odd, and its catalog says nothing of pages. */
  oddCatalog?: boolean;
  now?: () => number;
  /** Goes on from what `snapshot` of another stand-in gave. */
  past?: string;
}

export interface SeenRequest {
  method: string;
  /** Below /v1, without the query. */
  path: string;
  query: Record<string, string>;
  body: unknown;
  /** Milliseconds since 1970. */
  at: number;
  /** Without the API key. */
  headers: IncomingHttpHeaders;
  /** What was answered; absent while nothing is, and where the answer was lost before its status. */
  status?: number;
  /** How the answer was spoiled on its way. */
  lost?: 'hang' | 'reset' | 'broken-off';
  /** When the answer went out, or was lost. */
  endedAt?: number;
}

export interface OrderInBooks {
  orderId: number;
  orderNo: string;
  itemCode: string;
  quantity: number;
  amount: string;
  status: OrderStatus;
  createdAt: string;
  foreign: boolean;
  codes: IssuedCode[];
}

export type CardPlusPayStandIn = Awaited<ReturnType<typeof startCardPlusPay>>;

function inBooks(order: BookedOrder): OrderInBooks {
  return {
    orderId: order.orderId,
    orderNo: order.orderNo,
    itemCode: order.product.itemCode,
    quantity: order.quantity,
    amount: amountText(order.amount),
    status: statusOf(order),
    createdAt: timeText(order.createdAt),
    foreign: order.foreign,
    codes: order.codes,
  };
}

function seen({ headers, query, method, path, body }: Incoming, at: number): SeenRequest {
  const { 'x-api-key': _key, ...rest } = headers;
  return { method, path, query: Object.fromEntries(query), body, at, headers: rest };
}

/** Starts a CardPlusPay of one account on loopback, with switches for what can go wrong. */
export async function startCardPlusPay(options: CardPlusPayOptions = {}) {
  const { apiKey = 'sandbox-cardpluspay-key', currency = 'USD', now = Date.now } = options;
  const events = new EventEmitter<{ change: []; request: [SeenRequest]; answer: [SeenRequest] }>();
  const changed = () => void events.emit('change');
  const { oddCatalog = false } = options;
  const products = [...makeProducts(currency, options.products), ...(oddCatalog ? oddProducts() : [])];
  const balance = options.balance ?? '1000.00';
  const books = createBooks({ products, balance, currency, now, changed });
  if (options.past) restore(books, options.past);
  const faults = createFaults();
  const later = createLater();
  const signing = options.signing && createSigning(options.signing.publicKeyPem, now);
  const requests: SeenRequest[] = [];
  let accepted = apiKey;
  let dateSkewMs = 0;
  const dated = () => now() + dateSkewMs;
  const server = await listen(
    options.port ?? 0,
    (request) => {
      const entry = seen(request, now());
      requests.push(entry);
      events.emit('request', entry);
      const answer = respond(request, { apiKey: accepted, books, faults, later, signing, oddCatalog });
      if (answer.arrives) entry.lost = answer.arrives;
      const ended = (): void => {
        entry.endedAt = now();
        if (answer.arrives !== 'reset') entry.status = answer.status;
        events.emit('answer', entry);
      };
      return { ...answer, ended };
    },
    dated,
  );

  return {
    /** With /v1. */
    url: server.url,
    apiKey,
    /** Everything that arrived, oldest first. */
    requests: requests as readonly SeenRequest[],
    currency,
    /** What is sold, with what is charged for one in `currency`, and the stock (`null`: without end). */
    products: () =>
      products.map(({ itemCode, name, price, stock }) => {
        return { itemCode, name, price: amountText(price), stock };
      }),
    balance: (): string => amountText(books.balance()),
    setBalance: books.setBalance,
    /** From now on the catalog, the stock check and orders charge `price` for one. */
    setPrice(itemCode: string, price: string): void {
      books.product(itemCode).price = amountOf(price);
      changed();
    },
    /** Answers are dated so much later than it is; less than 0: earlier. */
    setDateSkew(ms: number): void {
      dateSkewMs = ms;
    },
    /** `null`: never runs out. */
    setStock(itemCode: string, stock: number | null): void {
      books.product(itemCode).stock = stock;
      changed();
    },
    /** The truth about what was bought, oldest first. */
    orders: (): OrderInBooks[] => books.orders.map(inBooks),
    /** Every code, PIN and serial number ever issued, shown or not. */
    issuedCodes: books.secrets,
    /** An order by somebody else on the account. */
    placeForeignOrder(itemCode: string, quantity: number): OrderInBooks {
      const placed = books.place(itemCode, quantity, { foreign: true });
      if (!('orderId' in placed)) throw new Error(placed.message);
      return inBooks(placed);
    },
    /** Balance and orders as they are now, for `past` of another stand-in. */
    snapshot: () => snapshotOf(books),
    /** Queues a fault for the next POST /orders. */
    fault(kind: OrderFault, faultOptions: OrderFaultOptions = {}): void {
      faults.addForOrder(kind, faultOptions);
    },
    /** Kinds that wait for the next POST /orders. */
    faultsWaiting: faults.waitingForOrder,
    liftFault: faults.dropForOrder,
    /** Queues a fault for the next other request to a path: `/orders`, or `/^\/orders\/\d+$/`. */
    faultGet(path: string | RegExp, kind: OtherFault, faultOptions: OtherFaultOptions = {}): void {
      faults.addForOther(path, kind, faultOptions);
    },
    clearFaults: faults.clear,
    /** Shows the codes of an order that is `processing` or `partial`. */
    releaseCodes(orderId: number): void {
      const order = books.orderOf(orderId);
      if (!order) throw new Error(`the stand-in has no order ${orderId}`);
      books.release(order);
    },
    /** From now on no other key than this one is taken. */
    changeKey(key: string): void {
      accepted = key;
    },
    /** Books now what a late commit still holds back. */
    commitLate: later.runAll,
    /** Listens until the returned function is called. */
    on(event: 'change' | 'request' | 'answer', listener: (request?: SeenRequest) => void): () => void {
      events.on(event, listener);
      return () => void events.off(event, listener);
    },
    /** Also ends connections that wait for an answer; orders that wait to be booked are dropped. */
    async close(): Promise<void> {
      later.dropAll();
      await server.close();
    },
  };
}
