import { makeProducts } from '../../sandbox/cardpluspay/products.ts';
import type { Product } from '../../src/cardpluspay/types.ts';
import { toAmount } from '../../src/lib/money.ts';

/** The stand-in's products as the client would return them. */
export function standInProducts(count?: number): Product[] {
  return makeProducts('USD', count).map(({ value, price, countryCodes, ...rest }) => ({
    itemCode: rest.itemCode,
    name: rest.name,
    brand: rest.brand,
    category: rest.category,
    currency: rest.currency,
    region: rest.region,
    deliveryType: rest.deliveryType,
    faceValue: toAmount(value.toFixed()),
    charged: toAmount(price.toFixed()),
    countryCodes: [...countryCodes],
  }));
}

export function product(itemCode: string, more: Partial<Product> = {}): Product {
  return { itemCode, name: itemCode, faceValue: '5', charged: '4.9', countryCodes: [], ...more };
}

export function codesOf(products: readonly Product[]): string[] {
  return products.map(({ itemCode }) => itemCode);
}
