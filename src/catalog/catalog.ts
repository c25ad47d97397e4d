import { CardPlusPayError, type Product } from '../cardpluspay/index.ts';
import { backoff, type Clock, type Log } from '../lib/index.ts';
import { type CatalogOddities, type CatalogSource, fetchProducts } from './fetch-products.ts';
import { type CatalogSearch, createFilter } from './filters.ts';
import { createProductIndex, type ProductIndex } from './search-index.ts';

/** Discord shows no more choices. */
const MOST_CHOICES = 25;
const FIRST_RETRY_MS = 15_000;
/** Rows that are asked for by one item code: CardPlusPay may give those that differ by capitals alone. */
const MOST_ALIKE = 10;

interface CatalogDeps {
  giftCards: CatalogSource;
  clock: Clock;
  log: Pick<Log, 'info' | 'warn'>;
  refreshEveryMs: number;
}

interface Completing {
  readonly limit?: number;
  /** Only such cards. */
  fits?(product: Product): boolean;
}

export type Catalog = ReturnType<typeof createCatalog>;

/**
 * CardPlusPay's products in memory. It is useful before it is loaded: nothing is found, and `lookUp` asks
 * CardPlusPay. A refresh replaces all products or, when any page of it fails, none.
 */
export function createCatalog({ giftCards, clock, log, refreshEveryMs }: CatalogDeps) {
  let index: ProductIndex | undefined;
  let fetchedAt: number | undefined;
  let odd: CatalogOddities = { skipped: 0, cut: 0, isCut: false };
  let running: AbortController | undefined;

  async function refresh(signal: AbortSignal): Promise<void> {
    const { products, ...oddities } = await fetchProducts(giftCards, signal);
    const next = await createProductIndex(products);
    signal.throwIfAborted();
    index = next;
    fetchedAt = clock.now();
    odd = oddities;
    log.info({ products: next.size, ...oddities }, 'catalog fetched');
  }

  async function keepFresh(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      try {
        await refresh(signal);
        failures = 0;
      } catch (err) {
        if (signal.aborted) return;
        log.warn({ err, products: index?.size ?? 0 }, 'catalog not fetched, the old products stay');
        failures++;
      }
      const gaps = { first: FIRST_RETRY_MS, longest: refreshEveryMs };
      const waitMs = failures === 0 ? refreshEveryMs : backoff(failures, gaps);
      await clock.sleep(waitMs, signal).catch(() => undefined);
    }
  }

  const find = (itemCode: string): Product | undefined => index?.find(itemCode);

  return {
    /** Fetches now, in the background, and again every `refreshEveryMs`; sooner after a failure. */
    start(): void {
      if (running) return;
      running = new AbortController();
      void keepFresh(running.signal);
    },
    stop(): void {
      running?.abort();
      running = undefined;
    },
    size: (): number => index?.size ?? 0,
    /** When the products were fetched, in milliseconds since 1970. */
    fetchedAt: (): number | undefined => fetchedAt,
    /** What of it could not be taken as it came, the last time that it was fetched. */
    oddities: (): CatalogOddities => odd,
    /** By item code, in capitals or not. */
    find,
    /** As `find`; what isn't in memory is asked of CardPlusPay, whose errors come through. */
    async lookUp(itemCode: string): Promise<Product | undefined> {
      const known = find(itemCode);
      if (known) return known;
      const code = itemCode.trim();
      try {
        const { items } = await giftCards.catalog({ itemId: code, perPage: MOST_ALIKE });
        const alike = items.filter((item) => item.itemCode.toLowerCase() === code.toLowerCase());
        return alike.find((item) => item.itemCode === code) ?? (alike.length === 1 ? alike[0] : undefined);
      } catch (error) {
        if (error instanceof CardPlusPayError && error.code === 'not_found') return undefined;
        throw error;
      }
    },
    /** At most 25 products for what was typed so far, best first; a few of many brands for nothing. */
    completeItem(text: string, { limit = MOST_CHOICES, fits }: Completing = {}): Product[] {
      const most = Math.min(limit, MOST_CHOICES);
      if (!index) return [];
      // Those that fit may come after more than are shown.
      const found = text.trim() === '' ? index.first : index.match(text, fits ? Number.POSITIVE_INFINITY : most);
      return (fits ? found.filter(fits) : found).slice(0, most);
    },
    /** At most 25 brands for what was typed so far. */
    completeBrand(text: string, { limit = MOST_CHOICES } = {}): string[] {
      return index?.matchBrands(text, Math.min(limit, MOST_CHOICES)) ?? [];
    },
    /** All products that fit, best first; by brand, currency and face value without a query. */
    search({ query = '', ...wanted }: CatalogSearch): Product[] {
      const fitting = index?.match(query, Number.POSITIVE_INFINITY) ?? [];
      return fitting.filter(createFilter(wanted));
    },
  };
}
