import type { CardPlusPay, Product } from '../cardpluspay/index.ts';

/** What the catalog needs of CardPlusPay. */
export type CatalogSource = Pick<CardPlusPay, 'catalog'>;

/** What of a catalog could not be taken as it came. */
export interface CatalogOddities {
  /** Rows that could not be read. */
  skipped: number;
  /** How often one was because of a field, by its name. */
  skippedFor?: Readonly<Record<string, number>>;
  /** Rows with a text that was longer than is kept. */
  cut: number;
  /** The list goes on, and is not read any further. */
  isCut: boolean;
}

interface Fetched extends CatalogOddities {
  products: Product[];
}

const PER_PAGE = 100; // CardPlusPay's most
/** A catalog has no more: whoever says so, or never comes to an end, fills no memory. */
const MOST_PAGES = 1000;

/** All products, page by page; the same code twice counts once. Fails as a whole when one page fails. */
export async function fetchProducts(source: CatalogSource, signal: AbortSignal): Promise<Fetched> {
  const share = createSharing();
  const byCode = new Map<string, Product>();
  const skippedFor: Record<string, number> = {};
  let [skipped, cut, page, lastPage] = [0, 0, 0, 1];
  while (page < lastPage && page < MOST_PAGES) {
    page++;
    const reply = await source.catalog({ page, perPage: PER_PAGE });
    signal.throwIfAborted();
    if (reply.items.length + reply.skipped === 0 && page < reply.lastPage)
      throw new Error(`page ${page} of ${reply.lastPage} of the catalog came empty`);
    const before = byCode.size;
    for (const product of reply.items) byCode.set(product.itemCode, share(product));
    skipped += reply.skipped;
    cut += reply.cut ?? 0;
    for (const [field, count] of Object.entries(reply.skippedFor ?? {}))
      skippedFor[field] = (skippedFor[field] ?? 0) + count;
    lastPage = reply.lastPage;
    // The same page again, from whoever does not look at which one was asked for.
    if (reply.items.length > 0 && byCode.size === before) break;
  }
  return {
    products: [...byCode.values()],
    skipped,
    ...(skipped > 0 && { skippedFor }),
    cut,
    isCut: page >= MOST_PAGES && page < lastPage,
  };
}

/**
 * Lets products share equal texts. Every reply brings its own copy of "Google Play" and of the country
 * list: of 50,000 products they are most of the memory.
 */
function createSharing(): (product: Product) => Product {
  const texts = new Map<string, string>();
  const lists = new Map<string, string[]>();
  const shared = <T>(known: Map<string, T>, key: string, value: T): T => {
    const first = known.get(key);
    if (first === undefined) known.set(key, value);
    return first ?? value;
  };
  const text = (value: string | undefined) => value && shared(texts, value, value);
  return (product) => ({
    itemCode: product.itemCode,
    name: product.name,
    brand: text(product.brand),
    category: text(product.category),
    faceValue: shared(texts, product.faceValue, product.faceValue),
    charged: shared(texts, product.charged, product.charged),
    currency: text(product.currency),
    region: text(product.region),
    countryCodes: shared(lists, product.countryCodes.join(), product.countryCodes),
    deliveryType: text(product.deliveryType),
  });
}
