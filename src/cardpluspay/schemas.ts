import { z } from 'zod';
import { type Money, money } from '../lib/index.ts';
import { isOutOfStock } from './error.ts';
import { amountField, countField, idField, optionalField, signedAmountField, textField } from './parse.ts';
import type { MetadataEntry, OrderCode, PlacedOrder, Product, RemoteOrder, StockCheck, VendorPage } from './types.ts';

const paginationSchema = z.object({ current_page: countField, last_page: countField, total: countField });

/** `data` of a list whose rows are under `name`. One unreadable row doesn't lose the others. */
function pageSchema<T>(name: string, row: z.ZodType<T>): z.ZodType<VendorPage<T>> {
  return z
    .object({ [name]: z.array(z.unknown()) })
    .and(z.object({ pagination: paginationSchema }))
    .transform((data) => {
      const rows = (data[name] as unknown[]).map((each) => row.safeParse(each));
      const items = rows.flatMap((each) => (each.success ? [each.data] : []));
      const { current_page: page, last_page: lastPage, total } = data.pagination;
      return { items, page, lastPage, total, skipped: rows.length - items.length };
    });
}

const rowFields = z.object({
  order_id: idField,
  order_no: optionalField(textField),
  status: optionalField(textField),
  amount: optionalField(amountField),
  created_at: optionalField(textField),
  item_code: optionalField(textField),
  quantity: optionalField(idField),
});

const rowOf = (row: z.infer<typeof rowFields>) => ({
  orderId: row.order_id,
  orderNo: row.order_no,
  status: row.status,
  createdAt: row.created_at,
  itemCode: row.item_code,
  quantity: row.quantity,
});

const remoteOrderSchema: z.ZodType<RemoteOrder> = rowFields.transform((row) => ({
  ...rowOf(row),
  charged: row.amount,
}));

/** `data` of GET /orders. */
export const ordersSchema = pageSchema('orders', remoteOrderSchema);

/** `data` of POST /orders and of GET /orders/{id}. */
export const placedOrderSchema: z.ZodType<PlacedOrder> = rowFields
  .extend({
    amount: amountField,
    total_denomination: optionalField(amountField),
    denomination_unit: optionalField(z.string().min(1)),
    codes: z.array(z.unknown()).nullish(),
  })
  .transform((row) => ({
    ...rowOf(row),
    charged: row.amount,
    totalDenomination: row.total_denomination,
    denominationUnit: row.denomination_unit?.toUpperCase(),
    codes: (row.codes ?? []).flatMap((entry) => readOrderCode(entry, row.denomination_unit) ?? []),
  }));

const codeRow = z.object({
  code: textField,
  item_code: optionalField(textField),
  denomination: optionalField(amountField),
  denomination_unit: optionalField(z.string().min(1)),
  currency: optionalField(z.string().min(1)),
  charged_amount: optionalField(amountField),
  metadata: z.unknown().optional(),
});

/** A card, or undefined while its code is not there yet. `unit`: currency of the order's face value. */
function readOrderCode(entry: unknown, unit: string | undefined): OrderCode | undefined {
  const row = codeRow.safeParse(typeof entry === 'object' ? entry : { code: entry }).data;
  if (row === undefined || row.code.trim() === '') return undefined;
  const currency = row.denomination_unit ?? row.currency ?? unit;
  return {
    code: row.code,
    itemCode: row.item_code,
    faceValue: row.denomination && currency ? money(row.denomination, currency) : undefined,
    charged: row.charged_amount,
    metadata: metadataOf(row.metadata),
  };
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

const countryCodes = z
  .union([z.array(z.unknown()), z.string().transform((code) => [code])])
  .catch([])
  .transform((codes) => codes.filter((code) => typeof code === 'string' && code !== '') as string[]);

const productSchema: z.ZodType<Product> = z
  .object({
    item_code: textField.pipe(z.string().min(1)),
    product_name: optionalField(textField),
    brand: optionalField(textField),
    category: optionalField(textField),
    value: amountField,
    price: amountField,
    currency: optionalField(z.string()),
    region: optionalField(textField),
    country_code: countryCodes,
    delivery_type: optionalField(z.string()),
  })
  .transform((row) => ({
    itemCode: row.item_code,
    name: row.product_name || row.item_code,
    brand: row.brand,
    category: row.category,
    faceValue: row.value,
    charged: row.price,
    currency: row.currency?.toUpperCase(),
    region: row.region,
    countryCodes: row.country_code,
    deliveryType: row.delivery_type,
  }));

/** `data` of GET /catalog. */
export const catalogSchema = pageSchema('products', productSchema);

/** `data` of GET /balance. */
export const balanceSchema: z.ZodType<Money> = z
  .object({ balance: signedAmountField, currency: z.string().trim().min(1) })
  .transform(({ balance, currency }) => money(balance, currency));

/** `data` of POST /orders/check. `status` and `state` may each be missing; if one says no, it is no. */
export const stockCheckSchema: z.ZodType<StockCheck> = z
  .object({
    status: optionalField(z.boolean()),
    state: optionalField(z.string().max(50)),
    message: optionalField(textField),
    price: z.unknown().optional(),
  })
  .transform(({ status, state = '', message = '', price }, context): StockCheck => {
    if (status === undefined && state === '') {
      context.issues.push({ code: 'custom', path: ['status'], message: 'missing', input: status });
      return z.NEVER;
    }
    if (!(status ?? /^(in[\s_-]?stock|available)$/i.test(state)) || isOutOfStock(state))
      return { available: false, message };
    const unitCharged = amountField.safeParse(price);
    // A price of nothing is no price: nobody can agree to what they are not shown.
    if (!unitCharged.success || unitCharged.data === '0') {
      context.issues.push({ code: 'custom', path: ['price'], message: 'no amount', input: price });
      return z.NEVER;
    }
    return { available: true, unitCharged: unitCharged.data, message };
  });
