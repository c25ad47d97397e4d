import { describe, expect, it } from 'vitest';
import { confirm, type Person, pressConfirm, purchases, quote, startTown, toldAside } from './town.ts';

async function refused(person: Person, command: string, options: Record<string, string | number>) {
  const exchange = await person.here.run(command, options, { unchecked: true });
  return (await exchange.settled()).text;
}

describe('bad input gets one clear sentence, and costs nothing', () => {
  it('an unknown item, a quantity of 0 or 101, a card that is out of stock', async () => {
    const town = await startTown();
    expect(await refused(town.alice, 'buy', { item: 'no-such-card' })).toContain(
      'CardPlusPay has no card with the code "no-such-card"',
    );
    for (const quantity of [0, 101, -3, 1.5]) {
      expect(await refused(town.alice, 'buy', { item: 'google-play-usd-5', quantity })).toContain(
        'The quantity must be a whole number from 1 to 100.',
      );
      expect(await refused(town.alice, 'stock', { item: 'google-play-usd-5', quantity })).toContain(
        'The quantity must be a whole number from 1 to 100.',
      );
    }
    expect(await refused(town.alice, 'buy', { item: 'netflix-usd-60' })).toContain('out of stock');
    expect(await refused(town.alice, 'buy', { item: '@everyone **x** <@1> `a`' })).toContain('CardPlusPay has no card');
    expect(purchases(town)).toBe(0);
  });

  it("the operator's caps, per order and per day, at the quote and again at Confirm", async () => {
    const town = await startTown({ environment: { MAX_ORDER_TOTAL: '20', MAX_DAY_TOTAL: '30' } });
    expect(await refused(town.alice, 'buy', { item: 'google-play-usd-5', quantity: 5 })).toContain(
      'This would cost $24.50, and the limit for one order is $20.',
    );
    const quotes = [await quote(town.alice, 'google-play-usd-5', 4), await quote(town.ada, 'google-play-usd-5', 3)];
    await (await pressConfirm(town.alice, quotes[0] as never)).until(({ text }) => text.includes('Bought: 4'), 30_000);
    const second = await pressConfirm(town.ada, quotes[1] as never);
    const failed = await second.until(({ text }) => text.includes('Not bought'), 30_000);
    expect(failed.text).toContain("over what's left to spend today");
    expect(await refused(town.alice, 'buy', { item: 'google-play-usd-5', quantity: 3 })).toContain(
      'Of the $30 daily limit, $10.40 is left',
    );
    expect(town.vendor.orders()).toHaveLength(1);
  });

  it('a balance that is too low', async () => {
    const town = await startTown({ vendor: { balance: '5.00' } });
    expect(await refused(town.alice, 'buy', { item: 'google-play-usd-5', quantity: 2 })).toContain(
      'This would cost $9.80, and the account has $5.00.',
    );
  });

  it("another member's buttons, also when a tampered client presses them", async () => {
    const town = await startTown();
    const quoted = await quote(town.alice, 'google-play-usd-5');
    const receipt = await confirm(town.ada, await quote(town.ada, 'razer-gold-usd-1'));
    expect(town.bob.here.sees()).toEqual([]);
    const own = await quote(town.bob, 'google-play-usd-5');
    for (const { customId } of [...quoted.buttons, ...receipt.buttons]) {
      const exchange = await town.bob.here.press(own, customId ?? '', { forged: true });
      const said = () => [exchange.message(), ...exchange.followUps()].map((each) => each?.text).join();
      await expect.poll(said, { timeout: 20_000 }).toContain("This is somebody else's order");
      for (const code of town.vendor.issuedCodes()) expect(said()).not.toContain(code);
    }
    expect(purchases(town)).toBe(1);
    expect((await confirm(town.alice, quoted)).text).toContain('Bought:');
  });

  it('a guild that is not on the list gets a polite refusal and no data', async () => {
    const town = await startTown();
    const stranger = town.discord.addGuild({ name: 'Strangers' });
    const eve = town.discord.addMember(stranger.id, { name: 'eve', permissions: 1n << 5n });
    expect(town.discord.commands(stranger.id)).toEqual([]);
    await town.bot.stop();
    // Its commands are still there from when it was allowed.
    await (await town.restart({ DISCORD_GUILD_IDS: `${town.guildId},${stranger.id}` })).stop();
    await town.restart();
    const here = town.discord.as(eve.id, { guildId: stranger.id, channelId: stranger.general.id });
    for (const [command, options] of [
      ['balance', {}],
      ['buy', { item: 'google-play-usd-5' }],
      ['orders', {}],
    ] as const) {
      const answer = await (await here.run(command, options)).settled();
      expect(answer.text).toContain('Cardigan is not set up for this server.');
      expect(answer.ephemeral).toBe(true);
    }
    expect(await here.complete('buy', { item: 'goo' }, 'item')).toEqual([]);
  });

  it('an API key that is refused while running: it says so, and goes on', async () => {
    const town = await startTown();
    const quoted = await quote(town.alice, 'google-play-usd-5');
    town.vendor.faultGet('/balance', 'unauthorized', { times: 2 });
    expect(await refused(town.alice, 'balance', {})).toContain('CardPlusPay refused the API key.');
    expect(await refused(town.alice, 'buy', { item: 'google-play-usd-5' })).toMatch(
      /Whoever runs Cardigan needs to check CARDPLUSPAY\\?_API\\?_KEY/,
    );
    town.vendor.fault('unauthorized');
    const exchange = await pressConfirm(town.alice, quoted);
    const failed = await exchange.until(({ text }) => text.includes('Not bought'), 30_000);
    expect(failed.text).toContain('CardPlusPay refused the API key. Nothing was bought.');
    expect(await refused(town.alice, 'balance', {})).toContain('$1,000.00');
  });

  it('CardPlusPay out of reach: it says so, and goes on', async () => {
    const town = await startTown();
    town.vendor.faultGet('/balance', '500', { times: 10 });
    expect(await refused(town.alice, 'balance', {})).toContain("Cardigan can't reach CardPlusPay right now.");
    expect((await quoteOf(town.bob)).text).toContain("Cardigan can't reach CardPlusPay right now");
  });

  it('a page of a list that somebody else made', async () => {
    const town = await startTown();
    const list = await (await town.alice.here.run('catalog', {})).settled();
    const turn = list.buttons.find(({ label }) => label === 'Next')?.customId ?? '';
    const own = await (await town.bob.here.run('catalog', {})).settled();
    const exchange = await town.bob.here.press(own, turn, { forged: true });
    expect(await toldAside(exchange)).toContain("This is somebody else's");
  });
});

const quoteOf = (person: Person) => quote(person, 'google-play-usd-5');
