import { onTestFinished } from 'vitest';
import {
  type CardPlusPayOptions,
  type CardPlusPayStandIn,
  startCardPlusPay,
} from '../../../sandbox/cardpluspay/start-cardpluspay.ts';

export async function start(options?: CardPlusPayOptions): Promise<CardPlusPayStandIn> {
  const standIn = await startCardPlusPay(options);
  onTestFinished(() => standIn.close());
  return standIn;
}

/** The fields that tests look into; which of them are there depends on the endpoint. */
interface Data {
  order_id: number;
  order_no: string;
  amount: string;
  created_at: string;
  price: number;
  state: string;
  codes: Array<{ code: string; metadata: Array<Record<string, string>> }>;
  orders: Array<{ order_id: number; item_code: string }>;
  products: ProductRow[];
  pagination: { total: number; last_page: number };
  errors: Record<string, string[]>;
  challenge: string;
}

export interface ProductRow {
  item_code: string;
  brand: string;
  value: string;
  price: string;
  currency: string;
  region: string;
  country_code: string[];
  delivery_type: string;
}

interface Envelope {
  success: boolean;
  message: string;
  data: Data;
}

export interface Reply extends Envelope {
  status: number;
  headers: Headers;
}

export async function call(
  standIn: CardPlusPayStandIn,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { 'x-api-key': standIn.apiKey },
): Promise<Reply> {
  const response = await fetch(standIn.url + path, {
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  const envelope = (await response.json()) as Envelope;
  return { status: response.status, headers: response.headers, ...envelope };
}

export function buy(standIn: CardPlusPayStandIn, itemCode = 'steam-usd-5', quantity = 1) {
  return call(standIn, '/orders', { item_code: itemCode, quantity });
}

/** Looks until it holds; the limit of the test ends it where it never does. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
