import { describe, expect, it } from 'vitest';
import type { Exchange, Message } from '../../sandbox/discord/start-discord.ts';
import {
  confirm,
  dmsOnly,
  eventually,
  finished,
  later,
  type Person,
  press,
  pressConfirm,
  purchases,
  quote,
  startTown,
  type Town,
} from './town.ts';

const CARD = 'google-play-usd-5';
const GENEROUS_MS = 45_000;
const quick = { environment: { RECONCILE_FOR_S: '10' } };

const showing = (exchange: Exchange, words: string) => exchange.until(({ text }) => text.includes(words), GENEROUS_MS);
const dmWith = (person: Person, words: string): Promise<Message> =>
  eventually(
    () => person.dms().find(({ text }) => text.includes(words)),
    () => `"${words}" among:\n${person.dms().map(({ text }) => text)}`,
  );
const codesOf = ({ vendor }: Town) => vendor.orders().flatMap(({ codes }) => codes.map(({ code }) => code));

/** Presses Confirm, and kills the bot once the message shows this. */
async function killedAt(town: Town, stage: string, quantity = 1): Promise<Exchange> {
  const exchange = await pressConfirm(town.alice, await quote(town.alice, CARD, quantity));
  await showing(exchange, stage);
  await eventually(
    () => stage !== 'Buying' || purchases(town) === 1,
    () => 'the purchase went out',
  );
  await town.bot.stop('SIGKILL');
  return exchange;
}

// Most of it is waiting for looks at CardPlusPay's list, which come seconds apart: these tests wait side by side.
describe.concurrent('the message in which somebody follows their order', () => {
  it('says that the outcome is not known, and becomes the receipt once it is; the codes come once', async ({
    expect,
    onTestFinished,
  }) => {
    const town = await startTown({}, onTestFinished);
    town.vendor.fault('reset-after-commit');
    const lost = await pressConfirm(town.alice, await quote(town.alice, CARD, 2));
    const unknown = await finished(lost);
    expect(unknown.text).toContain("We don't know yet whether CardPlusPay took this order");
    expect(unknown.text).toContain('will tell you here or by direct message');
    const receipt = await showing(lost, 'Sent to your direct messages.');
    expect(receipt.id).toBe(unknown.id);
    expect(receipt.text).toContain('Bought: 2 × Google Play US 5 USD');
    expect(town.alice.dms()).toHaveLength(1);
    for (const code of codesOf(town)) {
      expect(town.alice.dms()[0]?.text).toContain(code);
      expect(receipt.text).not.toContain(code);
    }
    expect(purchases(town)).toBe(1);
  });

  it('offers the codes that a closed inbox did not take, and says when they were shown', async ({
    expect,
    onTestFinished,
  }) => {
    const town = await startTown({}, onTestFinished);
    town.discord.closeDms(town.alice.id);
    town.vendor.fault('reset-after-commit');
    const lost = await pressConfirm(town.alice, await quote(town.alice, CARD));
    const receipt = await showing(lost, "Cardigan can't send you direct messages");
    const [code = ''] = codesOf(town);
    expect((await press(town.alice.here, receipt, 'Reveal code')).text).toContain(code);
    await showing(lost, 'You have revealed the codes');
  });

  it('is followed by a direct message once its 15 minutes are over', async ({ expect, onTestFinished }) => {
    const town = await startTown(quick, onTestFinished);
    town.vendor.fault('reset-before-commit');
    const lost = await pressConfirm(town.alice, await quote(town.alice, CARD));
    await finished(lost);
    town.discord.advance(16 * 60_000);
    const dm = await dmWith(town.alice, 'Not found at CardPlusPay');
    expect(dm.text).toContain('Nothing will be bought twice');
    expect(lost.message()?.text).toContain("We don't know yet");
    expect(town.alice.dms()).toHaveLength(1);
  });

  it('is followed by a direct message once it was dismissed', async ({ expect, onTestFinished }) => {
    const town = await startTown(quick, onTestFinished);
    town.vendor.fault('reset-before-commit');
    await confirm(town.alice, await quote(town.alice, CARD));
    const gone = { status: 404, code: 10008, message: 'Unknown Message' };
    town.discord.fail({ method: 'PATCH', path: /\/webhooks\//, with: gone, times: 99 });
    await dmWith(town.alice, 'Not found at CardPlusPay');
    expect(town.alice.dms()).toHaveLength(1);
  });

  it('is followed by one beside it when it was dismissed and direct messages are closed', async ({
    expect,
    onTestFinished,
  }) => {
    const town = await startTown({}, onTestFinished);
    town.discord.closeDms(town.alice.id);
    town.vendor.fault('reset-after-commit');
    const lost = await pressConfirm(town.alice, await quote(town.alice, CARD));
    await finished(lost);
    const gone = { status: 404, code: 10008, message: 'Unknown Message' };
    const dismissed = town.discord.fail({
      method: 'PATCH',
      path: /\/webhooks\//,
      with: gone,
      times: 99,
    });
    const aside = await eventually(
      () => lost.followUps()[0],
      () => 'a message beside it',
    );
    expect(aside.text).toContain("Cardigan can't send you direct messages");
    expect(aside.ephemeral).toBe(true);
    dismissed.lift();
    const [code = ''] = codesOf(town);
    expect((await press(town.alice.here, aside, 'Reveal code')).text).toContain(code);
  });

  it('says that the quote in it was cancelled from the list of orders', async ({ expect, onTestFinished }) => {
    const town = await startTown({}, onTestFinished);
    const buying = await town.alice.here.run('buy', { item: CARD });
    const quoted = await buying.settled();
    const list = await (await town.alice.here.run('orders')).settled();
    const menu = list.menus[0];
    const opened = await (
      await town.alice.here.choose(list, menu?.customId ?? '', [menu?.options[0]?.value ?? ''])
    ).until(({ text }) => text.includes('Timeline'));
    await press(town.alice.here, opened, 'Cancel');
    const after = await showing(buying, 'Cancelled: 1 × Google Play US 5 USD');
    expect(after.id).toBe(quoted.id);
    expect(after.buttons).toEqual([]);
  });
});

describe('after a kill -9 in the middle of a purchase, the next start puts the message right', () => {
  it('while it is being checked: it is bought, and the message becomes the receipt', async () => {
    const town = await startTown();
    const quoted = await quote(town.alice, CARD);
    town.vendor.faultGet('/balance', 'hang');
    const exchange = await pressConfirm(town.alice, quoted);
    await showing(exchange, 'Checking 1 × Google Play');
    await town.bot.stop('SIGKILL');
    town.vendor.clearFaults();
    await town.restart();
    await showing(exchange, 'Sent to your direct messages.');
    expect(town.alice.dms()).toHaveLength(1);
    expect(purchases(town)).toBe(1);
  });

  it('while the purchase is out: not known first, then the receipt', async () => {
    const town = await startTown();
    town.vendor.fault('hang-after-commit');
    const exchange = await killedAt(town, 'Buying');
    await town.restart();
    await showing(exchange, "We don't know yet");
    await showing(exchange, 'Sent to your direct messages.');
    expect(town.alice.dms()).toHaveLength(1);
    expect(purchases(town)).toBe(1);
  });

  it('and 15 minutes later it is told by direct message', async () => {
    const town = await startTown();
    town.vendor.fault('hang-before-commit');
    const exchange = await killedAt(town, 'Buying');
    town.discord.advance(16 * 60_000);
    await town.restart(later(16));
    await dmWith(town.alice, "We don't know yet");
    expect(exchange.message()?.text).toContain('Buying 1 × Google Play');
    expect(purchases(town)).toBe(1);
  });

  it('with codes in closed direct messages: the message offers them', async () => {
    const town = await startTown();
    town.discord.closeDms(town.alice.id);
    const hang = town.discord.fail({
      method: 'POST',
      path: dmsOnly(town),
      with: 'hang',
      times: 99,
    });
    const exchange = await pressConfirm(town.alice, await quote(town.alice, CARD));
    await eventually(
      () => hang.hits > 0,
      () => 'the direct message was tried',
    );
    await town.bot.stop('SIGKILL');
    hang.lift();
    await town.restart();
    const receipt = await showing(exchange, "Cardigan can't send you direct messages");
    const [code = ''] = codesOf(town);
    expect((await press(town.alice.here, receipt, 'Reveal code')).text).toContain(code);
  });

  it('when it had ended and only the message was not edited yet', async () => {
    const town = await startTown();
    town.vendor.fault('out-of-stock');
    const quoted = await quote(town.alice, CARD);
    const exchange = await pressConfirm(town.alice, quoted);
    const hang = town.discord.fail({
      method: 'PATCH',
      path: /\/webhooks\//,
      with: 'hang',
      times: 99,
    });
    await eventually(
      () => purchases(town) === 1 && town.bot.output().includes('"status":"failed"'),
      () => 'the order has ended',
    );
    await town.bot.stop('SIGKILL');
    hang.lift();
    await town.restart();
    await showing(exchange, 'Not bought: 1 × Google Play US 5 USD');
    expect(town.alice.dms()).toEqual([]);
  });

  it('when its time was over: it has ended, and that is told by direct message', async () => {
    const town = await startTown();
    const quoted = await quote(town.alice, CARD);
    town.vendor.faultGet('/balance', 'hang');
    await showing(await pressConfirm(town.alice, quoted), 'Checking');
    await town.bot.stop('SIGKILL');
    town.vendor.clearFaults();
    town.discord.advance(16 * 60_000);
    await town.restart(later(16));
    await dmWith(town.alice, 'Expired');
    expect(purchases(town)).toBe(0);
  });
});

describe('a price that rose while the bot was down', () => {
  async function risen() {
    const town = await startTown();
    const quoted = await quote(town.alice, CARD, 2);
    town.vendor.faultGet('/balance', 'hang');
    const exchange = await pressConfirm(town.alice, quoted);
    await showing(exchange, 'Checking');
    await town.bot.stop('SIGKILL');
    town.vendor.clearFaults();
    town.vendor.setPrice(CARD, '6.00');
    return { town, exchange };
  }

  it('brings a new offer in place of the message, which can be confirmed', async () => {
    const { town, exchange } = await risen();
    await town.restart();
    const offer = await showing(exchange, 'The price rose from $9.80 to $12.00');
    const receipt = await confirm(town.alice, offer);
    expect(receipt.text).toContain('Charged **$12.00**');
    expect(town.vendor.orders().map(({ amount }) => amount)).toEqual(['12.00']);
    expect(town.alice.dms()).toHaveLength(1);
  });

  it('says why there is no new offer, when there can be none', async () => {
    const { town, exchange } = await risen();
    await town.restart({ MAX_ORDER_TOTAL: '10' });
    const told = await showing(exchange, 'There is no new quote.');
    expect(told.text).toContain('the limit for one order is $10');
    expect(told.buttons).toEqual([]);
  });

  it('brings the offer by direct message where the message can no longer be edited, once, and it can be confirmed there', async () => {
    const { town } = await risen();
    town.discord.advance(16 * 60_000);
    const restarted = await town.restart();
    const offer = await dmWith(town.alice, 'The price rose from $9.80 to $12.00');
    await restarted.stop('SIGKILL');
    await town.restart();
    const button = offer.buttons.find(({ label }) => label === 'Confirm $12.00');
    const exchange = await town.alice.inDms.press(offer, button?.customId ?? '');
    await showing(exchange, 'Bought: 2 × Google Play US 5 USD');
    const offers = town.alice.dms().filter(({ text }) => text.includes('The price rose'));
    expect(offers.length).toBeLessThanOrEqual(1);
    expect(town.vendor.orders().map(({ amount }) => amount)).toEqual(['12.00']);
  });
});
