import { describe, expect, it } from 'vitest';
import { en } from '../../../src/i18n/en.ts';
import { progressView, quoteView } from '../../../src/views/orders/quote.ts';
import { order, usd } from '../samples.ts';
import { seen } from '../seen.ts';

describe('a quote', () => {
  it('shows what is charged before anything else, and asks a manager to confirm it', () => {
    const view = quoteView(order(), { actions: ['confirm', 'cancel'] }, en);
    expect(seen(view)).toMatchInlineSnapshot(`
      "**Buy 2 × Google Play 5 USD for $9.80?**
      -# K7Q2M9
      Total **$9.80** (2 × $4.90)
      Face value $10.00 (you save 2%)
      Balance $100.50 → $90.70
      For: Friday quiz
      Quote expires <t:1767615300:R>
      [Confirm $9.80*] quote.confirm:01K7Q2M900000000
      [Cancel] quote.cancel:01K7Q2M900000000"
    `);
  });

  it('offers a member who may not confirm to ask for an approval', () => {
    expect(seen(quoteView(order(), { actions: ['ask', 'cancel'] }, en))).toMatchInlineSnapshot(`
      "**Buy 2 × Google Play 5 USD for $9.80?**
      -# K7Q2M9
      Total **$9.80** (2 × $4.90)
      Face value $10.00 (you save 2%)
      Balance $100.50 → $90.70
      For: Friday quiz
      Quote expires <t:1767615300:R>
      Needs approval. You won't be charged until it's approved.
      [Request approval · $9.80*] quote.ask:01K7Q2M900000000
      [Cancel] quote.cancel:01K7Q2M900000000"
    `);
  });

  it('says that a price that rose needs an approval of its own', () => {
    const options = { actions: ['ask', 'cancel'], before: usd('9.5') } as const;
    expect(seen(quoteView(order(), options, en))).toContain('it needs its own approval');
  });

  it('says that the price rose, and offers the new one', () => {
    const before = usd('9.5');
    const view = quoteView(order(), { actions: ['confirm', 'cancel'], before }, en);
    expect(seen(view)).toMatchInlineSnapshot(`
      "**Buy 2 × Google Play 5 USD for $9.80?**
      -# K7Q2M9
      The price rose from $9.50 to $9.80, so nothing was bought.
      Total **$9.80** (2 × $4.90)
      Face value $10.00 (you save 2%)
      Balance $100.50 → $90.70
      For: Friday quiz
      Quote expires <t:1767615300:R>
      This is a new quote. Confirm it only if you still want it at this price.
      [Confirm $9.80*] quote.confirm:01K7Q2M900000000
      [Cancel] quote.cancel:01K7Q2M900000000"
    `);
  });

  it('is short for one card without a reason or a known face value', () => {
    const { quote, reason: _, ...rest } = order();
    const { faceValue: __, ...plain } = { ...quote, quantity: 1, charged: usd('4.9') };
    const view = quoteView({ ...rest, quote: plain }, { actions: ['confirm', 'cancel'] }, en);
    expect(seen(view)).toMatchInlineSnapshot(`
      "**Buy 1 × Google Play 5 USD for $4.90?**
      -# K7Q2M9
      Total **$4.90**
      Balance $100.50 → $95.60
      Quote expires <t:1767615300:R>
      [Confirm $4.90*] quote.confirm:01K7Q2M900000000
      [Cancel] quote.cancel:01K7Q2M900000000"
    `);
  });
});

describe('while an order is bought', () => {
  it.each(['checking', 'waiting', 'buying', 'delivering'] as const)('it says that it is %s', (stage) => {
    expect(seen(progressView(order(), stage, en))).toMatchSnapshot();
  });
});
