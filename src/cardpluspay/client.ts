import type { Dispatcher } from 'undici';
// This one file of it: all of undici would take the dispatcher that discord.js's undici shares with Node.
import Agent from 'undici/lib/dispatcher/agent.js';
import type { z } from 'zod';
import type { Money } from '../lib/index.ts';
import { type CallerOptions, createCaller } from './caller.ts';
import { createOrder, type PurchaseAttempt, type PurchaseRequest } from './create-order.ts';
import { CardPlusPayError } from './error.ts';
import { cleanText, readAnswer } from './parse.ts';
import { placedOrderSchema } from './placed-order.ts';
import { READ_RETRIES, withRetries } from './retry.ts';
import { balanceSchema, catalogSchema, ordersSchema, stockCheckSchema } from './schemas.ts';
import type {
  CatalogPage,
  CatalogQuery,
  OrdersQuery,
  PlacedOrder,
  RemoteOrder,
  StockCheck,
  VendorPage,
} from './types.ts';

export interface CardPlusPayOptions extends CallerOptions {
  /** For POST /orders; it must never reuse a connection. Whoever gives one closes it. */
  purchaseDispatcher?: Dispatcher;
  /** For everything else. Whoever gives one closes it. */
  dispatcher?: Dispatcher;
  /** 0 to 1, for the jitter of retries. */
  random?: () => number;
}

/** CardPlusPay's API, version 1. Every method throws CardPlusPayError. */
export interface CardPlusPay {
  /** May be negative. */
  balance(): Promise<Money>;
  catalog(query: CatalogQuery): Promise<CatalogPage>;
  /** A definite "not available" is an answer, not an error. */
  checkStock(itemCode: string, quantity: number): Promise<StockCheck>;
  createOrder(request: PurchaseRequest, attempt: PurchaseAttempt): Promise<PlacedOrder>;
  order(orderId: number): Promise<PlacedOrder>;
  orders(query: OrdersQuery): Promise<VendorPage<RemoteOrder>>;
  /** Waits for what is on its way, then closes its connections. */
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;

/** Throws a TypeError for a base URL, API key or signing key that cannot be used. */
export function createCardPlusPay(options: CardPlusPayOptions): CardPlusPay {
  const caller = createCaller(options);
  const { clock, apiKey, random = Math.random } = options;
  // HTTP/1.1 only: HTTP/2 would share one connection, and undici would repeat what a GOAWAY left undone.
  const agentOptions = { allowH2: false, connectTimeout: CONNECT_TIMEOUT_MS };
  const reads = options.dispatcher ?? new Agent(agentOptions);
  // A kept connection that the server has just closed gives a reset that can't be told from "taken".
  const purchases = options.purchaseDispatcher ?? new Agent({ ...agentOptions, pipelining: 0 });
  const own = [...(options.dispatcher ? [] : [reads]), ...(options.purchaseDispatcher ? [] : [purchases])];

  const read = <T>(path: string, schema: z.ZodType<T>, body?: object): Promise<T> =>
    withRetries({ clock, random }, READ_RETRIES, async () => {
      const method = body ? 'POST' : 'GET';
      const exchanged = await caller.send({ method, path, body, dispatcher: reads }, reads);
      return readAnswer(caller.completeAnswer(exchanged), schema, caller.context(exchanged));
    });

  return {
    balance: () => read('/balance', balanceSchema),
    catalog: async (query) => paged(await read(`/catalog${search(query)}`, catalogSchema), query),
    async checkStock(itemCode, quantity) {
      const body = { item_id: itemCode, quantity };
      const check = await read('/orders/check', stockCheckSchema, body).catch(notAvailable);
      return { ...check, message: cleanText(check.message, apiKey) };
    },
    createOrder: (request, attempt) => createOrder({ caller, purchases, reads, clock, random }, request, attempt),
    order: (orderId) => read(`/orders/${orderId}`, placedOrderSchema),
    orders: (query) => read(`/orders${search(query)}`, ordersSchema),
    async close() {
      await Promise.all(own.map((agent) => agent.close()));
    },
  };
}

type UnpagedCatalog = z.infer<typeof catalogSchema>;

/** Without a word on pages, a page that is not full is the last. */
function paged(found: UnpagedCatalog, { page: asked = 1, perPage = 10 }: CatalogQuery): CatalogPage {
  const rows = found.items.length + found.skipped;
  const { page = asked, lastPage = rows < perPage ? page : page + 1 } = found;
  return { ...found, page, lastPage, total: found.total ?? (page - 1) * perPage + rows };
}

/** "?per_page=100&page=2": the names in CardPlusPay's spelling. */
function search(query: CatalogQuery | OrdersQuery): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      const spelling = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      parameters.set(spelling, String(value));
    }
  }
  return parameters.size === 0 ? '' : `?${parameters}`;
}

/** "Not available" comes as a 400, or as 200 with `success: false`. */
function notAvailable(error: unknown): StockCheck {
  if (error instanceof CardPlusPayError) {
    const said = error.status === 200 && error.code === 'unexpected';
    if (said || error.code === 'out_of_stock') return { available: false, message: error.detail ?? '' };
  }
  throw error;
}
