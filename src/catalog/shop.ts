import type { CardPlusPay, Product } from '../cardpluspay/index.ts';
import { type Money, money, Problem } from '../lib/index.ts';
import type { Account } from './account.ts';
import { chargedOf, faceValueOf } from './amounts.ts';
import type { Catalog } from './catalog.ts';
import type { CatalogSearch } from './filters.ts';
import { asking } from './vendor-problem.ts';

/** A product as people see it: what is charged for one card, and what it shows. */
export interface Offer extends Omit<Product, 'faceValue' | 'charged' | 'currency'> {
  readonly charged: Money;
  readonly faceValue?: Money | undefined;
}

/** What CardPlusPay says about so many of a card now. */
export interface Stock {
  readonly offer: Offer;
  readonly quantity: number;
  /** Charged for one card; undefined when so many are out of stock. */
  readonly each: Money | undefined;
}

/** Cards on offer. Everything that goes wrong comes out as a Problem. */
export interface Shop {
  /** Throws `unknown_item`. */
  offer(itemCode: string): Promise<Offer>;
  /** What the catalog in memory holds that fits. */
  offers(search: CatalogSearch): Promise<Offer[]>;
  stock(itemCode: string, quantity: number): Promise<Stock>;
}

interface Parts {
  catalog: Catalog;
  account: Account;
  giftCards: Pick<CardPlusPay, 'checkStock'>;
}

export function createShop({ catalog, account, giftCards }: Parts): Shop {
  async function offer(itemCode: string): Promise<Offer> {
    const product = await asking(catalog.lookUp(itemCode));
    if (!product) throw new Problem('unknown_item', { item: itemCode });
    return offerOf(product, await asking(account.currency()));
  }

  return {
    offer,
    async offers(search) {
      const products = catalog.search(search);
      const currency = products.length > 0 ? await asking(account.currency()) : '';
      return products.map((product) => offerOf(product, currency));
    },
    async stock(itemCode, quantity) {
      const found = await offer(itemCode);
      const stock = await asking(giftCards.checkStock(found.itemCode, quantity));
      const each = stock.available ? money(stock.unitCharged, found.charged.currency) : undefined;
      return { offer: found, quantity, each };
    },
  };
}

function offerOf(product: Product, accountCurrency: string): Offer {
  return {
    ...product,
    charged: chargedOf(product, accountCurrency),
    faceValue: faceValueOf(product),
  };
}
