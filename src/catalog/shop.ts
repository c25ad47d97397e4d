import type { CardPlusPay, Product } from '../cardpluspay/index.ts';
import { bind, type Money, money, Problem } from '../lib/index.ts';
import type { Account } from './account.ts';
import type { Catalog } from './catalog.ts';
import type { CatalogOddities } from './fetch-products.ts';
import type { CatalogSearch } from './filters.ts';
import { asking } from './vendor-problem.ts';

/** A product as people see it: what is charged for one card, and what it shows. */
export interface Offer extends Omit<Product, 'faceValue' | 'charged' | 'currency'> {
  readonly charged: Money;
  /** Undefined where CardPlusPay names no currency with it. */
  readonly faceValue?: Money | undefined;
}

/** What CardPlusPay says about so many of a card now. */
export interface Stock {
  readonly offer: Offer;
  readonly quantity: number;
  /** Charged for one card; undefined when so many are out of stock. */
  readonly each: Money | undefined;
}

interface ShopContext {
  catalog: Pick<Catalog, 'lookUp' | 'search' | 'oddities'>;
  account: Pick<Account, 'currency'>;
  giftCards: Pick<CardPlusPay, 'checkStock'>;
}

export type Shop = ReturnType<typeof createShop>;

/** Cards on offer. Everything that goes wrong comes out as a Problem. */
export function createShop(ctx: ShopContext) {
  return bind(ctx, { offer, offers, stock, oddities });
}

/** Throws `unknown_item`. */
async function offer({ catalog, account }: ShopContext, itemCode: string): Promise<Offer> {
  const product = await asking(catalog.lookUp(itemCode));
  if (!product) throw new Problem('unknown_item', { item: itemCode });
  return offerFrom(product, await asking(account.currency()));
}

/** What the catalog in memory holds that fits. */
async function offers({ catalog, account }: ShopContext, search: CatalogSearch): Promise<Offer[]> {
  const products = catalog.search(search);
  const currency = products.length > 0 ? await asking(account.currency()) : '';
  return products.map((product) => offerFrom(product, currency));
}

async function stock(ctx: ShopContext, itemCode: string, quantity: number): Promise<Stock> {
  const found = await offer(ctx, itemCode);
  const check = await asking(ctx.giftCards.checkStock(found.itemCode, quantity));
  const each = check.available ? money(check.unitCharged, found.charged.currency) : undefined;
  return { offer: found, quantity, each };
}

/** What of the catalog could not be taken as it came. */
const oddities = ({ catalog }: ShopContext): CatalogOddities => catalog.oddities();

/** `accountCurrency`: what is charged is charged in it, and CardPlusPay does not say it with the product. */
export function offerFrom(product: Product, accountCurrency: string): Offer {
  const { charged, faceValue, currency } = product;
  return {
    ...product,
    charged: money(charged, accountCurrency),
    faceValue: currency === undefined ? undefined : money(faceValue, currency),
  };
}
