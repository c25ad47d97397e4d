import type { CatalogQuery, Product, VendorPage } from '../../src/cardpluspay/types.ts';
import { createCatalog } from '../../src/catalog/catalog.ts';
import type { Clock } from '../../src/lib/clock.ts';

/** A clock that stands still until a test moves it. */
export function createFakeClock() {
  let now = 1_000_000;
  const sleepers: Array<{ until: number; ms: number; wake: () => void }> = [];
  const clock: Clock = {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        sleepers.push({ until: now + ms, ms, wake: resolve });
      }),
  };
  return {
    clock,
    sleeping: () => sleepers.map(({ ms }) => ms),
    advance(ms: number): void {
      now += ms;
      const due = sleepers.filter(({ until }) => until <= now);
      for (const sleeper of due) {
        sleepers.splice(sleepers.indexOf(sleeper), 1);
        sleeper.wake();
      }
    },
  };
}

/** Gift cards whose products a test replaces, and whose pages a test breaks. */
export function createScriptedGiftCards(products: Product[]) {
  const state = {
    products,
    queries: [] as CatalogQuery[],
    /** Called before every reply; may throw, wait or change the products. */
    before: (_query: CatalogQuery): unknown => undefined,
  };
  return Object.assign(state, {
    async catalog(query: CatalogQuery): Promise<VendorPage<Product>> {
      state.queries.push(query);
      await state.before(query);
      const { itemId, page = 1, perPage = 10 } = query;
      const fitting = state.products.filter((one) => !itemId || one.itemCode === itemId);
      const items = fitting.slice((page - 1) * perPage, page * perPage);
      const lastPage = Math.max(1, Math.ceil(fitting.length / perPage));
      return { items, page, lastPage, total: fitting.length, skipped: 0 };
    },
  });
}

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

export const REFRESH_MS = 600_000;

export function createScriptedCatalog(products: Product[]) {
  const giftCards = createScriptedGiftCards(products);
  const time = createFakeClock();
  const warnings: object[] = [];
  const catalog = createCatalog({
    giftCards,
    clock: time.clock,
    log: { info: () => {}, warn: (facts) => void warnings.push(facts) },
    refreshEveryMs: REFRESH_MS,
  });
  /** Lets the next refresh begin after `ms`, and end. */
  const refreshAfter = async (ms: number): Promise<void> => {
    time.advance(ms);
    await until(() => time.sleeping().length === 1);
  };
  const load = async (): Promise<void> => {
    catalog.start();
    await until(() => time.sleeping().length === 1);
  };
  return { catalog, giftCards, time, warnings, refreshAfter, load };
}

export async function loadedCatalog(products: Product[]) {
  const scripted = createScriptedCatalog(products);
  await scripted.load();
  return scripted.catalog;
}
