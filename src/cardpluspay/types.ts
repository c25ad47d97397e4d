import type { Money } from '../lib/index.ts';

export interface VendorPage<T> {
  items: T[];
  /** From 1. */
  page: number;
  lastPage: number;
  /** Rows on all pages. */
  total: number;
  /** Rows of this page that could not be read and are not in `items`. */
  skipped: number;
}

/** A page of the catalog; where CardPlusPay does not say which, what follows from its rows. */
export interface CatalogPage extends VendorPage<Product> {
  /** Rows with a text that was longer than is kept; without a word none. */
  cut?: number | undefined;
  /** How often a row was skipped because of a field, by its name. */
  skippedFor?: Readonly<Record<string, number>> | undefined;
}

export interface Product {
  itemCode: string;
  /** The item code where CardPlusPay gives no name. */
  name: string;
  brand?: string | undefined;
  category?: string | undefined;
  /** What the card shows, in `currency`. Display only. */
  faceValue: string;
  /** What one card costs, in the account's currency. */
  charged: string;
  currency?: string | undefined;
  region?: string | undefined;
  countryCodes: string[];
  deliveryType?: string | undefined;
}

/** Parameters of GET /catalog. */
export interface CatalogQuery {
  /** An item code. */
  itemId?: string | undefined;
  brand?: string | undefined;
  /** At most 255 characters; matches name, brand and item code. */
  q?: string | undefined;
  /** 1–100; CardPlusPay's default is 10. */
  perPage?: number | undefined;
  /** From 1. */
  page?: number | undefined;
  sortBy?: 'brand' | 'value' | 'category' | undefined;
  order?: 'asc' | 'desc' | undefined;
  region?: string | undefined;
  currency?: string | undefined;
  deliveryType?: 'PHYSICAL' | 'DIGITAL' | 'BOTH' | undefined;
  /** Face values, decimal text. */
  valueMin?: string | undefined;
  valueMax?: string | undefined;
  countryCode?: string | undefined;
}

/** `unitCharged`: what one card costs now, in the account's currency. `message`: CardPlusPay's words. */
export type StockCheck =
  | { available: true; unitCharged: string; message: string }
  | { available: false; message: string };

/** An order of CardPlusPay with its codes: from POST /orders, or thinner from GET /orders/{id}. */
export interface PlacedOrder {
  orderId: number;
  orderNo?: string | undefined;
  status?: string | undefined;
  /** What the whole order cost, in the account's currency; undefined where that is missing or cannot be read. */
  charged?: string | undefined;
  /** As CardPlusPay wrote it. */
  createdAt?: string | undefined;
  itemCode?: string | undefined;
  quantity?: number | undefined;
  /** Face value of all cards, in `denominationUnit`. */
  totalDenomination?: string | undefined;
  denominationUnit?: string | undefined;
  /** The codes that are there; fewer than were bought while the others are still to come. */
  codes: OrderCode[];
  /** Which fields were longer, or more, than is kept (`MOST`). */
  cut?: Cut[] | undefined;
}

export const cuts = ['order_no', 'codes', 'code', 'metadata'] as const;
export type Cut = (typeof cuts)[number];

/** A row of GET /orders, which may be thin. */
export interface RemoteOrder {
  orderId: number;
  orderNo?: string | undefined;
  status?: string | undefined;
  charged?: string | undefined;
  createdAt?: string | undefined;
  itemCode?: string | undefined;
  quantity?: number | undefined;
}

/** Parameters of GET /orders. */
export interface OrdersQuery {
  /** 1–100. */
  perPage?: number | undefined;
  /** From 1. */
  page?: number | undefined;
  status?: string | undefined;
  sortBy?: 'created_at' | 'amount' | 'status' | undefined;
  order?: 'asc' | 'desc' | undefined;
}

/** One card: a bearer secret, like its metadata (a PIN, …). */
export interface OrderCode {
  code: string;
  itemCode?: string | undefined;
  /** What the card shows. */
  faceValue?: Money | undefined;
  /** What it cost, in the account's currency. */
  charged?: string | undefined;
  /** Everything else that the recipient needs, in order. `name` is empty where CardPlusPay gave none. */
  metadata: MetadataEntry[];
}

export interface MetadataEntry {
  name: string;
  value: string;
}

/** An answer as it came, before anybody looked inside. Not `complete`: the connection broke in the middle. */
export interface RawAnswer {
  status: number;
  body: Uint8Array;
  complete: boolean;
}
