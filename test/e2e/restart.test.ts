import { describe, expect, it } from 'vitest';
import {
  confirm,
  dmsOnly,
  eventually,
  finished,
  later,
  press,
  pressConfirm,
  purchases,
  quote,
  startTown,
  toldAside,
} from './town.ts';

describe('what no crash and no lost answer may do', () => {
  it('does not buy again when the answer is lost, and says what is not known', async () => {
    const town = await startTown();
    town.vendor.fault('reset-before-commit');
    const receipt = await confirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
    expect(receipt.text).toContain("We don't know yet whether CardPlusPay took this order");
    expect(receipt.text).toContain('Nothing will be bought a second time');
    await town.bot.stop();
    await town.restart();
    expect(purchases(town)).toBe(1);
    const list = await (await town.alice.here.run('orders')).settled();
    expect(list.text).toContain('outcome unknown');
  });

  it('killed while the purchase is out: no second purchase, and the requester is told', async () => {
    const town = await startTown();
    town.vendor.fault('hang-after-commit');
    const press = await pressConfirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
    await eventually(
      () => purchases(town) === 1,
      () => 'the purchase went out',
    );
    await press.until(({ text }) => text.includes('Buying 1 × Google Play'), 30_000);
    await town.bot.stop('SIGKILL');
    await town.restart();
    await press.until(({ text }) => text.includes("We don't know yet"), 30_000);
    expect(purchases(town)).toBe(1);
  });

  it('killed before the codes went out: they are delivered after the restart, once', async () => {
    const town = await startTown();
    const hang = town.discord.fail({
      method: 'POST',
      path: dmsOnly(town),
      with: 'hang',
      times: 99,
    });
    await pressConfirm(town.alice, await quote(town.alice, 'google-play-usd-5', 2));
    await eventually(
      () => hang.hits > 0,
      () => 'the direct message was tried',
    );
    await town.bot.stop('SIGKILL');
    hang.lift();
    await town.restart();
    const codes = town.vendor.orders()[0]?.codes ?? [];
    const dm = await eventually(
      () => town.alice.dms()[0],
      () => 'a direct message',
    );
    for (const { code } of codes) expect(dm.text).toContain(code);
    expect(town.alice.dms()).toHaveLength(1);
    expect(purchases(town)).toBe(1);
  });

  it('killed after the codes went out, before that was recorded: they are not sent twice, even much later', async () => {
    const town = await startTown();
    const lost = town.discord.fail({
      method: 'POST',
      path: dmsOnly(town),
      with: 'hang',
      times: 1,
      after: true,
    });
    await pressConfirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
    await eventually(
      () => lost.hits > 0 && town.alice.dms().length > 0,
      () => 'the message went out',
    );
    await town.bot.stop('SIGKILL');
    town.discord.advance(60 * 60_000); // Discord has forgotten the nonce
    await town.restart();
    const delivered = async () => {
      const list = await (await town.alice.here.run('orders')).settled();
      return list.text.includes('delivered');
    };
    await expect.poll(delivered, { timeout: 20_000 }).toBe(true);
    expect(town.alice.dms()).toHaveLength(1);
  });

  it('killed after codes went out as a file: they are found again by it, and not sent twice', async () => {
    const town = await startTown();
    const dms = { method: 'POST', path: dmsOnly(town), after: true };
    const lost = town.discord.fail({ ...dms, with: 'hang' });
    await pressConfirm(town.alice, await quote(town.alice, 'google-play-usd-5', 12));
    await eventually(
      () => lost.hits > 0 && town.alice.dms().length > 0,
      () => 'the message went out',
    );
    expect(town.alice.dms()[0]?.attachments).toHaveLength(1);
    await town.bot.stop('SIGKILL');
    town.discord.advance(60 * 60_000); // Discord has forgotten the nonce
    await town.restart();
    const list = async () => (await (await town.alice.here.run('orders')).settled()).text;
    await expect.poll(list, { timeout: 20_000 }).toContain('delivered');
    expect(town.alice.dms()).toHaveLength(1);
    expect(purchases(town)).toBe(1);
  });

  it('takes presses on messages from before a restart', async () => {
    const town = await startTown();
    const quoted = await quote(town.alice, 'google-play-usd-5');
    await town.bot.stop('SIGKILL');
    await town.restart();
    expect((await confirm(town.alice, quoted)).text).toContain('Bought: 1 × Google Play US 5 USD');
  });

  it('does not buy an offer that has ended', async () => {
    const town = await startTown();
    const quoted = await quote(town.alice, 'google-play-usd-5');
    await town.bot.stop();
    await town.restart(later(16));
    const exchange = await pressConfirm(town.alice, quoted);
    expect(await toldAside(exchange)).toMatch(/Quote \w{6} has expired|This quote has expired/);
    expect(purchases(town)).toBe(0);
  });

  it('buys two like orders side by side, each with a code of its own', async () => {
    const town = await startTown();
    town.vendor.fault('slow', { delayMs: 3_000 });
    const first = await quote(town.alice, 'google-play-usd-5');
    const second = await quote(town.ada, 'google-play-usd-5');
    const buying = [await pressConfirm(town.alice, first), await pressConfirm(town.ada, second)];
    await eventually(
      () => purchases(town) === 2,
      () => 'both went out',
    );
    expect(town.alice.dms()).toEqual([]);
    for (const each of buying) expect((await finished(each)).text).toContain('Bought:');
    expect(town.vendor.orders()).toHaveLength(2);
    expect([town.alice.dms(), town.ada.dms()].map((dms) => dms.length)).toEqual([1, 1]);
    expect(town.alice.dms()[0]?.text).not.toBe(town.ada.dms()[0]?.text);
  });

  it('makes the second of two like orders wait while the first is looked for, says for what, and buys it then', async () => {
    const town = await startTown();
    town.vendor.fault('reset-after-commit');
    const lost = await confirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
    expect(lost.text).toContain("We don't know yet");
    const waiting = await pressConfirm(town.ada, await quote(town.ada, 'google-play-usd-5'));
    const shown = await waiting.until(({ text }) => text.includes('Waiting to buy'));
    expect(shown.text).toContain('Another order for the same card and quantity is still being settled');
    expect(purchases(town)).toBe(1);
    expect((await finished(waiting)).text).toContain('Bought:');
    expect(town.vendor.orders()).toHaveLength(2);
    expect([town.alice.dms().length, town.ada.dms().length]).toEqual([1, 1]);
  });

  it('lets somebody who waits cancel', async () => {
    const town = await startTown();
    town.vendor.fault('reset-before-commit');
    await confirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
    const waiting = await pressConfirm(town.ada, await quote(town.ada, 'google-play-usd-5'));
    const shown = await waiting.until(({ text }) => text.includes('Waiting to buy'));
    expect(shown.text).toContain('Another order for the same card and quantity is still being settled');
    const cancelled = await press(town.ada.here, shown, 'Cancel');
    expect(cancelled.text).toContain('Cancelled');
    expect(purchases(town)).toBe(1);
    expect((await finished(waiting)).text).toContain('Cancelled');
    expect(town.ada.dms()).toEqual([]);
  });

  it('ends in order on SIGTERM while a purchase is out, and records its outcome first', async () => {
    const town = await startTown();
    town.vendor.fault('slow', { delayMs: 2_000 });
    await pressConfirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
    await eventually(
      () => purchases(town) === 1,
      () => 'the purchase went out',
    );
    expect(await town.bot.stop('SIGTERM')).toBe(0);
    expect(town.alice.dms()).toHaveLength(1);
    await town.restart();
    expect((await (await town.alice.here.run('orders')).settled()).text).toContain('delivered');
    expect(purchases(town)).toBe(1);
  });
});
