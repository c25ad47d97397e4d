import { z } from 'zod';
import { money } from '../lib/index.ts';
import { amountField, currencyField, exactJson, optionalField, textField } from './parse.ts';
import { orderFields, rowOf } from './schemas.ts';
import { cutTo, MOST } from './sizes.ts';
import type { Cut, MetadataEntry, OrderCode, PlacedOrder, RawAnswer } from './types.ts';

/*
 * An order as POST /orders and GET /orders/{id} give it is read field by field: of all that may be odd in it nothing
 * costs anything else. What decides whether it was bought is its number; what the recipients are given is its codes.
 */

/** `data` of POST /orders and of GET /orders/{id}. */
export const placedOrderSchema: z.ZodType<PlacedOrder> = orderFields
  .extend({
    total_denomination: optionalField(amountField),
    denomination_unit: optionalField(currencyField),
    codes: z.unknown().optional(),
  })
  .transform((row) => {
    const { codes, cut } = readCodes(row.codes, row.denomination_unit);
    const all = [...(isLong(row.order_no) ? ['order_no' as const] : []), ...cut];
    return {
      ...rowOf(row),
      charged: row.amount,
      totalDenomination: row.total_denomination,
      denominationUnit: row.denomination_unit,
      codes,
      cut: all.length > 0 ? all : undefined,
    };
  });

const isLong = (orderNo: string | undefined): boolean => (orderNo?.length ?? 0) > MOST.orderNo;

/** What an answer has of codes, whatever else it says. */
export interface AnsweredCodes {
  /** Undefined where the answer names no order. */
  readonly orderId: number | undefined;
  readonly codes: readonly OrderCode[];
  /** There is more in the answer than was taken from it. */
  readonly isCut: boolean;
}

const carrier = z.object({
  order_id: optionalField(orderFields.shape.order_id),
  denomination_unit: optionalField(currencyField),
  codes: z.unknown().optional(),
});

/**
 * The codes in an answer to POST /orders, also where nothing else of it can be read: without its envelope, with a status
 * or a `success` that says no, without an order number.
 */
export function readAnsweredCodes({ body }: Pick<RawAnswer, 'body'>): AnsweredCodes {
  const root = exactJson(body);
  const data = isObject(root) && isObject(root.data) ? root.data : root;
  const row = carrier.safeParse(data).data;
  const { codes, cut } = readCodes(row?.codes, row?.denomination_unit);
  return { orderId: row?.order_id, codes, isCut: cut.length > 0 };
}

interface ReadCodes {
  codes: OrderCode[];
  cut: Cut[];
}

/** `unit`: currency of the order's face value. A code that comes again counts once, and may bring another PIN. */
function readCodes(value: unknown, unit: string | undefined): ReadCodes {
  const codes: OrderCode[] = [];
  const known = new Set<string>();
  const cut = new Set<Cut>();
  for (const entry of entriesIn(value)) {
    const code = readOrderCode(entry, unit, cut);
    if (!code) continue;
    const hasRoom = known.has(code.code) || known.size < MOST.codes;
    if (hasRoom && codes.length < MOST.entries) {
      codes.push(code);
      known.add(code.code);
    } else cut.add('codes');
  }
  return { codes, cut: [...cut] };
}

/** Documented is a list. A list with gaps comes as an object when PHP writes it, and one card may come without a list. */
function entriesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return isCodeText(value) ? [value] : [];
  if (Object.hasOwn(value, 'code')) return [value];
  return Object.entries(value).flatMap(([key, entry]) => (isObject(entry) || /^\d+$/.test(key) ? [entry] : []));
}

/** A text alone in the place of all codes: a code, or words such as "pending". */
function isCodeText(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && !/^[\p{L}\s.,!?'/:;]*$/u.test(value));
}

const codeRow = z.object({
  code: textField,
  item_code: optionalField(textField),
  denomination: optionalField(amountField),
  denomination_unit: optionalField(currencyField),
  currency: optionalField(currencyField),
  charged_amount: optionalField(amountField),
  metadata: z.unknown().optional(),
});

/** A card, or undefined while its code is not there yet. */
function readOrderCode(entry: unknown, unit: string | undefined, cut: Set<Cut>): OrderCode | undefined {
  const row = codeRow.safeParse(typeof entry === 'object' ? entry : { code: entry }).data;
  if (row === undefined || row.code.trim() === '') return undefined;
  if (row.code.length > MOST.code) {
    cut.add('code');
    return undefined;
  }
  const currency = row.denomination_unit ?? row.currency ?? unit;
  return {
    code: row.code,
    itemCode: row.item_code && cutTo(row.item_code, MOST.itemCode),
    faceValue: row.denomination && currency ? money(row.denomination, currency) : undefined,
    charged: row.charged_amount,
    metadata: fitting(metadataOf(row.metadata), cut),
  };
}

function fitting(entries: readonly MetadataEntry[], cut: Set<Cut>): MetadataEntry[] {
  const fits = ({ name, value }: MetadataEntry) =>
    name.length <= MOST.metadataName && value.length <= MOST.metadataValue;
  if (entries.length > MOST.metadata || !entries.every(fits)) cut.add('metadata');
  return entries
    .slice(0, MOST.metadata)
    .map(({ name, value }) => ({ name: cutTo(name, MOST.metadataName), value: cutTo(value, MOST.metadataValue) }));
}

/** Documented is `[{ "Pin": "7694269" }]`; taken is whatever came, since the recipient may need it. */
function metadataOf(metadata: unknown): MetadataEntry[] {
  const entries = Array.isArray(metadata) ? metadata : [metadata];
  return entries.flatMap((entry) => {
    if (typeof entry === 'object' && entry !== null)
      return Object.entries(entry).map(([name, value]) => ({ name, value: plainText(value) }));
    return entry === undefined || entry === null ? [] : [{ name: '', value: plainText(entry) }];
  });
}

function plainText(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
