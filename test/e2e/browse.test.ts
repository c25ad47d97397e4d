import { describe, expect, it } from 'vitest';
import { choose, confirm, press, quote, startTown } from './town.ts';

describe('looking around', () => {
  it('shows the balance, its currency, and as of when', async () => {
    const { alice } = await startTown({ vendor: { balance: '100.5', currency: 'EUR' } });
    const shown = await (await alice.here.run('balance')).settled();
    expect(shown.text).toContain('**€100.50** available');
    expect(shown.text).toMatch(/As of <t:\d+:f>/);
    expect(shown.ephemeral).toBe(true);
  });

  it('completes items and brands as somebody types, typos forgiven', async () => {
    const { bob } = await startTown();
    const offered = await bob.here.complete('buy', { item: 'goggle plya 5' }, 'item');
    expect(offered[0]).toMatchObject({ name: 'Google Play US 5 USD — $4.90', value: 'google-play-usd-5' });
    const meant = await bob.here.complete('stock', { item: '$20 steam gift card' }, 'item');
    expect(meant[0]?.value).toBe('steam-usd-20');
    const psn = await (await bob.here.run('catalog', { query: 'psn 10' })).settled();
    expect(psn.text).toContain('PlayStation US 10 USD');
    expect((await bob.here.complete('stock', { item: '' }, 'item')).length).toBeGreaterThan(5);
    expect((await bob.here.complete('buy', { item: 'e' }, 'item')).length).toBeLessThanOrEqual(25);
    const brands = await bob.here.complete('catalog', { brand: 'net' }, 'brand');
    expect(brands.map(({ value }) => value)).toContain('Netflix');
  });

  it('marks a physical card wherever it is looked at or bought, and gives it away only where it is asked for', async () => {
    const { alice, bob } = await startTown();
    const run = async (...[name, options]: Parameters<typeof alice.here.run>) =>
      (await (await alice.here.run(name, options)).settled()).text;
    expect(await run('catalog', { query: 'airbnb us' })).toContain('physical card');
    expect(await run('catalog', { query: 'steam' })).not.toContain('physical card');
    expect(await run('stock', { item: 'airbnb-usd-50' })).toContain('Physical card');
    expect((await quote(alice, 'airbnb-usd-50')).text).toContain('Physical card');

    const typed = { member: bob.id, item: 'airbnb' };
    expect(await alice.here.complete('reward send', typed, 'item')).toEqual([]);
    const [asked] = await alice.here.complete('reward send', { ...typed, item: 'physical airbnb us' }, 'item');
    expect(asked?.name).toContain('physical card');
    expect(await run('reward send', { ...typed, item: 'airbnb-usd-50' })).toContain('physical airbnb-usd-50');
    const given = await run('reward send', { ...typed, item: String(asked?.value) });
    expect(given).toContain('Physical card');
    expect(given).toContain('Airbnb US');
  });

  it('browses the catalog: pages, filters, one card, its stock, and a purchase by the form', async () => {
    const { alice, vendor } = await startTown();
    const list = await (await alice.here.run('catalog', { brand: 'Steam', currency: 'usd', max: 20 })).settled();
    expect(list.text).toContain('3 gift cards');
    const card = await choose(alice.here, list, 'Steam Global 10 USD');
    expect(card.text).toContain('Price **$9.70** per card');
    expect(card.text).toContain('Face value $10.00');
    expect((await press(alice.here, card, 'Check stock')).text).toContain('In stock: 1 × Steam Global 10 USD');

    const buy = card.buttons.find(({ label }) => label === 'Buy')?.customId ?? '';
    const form = await alice.here.press(card, buy);
    expect(form.acknowledged).toBe('modal');
    const bad = await (await alice.here.submit(form, { quantity: '1O', reason: '' })).settled();
    expect(bad.text).toContain('The quantity must be a whole number from 1 to 100.');
    const again = await alice.here.press(card, buy);
    const quoted = await (await alice.here.submit(again, { quantity: '3', reason: 'Raffle' })).settled();
    expect(quoted.text).toContain('Buy 3 × Steam Global 10 USD for $');
    expect(quoted.text).toContain('For: Raffle');
    await confirm(alice, quoted);
    expect(vendor.orders().map(({ quantity, amount }) => [quantity, amount])).toEqual([[3, '29.10']]);
    expect((await press(alice.here, card, 'Back')).text).toContain('3 gift cards');
  });

  it('says so when nothing fits', async () => {
    const { bob } = await startTown();
    const list = await (await bob.here.run('catalog', { query: 'zzzzqqqq' })).settled();
    expect(list.text).toContain('No cards match.');
  });

  it('checks stock for a quantity, with the amount per card and in all, and a Buy button', async () => {
    const { alice, bob, vendor } = await startTown();
    const shown = await (await bob.here.run('stock', { item: 'google-play-usd-5', quantity: 3 })).settled();
    expect(shown.text).toContain('In stock: 3 × Google Play US 5 USD');
    expect(shown.text).toContain('Total **$14.70** (3 × $4.90)');
    vendor.setStock('google-play-usd-5', 2);
    const out = await (await bob.here.run('stock', { item: 'google-play-usd-5', quantity: 3 })).settled();
    expect(out.text).toContain('Out of stock: 3 × Google Play US 5 USD');
    const own = await (await alice.here.run('stock', { item: 'google-play-usd-5', quantity: 2 })).settled();
    expect((await press(alice.here, own, 'Buy 2')).text).toContain('Buy 2 × Google Play US 5 USD for $9.80?');
  });

  it('takes a code typed by hand, in any case, also one that the catalog in memory does not have', async () => {
    const { alice } = await startTown();
    expect((await quote(alice, 'GOOGLE-PLAY-usd-5')).text).toContain('Google Play US 5 USD');
  });

  it("pages through one's own orders, newest first", async () => {
    const { alice } = await startTown();
    for (let count = 1; count <= 12; count++) await confirm(alice, await quote(alice, 'razer-gold-usd-1', count));
    const first = await (await alice.here.run('orders')).settled();
    expect(first.text.indexOf('12 ×')).toBeLessThan(first.text.indexOf('11 ×'));
    expect(first.text).not.toContain('**2 × ');
    const second = await press(alice.here, first, 'Next');
    expect(second.text).toContain('**2 × ');
    expect(second.text).toContain('**1 × ');
    const opened = await choose(alice.here, second, '· 1 × ');
    expect(opened.text).toContain('Bought: 1 ×');
    expect((await press(alice.here, opened, 'Back')).text).toContain('**1 × ');
    expect((await press(alice.here, second, 'Previous')).text).toContain('12 ×');
  });
});
