import { describe, expect, it } from 'vitest';
import { confirm, dmsOnly, eventually, press, pressConfirm, purchases, quote, startTown } from './town.ts';

describe('getting the codes to their recipient', () => {
  it('keeps the codes for a reveal when direct messages are closed, and records the reveal', async () => {
    const { alice, vendor, discord } = await startTown();
    discord.closeDms(alice.id);
    const receipt = await confirm(alice, await quote(alice, 'google-play-usd-5', 2));
    expect(receipt.text).toContain("Cardigan can't send you direct messages");
    expect(alice.dms()).toEqual([]);

    const revealed = await press(alice.here, receipt, 'Reveal code');
    expect(revealed.ephemeral).toBe(true);
    for (const { code } of vendor.orders()[0]?.codes ?? []) {
      expect(revealed.text.split(code)).toHaveLength(2);
      expect(receipt.text).not.toContain(code);
    }
    // What she has seen is recorded once Discord has shown it.
    const list = async () => (await (await alice.here.run('orders')).settled()).text;
    await expect.poll(list, { timeout: 20_000 }).toContain('delivered');
  });

  it('shows the timeline of an order, and its codes again, to its recipient alone', async () => {
    const { alice, ada, vendor } = await startTown();
    await confirm(alice, await quote(alice, 'google-play-usd-5'));
    const list = await (await alice.here.run('orders')).settled();
    const menu = list.menus[0];
    const chosen = await alice.here.choose(list, menu?.customId ?? '', [menu?.options[0]?.value ?? '']);
    const opened = await chosen.until(({ text }) => text.includes('Timeline'));
    for (const step of ['quote created', 'confirmed', 'purchasing', 'codes sent by direct message']) {
      expect(opened.text).toContain(step);
    }
    const code = vendor.orders()[0]?.codes[0]?.code ?? '';
    expect(opened.text).not.toContain(code);
    expect((await press(alice.here, opened, 'Reveal code')).text).toContain(code);
    expect((await (await ada.here.run('orders')).settled()).text).toContain('You have no orders here yet');
    expect(ada.here.sees().some(({ text }) => text.includes(code))).toBe(false);
  });

  it('survives Discord failing at the direct message, with nothing lost and nothing shown', async () => {
    const { alice, vendor, discord, traces, adminsId } = await startTown();
    discord.fail({ method: 'POST', path: dmsOnly({ adminsId }), with: 500, times: 10 });
    const receipt = await confirm(alice, await quote(alice, 'google-play-usd-5'));
    expect(receipt.text).toContain("Discord didn't accept the direct message");
    const revealed = await press(alice.here, receipt, 'Reveal code');
    const [code = ''] = vendor.issuedCodes();
    expect(revealed.text).toContain(code);
    expect(await traces()).not.toContain(code);
  });

  it('brings the codes by itself, once, when Discord takes direct messages again', async () => {
    const town = await startTown();
    const { alice, vendor, discord } = town;
    // The first try, with its repetitions, and a part of the second.
    const path = dmsOnly(town);
    discord.fail({ method: 'POST', path, with: 500, times: 6 });
    // Nor does it take the private answer with them.
    discord.fail({ method: 'POST', path: /^\/webhooks\//, with: 404, times: 1 });
    const receipt = await confirm(alice, await quote(alice, 'google-play-usd-5'));
    expect(receipt.text).toContain('Cardigan keeps trying for about an hour');
    const [code = ''] = vendor.issuedCodes();
    const dm = await eventually(
      () => alice.dms()[0],
      () => 'the codes by direct message',
    );
    expect(dm.text).toContain(code);
    const list = async () => (await (await alice.here.run('orders')).settled()).text;
    await expect.poll(list, { timeout: 20_000 }).toContain('· delivered');
    expect(alice.dms()).toHaveLength(1);
    const sends = discord.requests.filter((each) => each.method === 'POST' && path.test(each.path));
    const nonces = sends.map(({ body }) => (body as { nonce?: string }).nonce);
    expect(new Set(nonces).size).toBe(1);
    expect(purchases(town)).toBe(1);
  });

  it('delivers once when Discord took the direct message and its answer was lost', async () => {
    const { alice, vendor, discord, adminsId } = await startTown();
    discord.fail({
      method: 'POST',
      path: dmsOnly({ adminsId }),
      with: 500,
      times: 1,
      after: true,
    });
    const receipt = await confirm(alice, await quote(alice, 'google-play-usd-5'));
    expect(receipt.text).toContain('Sent to your direct messages.');
    expect(alice.dms()).toHaveLength(1);
    expect(alice.dms()[0]?.text).toContain(vendor.issuedCodes()[0]);
  });

  it('says how many codes are still to come, and brings them when asked again', async () => {
    const { alice, vendor } = await startTown();
    vendor.fault('codes-partly-late', { missing: 2 });
    const receipt = await confirm(alice, await quote(alice, 'razer-gold-usd-1', 3));
    expect(receipt.text).toContain('has delivered 1 of 3 codes so far');
    expect(alice.dms()).toHaveLength(1);
    vendor.releaseCodes(vendor.orders()[0]?.orderId ?? 0);
    const after = await press(alice.here, receipt, 'Check for codes now');
    expect(after.text).not.toContain('so far');
    const text = alice
      .dms()
      .map((dm) => dm.text)
      .join('\n');
    for (const { code } of vendor.orders()[0]?.codes ?? []) expect(text.split(code)).toHaveLength(2);
  });

  it('tells when CardPlusPay charged more than it quoted, and still delivers', async () => {
    const { alice, vendor, bot } = await startTown();
    vendor.fault('charged-more', { price: '7.00' });
    const receipt = await confirm(alice, await quote(alice, 'google-play-usd-5'));
    expect(receipt.text).toContain('Charged **$7.00**');
    expect(receipt.text).toContain('CardPlusPay charged $7.00, more than the $4.90 it quoted');
    expect(alice.dms()).toHaveLength(1);
    await expect.poll(() => bot.output()).toContain('charged more than the quote');
  });

  it('comes by direct message once the answer can no longer be changed, and its buttons work there', async () => {
    const town = await startTown();
    const { alice, vendor, discord } = town;
    vendor.fault('codes-partly-late', { missing: 1, looks: 99 });
    const quoted = await quote(alice, 'google-play-usd-5', 2);
    vendor.faultGet('/balance', 'slow', { delayMs: 1_500 });
    const before = vendor.requests.length;
    await pressConfirm(alice, quoted);
    await eventually(
      () => vendor.requests.length > before,
      () => 'the press is being worked on',
    );
    discord.advance(16 * 60_000);
    const receipt = await eventually(
      () => alice.dms().find(({ text }) => text.includes('Bought:')),
      () => 'the receipt by direct message',
    );
    expect(receipt.text).toContain('has delivered 1 of 2 codes so far');
    const [code = ''] = vendor.issuedCodes();
    expect(receipt.text).not.toContain(code);
    const revealed = await press(alice.inDms, receipt, 'Reveal code');
    expect(revealed.text).toContain(code);
    expect(discord.requests.some(({ path }) => path.endsWith(`/members/${alice.id}`))).toBe(true);
  });

  it('gives the receipt in a message of its own when the one with the button takes no edit', async () => {
    const town = await startTown();
    const { alice, discord, vendor } = town;
    const quoted = await quote(alice, 'google-play-usd-5');
    discord.closeDms(alice.id);
    const broken = discord.fail({
      method: 'PATCH',
      path: /\/webhooks\//,
      with: 500,
      times: 99,
    });
    const exchange = await pressConfirm(alice, quoted);
    const receipt = await eventually(
      () => exchange.followUps().find(({ text }) => text.includes('Bought: 1 × Google Play US 5 USD')),
      () => `a receipt beside:\n${exchange.followUps().map(({ text }) => text)}`,
    );
    expect(receipt.ephemeral).toBe(true);
    broken.lift();
    expect((await press(alice.here, receipt, 'Reveal code')).text).toContain(vendor.issuedCodes()[0]);
  });
});
