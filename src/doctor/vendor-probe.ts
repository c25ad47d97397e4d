import type { CardPlusPay } from '../cardpluspay/index.ts';
import type { Catalog } from '../catalog/index.ts';
import type { CatalogSeen, VendorProbe } from './ports.ts';

interface VendorDeps {
  readonly giftCards: Pick<CardPlusPay, 'balance' | 'catalog' | 'checkStock' | 'orders'>;
  readonly isSigning: boolean;
  clockAhead(): number | undefined;
  /** One that is in memory already. */
  readonly catalog?: Pick<Catalog, 'size' | 'fetchedAt' | 'oddities' | 'completeItem'>;
}

const PER_PAGE = 100;
/** A catalog of tens of thousands takes minutes, and the bot reads it as well: this many pages say what there is to say. */
const MOST_PAGES = 20;

export function createVendorProbe({ giftCards, isSigning, clockAhead, catalog }: VendorDeps): VendorProbe {
  return {
    balance: giftCards.balance,
    catalog: async () => (catalog && inMemory(catalog)) ?? readCatalog(giftCards),
    checkStock: giftCards.checkStock,
    orders: giftCards.orders,
    clockAhead,
    isSigning,
  };
}

/** As it was fetched last; undefined before that. */
function inMemory(catalog: NonNullable<VendorDeps['catalog']>): CatalogSeen | undefined {
  if (catalog.fetchedAt() === undefined) return undefined;
  const { skipped, skippedFor: fields = {}, cut, isCut: isEndless } = catalog.oddities();
  const products = catalog.size();
  const [sample] = catalog.completeItem('', { limit: 1 });
  return { products, total: products, skipped, fields, cut, isEndless, sample };
}

async function readCatalog(giftCards: Pick<CardPlusPay, 'catalog'>): Promise<CatalogSeen> {
  const fields: Record<string, number> = {};
  let [products, skipped, cut, total, page, lastPage] = [0, 0, 0, 0, 0, 1];
  let sample: CatalogSeen['sample'];
  while (page < lastPage && page < MOST_PAGES) {
    page += 1;
    const found = await giftCards.catalog({ page, perPage: PER_PAGE });
    sample ??= found.items[0];
    products += found.items.length;
    skipped += found.skipped;
    cut += found.cut ?? 0;
    for (const [field, count] of Object.entries(found.skippedFor ?? {})) fields[field] = (fields[field] ?? 0) + count;
    lastPage = found.lastPage;
    total = Math.max(found.total, products + skipped);
  }
  return { products, total: total - skipped, skipped, fields, cut, isEndless: false, sample };
}
