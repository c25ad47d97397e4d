import type { CardPlusPay } from '../cardpluspay/client.ts';
import type { Product } from '../cardpluspay/types.ts';
import { createSharing } from './sharing.ts';

/** What the catalog needs of CardPlusPay. */
export type CatalogSource = Pick<CardPlusPay, 'catalog'>;

export interface Fetched {
  products: Product[];
  /** Rows that could not be read. */
  skipped: number;
}

const PER_PAGE = 100; // CardPlusPay's most

/** All products, page by page; the same code twice counts once. Fails as a whole when one page fails. */
export async function fetchProducts(source: CatalogSource, signal: AbortSignal): Promise<Fetched> {
  const share = createSharing();
  const byCode = new Map<string, Product>();
  let skipped = 0;
  for (let page = 1, lastPage = 1; page <= lastPage; page++) {
    const reply = await source.catalog({ page, perPage: PER_PAGE });
    signal.throwIfAborted();
    if (reply.items.length + reply.skipped === 0 && page < reply.lastPage) {
      throw new Error(`page ${page} of ${reply.lastPage} of the catalog came empty`);
    }
    for (const product of reply.items) byCode.set(product.itemCode, share(product));
    skipped += reply.skipped;
    lastPage = reply.lastPage;
  }
  return { products: [...byCode.values()], skipped };
}
