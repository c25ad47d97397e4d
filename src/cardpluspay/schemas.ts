import { z } from 'zod';
import { type Money, money } from '../lib/index.ts';
import { isOutOfStock } from './error.ts';
import {
  amountField,
  countField,
  currencyField,
  idField,
  optionalField,
  signedAmountField,
  textField,
} from './parse.ts';
import { productSchema } from './product.ts';
import { cutTo, MOST } from './sizes.ts';
import type { RemoteOrder, StockCheck, VendorPage } from './types.ts';

const paginationSchema = z.object({ current_page: countField, last_page: countField, total: countField });

const maybePaginationSchema = z.object({
  current_page: optionalField(countField),
  last_page: optionalField(countField),
  total: optionalField(countField),
});

/** Rows of a list, which PHP writes as an object where it has gaps. One unreadable row doesn't lose the others. */
function rowsOf<T>(row: z.ZodType<T>) {
  return z
    .union([z.array(z.unknown()), z.record(z.string(), z.unknown()).transform(Object.values)])
    .transform((list) => {
      const rows = list.map((each: unknown) => row.safeParse(each));
      const items = rows.flatMap((each) => (each.success ? [each.data] : []));
      return { items, skipped: rows.length - items.length, skippedFor: fieldsOf(rows) };
    });
}

/** The first field of each row that could not be read, with how often it was that one. Names are ours, never a row's. */
function fieldsOf(rows: readonly z.ZodSafeParseResult<unknown>[]): Record<string, number> {
  const fields: Record<string, number> = {};
  for (const { error } of rows) {
    if (!error) continue;
    const field = String(error.issues[0]?.path[0] ?? 'row');
    fields[field] = (fields[field] ?? 0) + 1;
  }
  return fields;
}

/** Of an order, whatever else comes with it. */
export const orderFields = z.object({
  order_id: idField,
  order_no: optionalField(textField),
  status: optionalField(textField),
  amount: optionalField(amountField),
  created_at: optionalField(textField),
  item_code: optionalField(textField),
  quantity: optionalField(idField),
});

/** `amount` aside, which has a name of its own. No more of each text than is kept. */
export const rowOf = (row: z.infer<typeof orderFields>) => ({
  orderId: row.order_id,
  orderNo: row.order_no && cutTo(row.order_no, MOST.orderNo),
  status: row.status && cutTo(row.status, MOST.word),
  createdAt: row.created_at && cutTo(row.created_at, MOST.word),
  itemCode: row.item_code && cutTo(row.item_code, MOST.itemCode),
  quantity: row.quantity,
});

const remoteOrderSchema: z.ZodType<RemoteOrder> = orderFields.transform((row) => ({
  ...rowOf(row),
  charged: row.amount,
}));

/** `data` of GET /orders. Without its pages nobody knows whether it is whole. */
export const ordersSchema: z.ZodType<VendorPage<RemoteOrder>> = z
  .object({ orders: rowsOf(remoteOrderSchema), pagination: paginationSchema })
  .transform(({ orders: { items, skipped }, pagination: { current_page: page, last_page: lastPage, total } }) => {
    return { items, skipped, page, lastPage, total };
  });

/** `data` of GET /catalog, whose rows may come without a word on pages. */
export const catalogSchema = z
  .object({ products: rowsOf(productSchema), pagination: optionalField(maybePaginationSchema) })
  .transform(({ products: { items, skipped, skippedFor }, pagination }) => ({
    items: items.map(({ product }) => product),
    skipped,
    ...(skipped > 0 && { skippedFor }),
    cut: items.filter(({ isCut }) => isCut).length || undefined,
    page: pagination?.current_page,
    lastPage: pagination?.last_page,
    total: pagination?.total,
  }));

/** `data` of GET /balance. */
export const balanceSchema: z.ZodType<Money> = z
  .object({ balance: signedAmountField, currency: currencyField })
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
