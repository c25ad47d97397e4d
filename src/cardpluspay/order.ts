import { z } from 'zod';
import { amountField, idField, optionalField, textField } from './fields.ts';
import { readOrderCode } from './order-code.ts';
import { pageSchema } from './page.ts';
import type { PlacedOrder, RemoteOrder } from './types.ts';

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
