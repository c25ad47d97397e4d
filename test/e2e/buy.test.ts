import { describe, expect, it } from 'vitest';
import { confirm, finished, press, pressConfirm, purchases, quote, referenceOf, startTown } from './town.ts';

describe('buying a gift card', () => {
  it('shows the quote, buys on Confirm, sends the codes by direct message, and keeps the order', async () => {
    const { alice, vendor, discord, guildId } = await startTown();
    const quoted = await quote(alice, 'google-play-usd-5', 2, 'Friday quiz');
    expect(quoted.ephemeral).toBe(true);
    expect(quoted.text).toContain('Buy 2 × Google Play US 5 USD for $9.80?');
    expect(quoted.text).toContain('Total **$9.80** (2 × $4.90)');
    expect(quoted.text).toContain('Balance $1,000.00 → $990.20');
    expect(quoted.text).toContain('For: Friday quiz');

    const receipt = await confirm(alice, quoted);
    expect(receipt.id).toBe(quoted.id);
    expect(receipt.text).toContain('Bought: 2 × Google Play US 5 USD');
    expect(receipt.text).toContain('Charged **$9.80**');
    expect(receipt.text).toContain('The codes are in your direct messages.');
    expect(vendor.balance()).toBe('990.20');

    const [order] = vendor.orders();
    const dm = alice
      .dms()
      .map(({ text }) => text)
      .join('\n');
    for (const { code } of order?.codes ?? []) {
      expect(dm.split(code)).toHaveLength(2);
      expect(receipt.text).not.toContain(code);
    }
    const reference = referenceOf(receipt);
    expect(dm).toContain(reference);
    const orders = await (await alice.here.run('orders')).settled();
    expect(orders.text).toContain(`**2 × Google Play US 5 USD** · $9.80 · delivered · ${reference}`);
    const names = discord.commands(guildId).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['balance', 'buy', 'catalog', 'orders', 'stock']));
  });

  it('sends every PIN with its code', async () => {
    const { alice, vendor } = await startTown();
    await confirm(alice, await quote(alice, 'razer-gold-usd-1', 3));
    const text = alice
      .dms()
      .map((dm) => dm.text)
      .join('\n');
    const codes = vendor.orders()[0]?.codes ?? [];
    expect(codes).toHaveLength(3);
    for (const { code, metadata } of codes) {
      expect(text).toContain(code);
      for (const value of metadata.flatMap((entry) => Object.values(entry))) expect(text).toContain(value);
    }
    expect(codes.flatMap(({ metadata }) => metadata).length).toBeGreaterThan(0);
  });

  it('attaches more than ten cards as a file, each once', async () => {
    const { alice, vendor } = await startTown();
    const receipt = await confirm(alice, await quote(alice, 'razer-gold-usd-1', 25));
    expect(receipt.text).toContain('The codes are in your direct messages.');
    const [dm, ...others] = alice.dms();
    expect(others).toEqual([]);
    expect(dm?.attachments).toHaveLength(1);
    const file = dm?.attachments[0]?.text ?? '';
    const codes = vendor.orders()[0]?.codes ?? [];
    expect(codes).toHaveLength(25);
    for (const { code } of codes) expect(file.split(code)).toHaveLength(2);
    expect(file.trim().split('\r\n')).toHaveLength(26);
  });

  it('lets a member ask for an approval, but only Manage Server confirm', async () => {
    const town = await startTown();
    const quoted = await quote(town.bob, 'google-play-usd-5');
    expect(quoted.text).toContain('Needs 1 approval (every order does).');
    const labels = quoted.buttons.map(({ label }) => label);
    expect(labels).toEqual(['Request approval · $4.90', 'Cancel']);
    expect((await press(town.bob.here, quoted, 'Cancel')).text).toContain('Nothing was bought.');
    expect(purchases(town)).toBe(0);
  });

  it('takes Manage Server at the moment of the press, not of the quote', async () => {
    const town = await startTown();
    const quoted = await quote(town.alice, 'google-play-usd-5');
    town.discord.setPermissions(town.guildId, town.alice.id, 0n);
    const exchange = await pressConfirm(town.alice, quoted);
    const asking = await exchange.until(({ text }) => text.includes('Needs 1 approval'), 30_000);
    expect(asking.buttons[0]?.label).toBe('Request approval · $4.90');
    expect(purchases(town)).toBe(0);
  });

  it('buys once, however often and fast Confirm is pressed', async () => {
    const town = await startTown();
    const quoted = await quote(town.alice, 'google-play-usd-5');
    const presses = await Promise.all([1, 2, 3].map(() => pressConfirm(town.alice, quoted)));
    await Promise.race(presses.map((exchange) => finished(exchange)));
    await expect
      .poll(
        () =>
          presses.flatMap((exchange) => exchange.followUps()).filter(({ text }) => text.includes('past that')).length,
        { timeout: 20_000 },
      )
      .toBe(2);
    expect(purchases(town)).toBe(1);
    expect(town.vendor.orders()).toHaveLength(1);
    expect(town.alice.dms()).toHaveLength(1);
  });

  it('cancels before anything is bought, and buys nothing after', async () => {
    const town = await startTown();
    const quoted = await quote(town.alice, 'google-play-usd-5');
    const button = quoted.buttons.find(({ label }) => label?.startsWith('Confirm'))?.customId ?? '';
    const cancelled = await press(town.alice.here, quoted, 'Cancel');
    expect(cancelled.text).toContain('Cancelled: 1 × Google Play US 5 USD');
    expect(cancelled.buttons).toEqual([]);
    expect(button).toContain('quote.confirm');
    expect(purchases(town)).toBe(0);
  });

  it('asks nobody to pay more than the quote: a rise ends it and offers the new price', async () => {
    const town = await startTown();
    const quoted = await quote(town.alice, 'google-play-usd-5', 2);
    town.vendor.setPrice('google-play-usd-5', '6.00');
    const exchange = await pressConfirm(town.alice, quoted);
    const offer = await exchange.until(({ text }) => text.includes('The price rose'), 30_000);
    expect(offer.text).toContain('The price rose from $9.80 to $12.00, so nothing was bought.');
    expect(offer.text).toContain('Total **$12.00** (2 × $6.00)');
    expect(purchases(town)).toBe(0);
    await confirm(town.alice, offer);
    expect(town.vendor.orders().map(({ amount }) => amount)).toEqual(['12.00']);
  });
});
