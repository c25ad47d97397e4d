import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { balanceView, catalogLoadingView, productListView, productView, stockView } from '../../src/views/catalog.ts';
import { orderListView } from '../../src/views/orders/order.ts';
import { buyModal, parseQuantity } from '../../src/views/orders/quote.ts';
import { AT, cards, offer, order, orderIn, remote, usd } from './samples.ts';
import { seen } from './seen.ts';

describe('the balance', () => {
  it('says how much, in which currency and as of when', () => {
    expect(seen(balanceView(usd('100.5'), AT, en))).toMatchInlineSnapshot(`
      "**CardPlusPay balance**
      **$100.50** available
      Currency USD
      As of <t:1767614400:f>"
    `);
  });
});

describe('what Discord has held against the bot', () => {
  it('is a line more for whoever looks after it', () => {
    const of = (waits: number, late: number) => seen(balanceView(usd('1'), AT, en, { waits, late, at: AT }));
    expect(of(12, 1)).toContain(
      'Since starting, Cardigan had to wait for Discord 12 times and could not answer 1 press in time; last <t:1767614400:R>',
    );
    expect(of(1, 0)).toContain('Since starting, Cardigan had to wait for Discord once; last');
    expect(of(0, 2)).toContain('Since starting, Cardigan could not answer 2 presses in time; last');
  });
});

describe('the catalog', () => {
  const page = (number: number) =>
    productListView(
      {
        query: 'c0ffee',
        page: number,
        total: 21,
        products: [offer(), offer({ itemCode: 'b', name: 'Steam 20 EUR', faceValue: undefined })],
      },
      en,
    );

  it('shows what each card shows and costs, with a menu and the way to other pages', () => {
    expect(seen(page(0))).toMatchInlineSnapshot(`
      "**21 gift cards**
      **Google Play 5 USD** · $4.90 · face value $5.00
      **Steam 20 EUR** · $4.90
      Page 1 of 3
      Choose a card below to check its stock or buy it.
      [Choose a card ▾] catalog.pick:c0ffee/0
        Google Play 5 USD | $5.00 · google-play-usd-5 | google-play-usd-5
        Steam 20 EUR | b | b
      [Previous] off
      [Next] catalog.page:c0ffee/1"
    `);
  });

  it('has no page after the last one', () => {
    expect(seen(page(2))).toContain('[Previous] catalog.page:c0ffee/1\n[Next] off');
  });

  it('is one page without page buttons when that is all', () => {
    const view = productListView({ query: 'q', page: 0, total: 1, products: [offer()] }, en);
    expect(seen(view)).toContain('1 gift card');
    expect(seen(view)).not.toContain('catalog.page');
  });

  it('says what to do when nothing fits', () => {
    expect(seen(productListView({ query: 'q', page: 0, total: 0, products: [] }, en))).toMatchInlineSnapshot(`
      "**No cards match.**
      Run /catalog again with fewer words or filters."
    `);
  });

  it('says so while it has not been fetched', () => {
    expect(seen(catalogLoadingView(en))).toMatchInlineSnapshot(`
      "**The catalog is still loading.**
      Try again in a minute. If you know the item code, you can already use it with /buy."
    `);
  });

  it('shows one card with charged amount and face value apart', () => {
    expect(seen(productView(offer(), en, 'c0ffee/2'))).toMatchInlineSnapshot(`
      "**Google Play 5 USD**
      Price **$4.90** per card
      Face value $5.00
      Brand: Google Play
      Category: Apps
      Region: US
      Works in US, PR
      Delivery: digital
      Item code \`google-play-usd-5\`
      [Buy*] product.buy:google-play-usd-5
      [Check stock] product.stock:google-play-usd-5
      [Back to list] catalog.page:c0ffee/2"
    `);
  });

  it('shows a card of which little is known', () => {
    const { brand: _, category: __, region: ___, deliveryType: ____, faceValue: _____, ...bare } = offer();
    expect(seen(productView({ ...bare, countryCodes: [] }, en))).toMatchInlineSnapshot(`
      "**Google Play 5 USD**
      Price **$4.90** per card
      Item code \`google-play-usd-5\`
      [Buy*] product.buy:google-play-usd-5
      [Check stock] product.stock:google-play-usd-5"
    `);
  });
});

describe('the stock', () => {
  it('says what so many cards cost, each and in all', () => {
    expect(seen(stockView({ offer: offer(), quantity: 3, each: usd('0.1') }, en))).toMatchInlineSnapshot(`
      "**In stock: 3 × Google Play 5 USD**
      Total **$0.30** (3 × $0.10)
      Face value $15.00 (you save 98%)
      Item code \`google-play-usd-5\`
      [Buy 3 for $0.30*] stock.buy:3/google-play-usd-5"
    `);
  });

  it('says what to try when there are not enough', () => {
    expect(seen(stockView({ offer: offer(), quantity: 3, each: undefined }, en))).toMatchInlineSnapshot(`
      "**Out of stock: 3 × Google Play 5 USD**
      Nothing was bought. Try a smaller quantity, or pick another card with /catalog."
    `);
  });
});

describe('somebody’s orders', () => {
  const bought = orderIn('delivered', 'dm_sent', {
    remote: { ...remote, charged: usd('10.2') },
    cards: cards(2, AT),
  });

  it('are listed with what was charged, and a menu to open one', () => {
    const list = {
      orders: [order(), bought],
      here: 'c0ffee/1',
      previous: 'c0ffee/0',
      next: 'c0ffee/2',
    };
    const orders = list.orders.map((one, index) => ({ ...one, id: `order${index}` }));
    expect(seen(orderListView({ ...list, orders }, en))).toMatchInlineSnapshot(`
      "**Your orders**
      **2 × Google Play 5 USD** · $9.80 · quoted · K7Q2M9 · <t:1767614400:R>
      **2 × Google Play 5 USD** · $10.20 · delivered · K7Q2M9 · <t:1767614400:R>
      [Choose an order ▾] orders.open:c0ffee/1
        K7Q2M9 · 2 × Google Play 5 USD | quoted · $9.80 | order0
        K7Q2M9 · 2 × Google Play 5 USD | delivered · $10.20 | order1
      [Previous] orders.page:c0ffee/0
      [Next] orders.page:c0ffee/2"
    `);
  });

  it('are none at first', () => {
    expect(seen(orderListView({ orders: [], here: 'c0ffee/0' }, en))).toMatchInlineSnapshot(`
      "**You have no orders here yet.**
      Run /buy to get a quote, or browse /catalog."
    `);
  });
});

describe('the form that asks how many', () => {
  it('has a quantity and a reason, and fits Discord for every card whose Buy button does', () => {
    const modal = buyModal('x'.repeat(88), en);
    expect(modal.custom_id).toHaveLength(100);
    expect(seen(productView(offer({ itemCode: 'x'.repeat(88) }), en))).toContain('[Buy*]');
    expect(seen(productView(offer({ itemCode: 'x'.repeat(89) }), en))).not.toContain('[Buy*]');
    expect(modal.title.length).toBeLessThanOrEqual(45);
    expect(modal).toMatchObject({
      components: [
        { label: 'How many? (1 to 100)', component: { custom_id: 'quantity', required: true } },
        {
          label: "What's it for? (saved with the order)",
          component: { custom_id: 'reason', required: false },
        },
      ],
    });
  });

  it.each([
    ['2', 2],
    [' 100 ', 100],
    ['007', 7],
    ['', Number.NaN],
    ['two', Number.NaN],
    ['1.5', Number.NaN],
    ['-1', Number.NaN],
    ['1e2', Number.NaN],
  ])('reads "%s" as %s', (text, quantity) => {
    expect(parseQuantity(text)).toBe(quantity);
  });
});
