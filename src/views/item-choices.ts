import { type Catalog, isPhysical } from '../catalog/index.ts';
import type { Words } from '../i18n/index.ts';
import { money } from '../lib/index.ts';
import { clipped } from './kit/text.ts';

/** Discord's limit for what a choice is called. */
const LONGEST = 100;

type Suggested = ReturnType<Catalog['completeItem']>[number];

interface ItemChoice {
  readonly name: string;
  readonly value: string;
}

/**
 * Cards as they are suggested while somebody types: "Steam EU 20 EUR — $20.60". What is sent is the item code. `currency`: that
 * of the account, where it is known by now. Two that read the same are told apart by region or else by code.
 */
export function itemChoices(
  products: readonly Suggested[],
  currency: string | undefined,
  { itemChoices: w }: Words,
): ItemChoice[] {
  const nameOf = ({ name, charged, deliveryType }: Suggested, apart?: string): string => {
    const whole = (text: string) => {
      const named = apart === undefined ? text : w.apart(text, apart);
      const priced = currency === undefined ? named : w.priced(named, money(charged, currency));
      return isPhysical(deliveryType) ? w.physical(priced) : priced;
    };
    // The price is never cut.
    return clipped(whole(clipped(name, Math.max(1, LONGEST - whole('').length))), LONGEST);
  };
  const alike = Map.groupBy(products, (product) => nameOf(product));
  return products.map((product) => {
    const same = alike.get(nameOf(product)) ?? [];
    const regions = new Set(same.map(({ region }) => region));
    const isByRegion = regions.size === same.length && !regions.has(undefined);
    const apart = isByRegion ? (product.region ?? '') : product.itemCode;
    return { name: nameOf(product, same.length > 1 ? apart : undefined), value: product.itemCode };
  });
}
