import { decodeHTMLStrict } from 'entities';
import { z } from 'zod';
import { amountField, currencyField, optionalField, textField } from './parse.ts';
import { cutTo, MOST } from './sizes.ts';
import type { Product } from './types.ts';

/** A row of the catalog, and whether some of it was longer than is kept. */
export interface ReadProduct {
  readonly product: Product;
  readonly isCut: boolean;
}

/** There is something to see. */
const VISIBLE = /[^\p{C}\p{Z}\p{DI}]/u;

/** A text for people on one line, its HTML entities decoded; undefined where there is nothing to see. */
const readable = optionalField(
  textField.transform((text) => {
    const line = decodeHTMLStrict(text)
      .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
      .trim();
    return VISIBLE.test(line) ? line : undefined;
  }),
);

/** A name by which CardPlusPay is asked: as it is, or it is none. */
const itemCode = textField
  .transform((text) => text.trim())
  .pipe(
    z
      .string()
      .max(MOST.itemCode)
      .regex(/^[^\p{Cc}]+$/u)
      .regex(VISIBLE),
  );

/** Documented is a list; it may come as text ("US", "US, CA"), or as an object when PHP writes it. */
const countryCodes = z
  .unknown()
  .optional()
  .transform((value) => {
    const codes = typeof value === 'string' ? value.split(/[\s,;|]+/) : Object.values(value ?? []);
    const texts = codes.filter((code) => typeof code === 'string').map((code) => code.trim());
    return texts.filter((code) => VISIBLE.test(code) && code.length <= MOST.word).slice(0, MOST.countries);
  });

export const productSchema: z.ZodType<ReadProduct> = z
  .object({
    item_code: itemCode,
    product_name: readable,
    brand: readable,
    category: readable,
    value: amountField,
    price: amountField,
    currency: optionalField(currencyField),
    region: readable,
    country_code: countryCodes,
    delivery_type: readable,
  })
  .transform((row) => {
    let isCut = false;
    const kept = (text: string | undefined, most: number) => {
      if (text === undefined || text.length <= most) return text;
      isCut = true;
      return cutTo(text, most);
    };
    const product = {
      itemCode: row.item_code,
      name: kept(row.product_name, MOST.name) ?? row.item_code,
      brand: kept(row.brand, MOST.label),
      category: kept(row.category, MOST.label),
      faceValue: row.value,
      charged: row.price,
      currency: row.currency,
      region: kept(row.region, MOST.word),
      countryCodes: row.country_code,
      deliveryType: kept(row.delivery_type, MOST.word),
    };
    return { product, isCut };
  });
