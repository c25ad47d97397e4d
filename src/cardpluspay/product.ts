import { z } from 'zod';
import { amountField, optionalField, textField } from './fields.ts';
import { pageSchema } from './page.ts';
import type { Product } from './types.ts';

const countryCodes = z
  .union([z.array(z.unknown()), z.string().transform((code) => [code])])
  .catch([])
  .transform(
    (codes) => codes.filter((code) => typeof code === 'string' && code !== '') as string[],
  );

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
