import type { Catalog } from '../../src/catalog/index.ts';
import { clipped } from '../../src/views/index.ts';
import { type Option, textOption, wholeOption } from './option.ts';

/**
 * The option that completes to a product as somebody types. A code typed by hand works too. At most 25 choices: the
 * name, what the card shows and its code; the code is what is sent.
 */
export const itemOption = (catalog: Catalog): Option<string> =>
  textOption(100, (typed) =>
    catalog
      .completeItem(typed)
      .map(({ name, itemCode }) => ({ name: clipped(`${name} · ${itemCode}`, 100), value: itemCode })),
  );

export const quantityOption = wholeOption(100);
