import { isPhysical, type Offer, type Stock } from '../catalog/index.ts';
import type { Words } from '../i18n/index.ts';
import { type Money, times } from '../lib/index.ts';
import { packItem, packPage } from './kit/custom-id.ts';
import { buttonFor, menuRow, message, type View } from './kit/message.ts';
import { pageFact, queryTurnRow } from './kit/page.ts';
import { dotted, inCode, moment, plain } from './kit/text.ts';
import { faceFact, physicalFact } from './orders/facts.ts';

export const PRODUCTS_A_PAGE = 10;

/** Before the first fetch has come through. */
export function catalogLoadingView({ catalog: w }: Words): View {
  return message({ tone: 'waiting', title: w.loading, next: w.loadingNext });
}

/** A page of the catalog, with a menu to look at one card. */
export function productListView(
  list: { query: string; page: number; total: number; products: readonly Offer[] },
  words: Words,
): View {
  const { query, page, total, products } = list;
  const w = words.catalog;
  if (total === 0) return message({ title: w.none, next: w.noneNext });
  const pages = Math.ceil(total / PRODUCTS_A_PAGE);
  const options = products.map((product) => ({
    label: product.name,
    value: product.itemCode,
    description: w.option(product.itemCode, product.faceValue),
  }));
  return message({
    title: w.title(total),
    facts: [...products.map((each) => rowText(each, words)), pageFact(page, pages, words)],
    next: w.pickHint,
    rows: [
      menuRow(`catalog.pick:${packPage(query, page)}`, words.buttons.pickProduct, options),
      queryTurnRow('catalog.page', query, { page, pages }, words),
    ],
  });
}

function rowText({ name, charged, faceValue, deliveryType }: Offer, { catalog, physical }: Words): string {
  return dotted(catalog.row(plain(name), charged, faceValue), isPhysical(deliveryType) && physical.mark);
}

/** One card: what is charged and what it shows, apart, with what can be done next. `back`: the page it came from. */
export function productView(offer: Offer, words: Words, back?: string): View {
  const { facts: w, buttons } = words;
  return message({
    title: plain(offer.name),
    picture: offer.brand,
    facts: [
      w.perCard(offer.charged),
      offer.faceValue && w.faceValue(offer.faceValue),
      offer.brand && w.brand(plain(offer.brand)),
      offer.category && w.category(plain(offer.category)),
      offer.region && w.region(regionText(offer.region)),
      offer.countryCodes.length > 0 && w.countries(plain(offer.countryCodes.join(', '))),
      physicalFact(offer.deliveryType, words) ||
        (offer.deliveryType && w.delivery(plain(offer.deliveryType.toLowerCase()))),
      w.code(inCode(offer.itemCode)),
    ],
    buttons: [
      buttonFor('product.buy', offer.itemCode, buttons.buy, { main: true }),
      buttonFor('product.stock', offer.itemCode, buttons.checkStock),
      back !== undefined && buttonFor('catalog.page', back, buttons.back),
    ],
  });
}

/** "us" and "eu" are written as people write them; "global" is a word. */
const regionText = (region: string) => plain(region.length > 3 ? region : region.toUpperCase());

/** Is so much of a card in stock, and what is charged? `onHand`: how many the server has, for whoever may know. */
export function stockView({ offer, quantity, each }: Stock, words: Words, onHand = 0): View {
  const name = plain(offer.name);
  const here = onHand > 0 && words.stock.onHand(onHand);
  if (!each) {
    const title = words.stock.outTitle(quantity, name);
    return message({ tone: 'bad', title, facts: [here], next: words.stock.outNext });
  }
  const charged = times(each, quantity);
  const label = words.buttons.buyQuantity(quantity, charged);
  return message({
    tone: 'good',
    title: words.stock.inTitle(quantity, name),
    facts: [
      words.facts.youPay(charged, quantity, each),
      faceFact({ ...offer, quantity, charged }, words),
      physicalFact(offer.deliveryType, words),
      here,
      words.facts.code(inCode(offer.itemCode)),
    ],
    buttons: [buttonFor('stock.buy', packItem(offer.itemCode, quantity), label, { main: true })],
  });
}

/** What Discord has held against the bot; `at`: the last time. */
interface Slowed {
  readonly waits: number;
  readonly late: number;
  readonly at: number;
}

/** `slowed`: for those who look after the bot, if there is anything. */
export function balanceView(balance: Money, asOf: number, words: Words, slowed?: Slowed): View {
  const w = words.balance;
  const facts = [w.has(balance), w.currency(balance.currency), w.asOf(moment(asOf))];
  const told = slowed && w.discord(slowed.waits, slowed.late, moment(slowed.at, 'R'));
  return message({ title: w.title, facts: told ? facts.concat(told) : facts });
}
