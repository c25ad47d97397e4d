import { describe, expect, it } from 'vitest';
import {
  choose,
  confirm,
  eventually,
  finished,
  press,
  pressConfirm,
  purchases,
  quote,
  referenceOf,
  startTown,
} from './town.ts';

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
    expect(receipt.text).toContain('Sent to your direct messages.');
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

  it('also shows the codes at once to whoever confirmed, and to nobody else, and records that', async () => {
    const town = await startTown();
    const { alice, ada, bob, vendor } = town;
    const exchange = await pressConfirm(alice, await quote(alice, 'razer-gold-usd-1', 2));
    const receipt = await finished(exchange);
    const shown = await eventually(
      () => exchange.followUps()[0],
      () => 'the codes in a private answer',
    );
    expect(shown.ephemeral).toBe(true);
    const [order] = vendor.orders();
    const dms = alice
      .dms()
      .map(({ text }) => text)
      .join();
    for (const { code, metadata } of order?.codes ?? []) {
      for (const secret of [code, ...metadata.flatMap((entry) => Object.values(entry))]) {
        expect(shown.text).toContain(secret);
        expect(dms).toContain(secret);
      }
      const others = [ada, bob].flatMap((person) => [...person.here.sees(), ...person.dms()]);
      expect(others.some(({ text }) => text.includes(code))).toBe(false);
    }
    const reference = referenceOf(receipt);
    const timeline = (await (await alice.here.run('order', { reference })).settled()).text;
    expect(timeline).toContain('codes sent by direct message');
    expect(timeline).toMatch(/codes (shown|revealed)/i);
  });

  it('shows no code in the answer to whoever approves', async () => {
    const town = await startTown();
    const { alice, bob, vendor } = town;
    const asked = await press(bob.here, await quote(bob, 'google-play-usd-5'), 'Request approval');
    const card = await eventually(
      () => alice.here.sees().find(({ buttons }) => buttons.some(({ label }) => label?.startsWith('Approve'))),
      () => `a card; Bob reads:\n${asked.text}`,
    );
    const approve = card.buttons.find(({ label }) => label?.startsWith('Approve'))?.customId ?? '';
    const exchange = await alice.here.press(card, approve);
    const code = await eventually(
      () => vendor.issuedCodes()[0],
      () => 'a purchase',
    );
    await eventually(
      () => bob.dms().some(({ text }) => text.includes(code)),
      () => 'the code by direct message',
    );
    expect(exchange.followUps().some(({ text }) => text.includes(code))).toBe(false);
    const inChannel = [...alice.here.sees(), ...bob.here.sees()];
    expect(inChannel.some(({ text }) => text.includes(code))).toBe(false);
  });

  it('buys the same again from /orders, with all checks anew, and suggests it first', async () => {
    const town = await startTown();
    const { alice, vendor } = town;
    await confirm(alice, await quote(alice, 'steam-eur-20', 2));
    const list = await (await alice.here.run('orders')).settled();
    const opened = await choose(alice.here, list, 'Steam EU 20 EUR');
    vendor.setPrice('steam-eur-20', '19.00');
    const again = await press(alice.here, opened, 'Buy again');
    expect(again.ephemeral).toBe(true);
    expect(again.text).toContain('Buy 2 × Steam EU 20 EUR for $38.00?');
    expect(again.text).toContain('38.00');
    await confirm(alice, again);
    expect(vendor.orders().map(({ quantity, itemCode }) => [quantity, itemCode])).toEqual([
      [2, 'steam-eur-20'],
      [2, 'steam-eur-20'],
    ]);
    const [first, ...others] = await alice.here.complete('buy', { item: '' }, 'item');
    expect(first).toMatchObject({ name: 'Steam EU 20 EUR — $21.36', value: 'steam-eur-20' });
    expect(others).toHaveLength(24);
    expect(others.some(({ value }) => value === 'steam-eur-20')).toBe(false);
    const [hers] = await town.bob.here.complete('buy', { item: '' }, 'item');
    expect(hers?.value).not.toBe('steam-eur-20');
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
    expect(receipt.text).toContain('Sent to your direct messages.');
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
          presses.flatMap((exchange) => exchange.followUps()).filter(({ text }) => text.includes('has moved on'))
            .length,
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
