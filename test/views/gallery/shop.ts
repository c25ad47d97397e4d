import { en } from '../../../src/i18n/en.ts';
import {
  balanceView,
  catalogLoadingView,
  productListView,
  productView,
  stockView,
} from '../../../src/views/catalog.ts';
import { helpView } from '../../../src/views/help.ts';
import { quoteView } from '../../../src/views/orders/quote.ts';
import { giftPickView } from '../../../src/views/orders/send-gift.ts';
import { AT, offer, order, usd } from '../samples.ts';
import { type Reader, readers, type Sample } from './sample.ts';

const BOB = '200000000000000002';
const member = (name: string, view: Sample['view']): Sample => ({ name, reader: 'member', view });
const card = offer({ name: 'Airbnb US 50 USD', itemCode: 'airbnb-usd-50', brand: 'Airbnb', deliveryType: 'PHYSICAL' });
const eur = offer({ name: 'Steam EU 20 EUR', itemCode: 'steam-eur-20', brand: 'Steam', region: 'eu' });
const products = [
  offer(),
  card,
  { ...eur, charged: usd('20.6'), faceValue: { amount: '20', currency: 'EUR' } },
  // What CardPlusPay tells least of.
  { itemCode: 'plain', name: 'Plain card', countryCodes: [], charged: usd('1000') },
];
const list = { query: 'c0ffeec0ffeec0ff', page: 0, total: products.length, products };
const stock = { offer: offer(), quantity: 2, each: usd('4.9') };
const { quote } = order();

const helps = readers.map((reader: Reader): Sample => {
  const isManager = reader === 'admin';
  const decides = reader !== 'member';
  const abilities = { buys: true, seesBalance: isManager, approves: decides, decides };
  const who = { user: BOB, guild: '3', isManager, isAdmin: isManager };
  return { name: `help of ${reader}`, reader, view: helpView(who, abilities, en) };
});

const cannot = { buys: false, seesBalance: false, approves: false, decides: false };

export const shopSamples: readonly Sample[] = [
  member('catalog', productListView(list, en)),
  member('catalog, page 2', productListView({ ...list, page: 1, total: 31 }, en)),
  member('catalog, nothing found', productListView({ ...list, total: 0, products: [] }, en)),
  member('catalog, still loading', catalogLoadingView(en)),
  ...products.map((each) => member(`product ${each.name}`, productView(each, en, 'c0ffeec0ffeec0ff/0'))),
  member('in stock', stockView(stock, en)),
  member('in stock, and on hand', stockView(stock, en, 3)),
  member('in stock, a physical card', stockView({ ...stock, offer: card }, en)),
  member('out of stock', stockView({ ...stock, each: undefined }, en, 1)),
  member('quote of a physical card', quoteView(ofCard('PHYSICAL'), { actions: ['confirm', 'cancel'] }, en)),
  member('quote without a balance', quoteView(withoutBalance(), { actions: ['confirm', 'cancel'] }, en)),
  member(
    'quote that asks by two rules',
    quoteView(
      order(),
      {
        actions: ['ask', 'cancel'],
        because: [{ rule: 'every_order' }, { rule: 'tier', over: '5', approvals: 2 }],
      },
      en,
    ),
  ),
  member(
    'quote that rose and asks',
    quoteView(order(), { actions: ['ask', 'cancel'], before: usd('9'), because: [{ rule: 'every_order' }] }, en),
  ),
  member('gift: which card', giftPickView({ query: 'q', to: BOB, typed: 'google', offers: products }, en)),
  member('balance', balanceView(usd('100.5'), AT, en)),
  {
    name: 'balance, and Discord slowed',
    reader: 'admin',
    view: balanceView(usd('0'), AT, en, { waits: 1, late: 2, at: AT }),
  },
  ...helps,
  member('help of whoever may not buy', helpView({ user: BOB, guild: '3', isManager: false }, cannot, en)),
];

function ofCard(delivery: string) {
  return order({ quote: { ...quote, name: card.name, itemCode: card.itemCode, brand: 'Airbnb', delivery } });
}

function withoutBalance() {
  const { balance: _, ...hidden } = quote;
  return order({ quote: hidden });
}
