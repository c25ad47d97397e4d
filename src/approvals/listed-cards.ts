import type { Catalog } from '../catalog/catalog.ts';
import { Problem } from '../problem.ts';

/** The catalog in memory. */
export type KnownCards = Pick<
  Catalog,
  'fetchedAt' | 'find' | 'search' | 'completeItem' | 'completeBrand'
>;

export const MOST_LISTED = 25;
const MOST_HINTS = 3;

/** The lines of a text that say something, each once, capitals or not. Throws `too_many_listed`. */
export function readLines(text: string): string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const byText = new Map(lines.map((line) => [line.toLowerCase(), line]));
  if (byText.size > MOST_LISTED) throw new Problem('too_many_listed', { most: MOST_LISTED });
  return [...byText.values()];
}

/** As the catalog spells them. While it is not loaded, as they were typed. Throws `unknown_brand` with what is near. */
export function readBrands(lines: readonly string[], cards: KnownCards): string[] {
  if (cards.fetchedAt() === undefined) return [...lines];
  return lines.map((brand) => {
    const near = cards.completeBrand(brand);
    const isSame = (other: string) => other.toLowerCase() === brand.toLowerCase();
    const found = near.find(isSame) ?? cards.search({ brand })[0]?.brand;
    if (found !== undefined) return found;
    throw new Problem('unknown_brand', { brand, near: near.slice(0, MOST_HINTS).join(', ') });
  });
}

/** As `readBrands`, by item code. */
export function readItems(lines: readonly string[], cards: KnownCards): string[] {
  if (cards.fetchedAt() === undefined) return [...lines];
  return lines.map((code) => {
    const found = cards.find(code);
    if (found) return found.itemCode;
    const near = cards.completeItem(code, { limit: MOST_HINTS }).map(({ itemCode }) => itemCode);
    throw new Problem('unknown_listed_item', { item: code, near: near.join(', ') });
  });
}
