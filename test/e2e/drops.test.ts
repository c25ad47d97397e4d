import { describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { CARD, card, pressOn, pressUntilTaken, publicIn, showing } from './approving.ts';
import {
  codesIn,
  pressAnywhere,
  reveal,
  revealedTo,
  settle,
  soldCards,
  startBigTown,
  untilSold,
} from './campaigning.ts';
import { addPerson, claimOf, numbersOf, panelFor, startCampaign } from './dropping.ts';
import { confirm, eventually, type Person, press, purchases, quote, startTown } from './town.ts';

const textOf = async (message: Promise<{ text: string }>) => (await message).text;

describe('a drop', () => {
  // Beside browsers and other bots on two cores, a crowd of this size may meet Discord's 3 seconds: it gets more tries.
  it('of 20 cards that 500 press at once gives 20 of them one each, and tells the others kindly', {
    retry: 3,
  }, async () => {
    const town = await startBigTown();
    const id = await startCampaign(town.alice, 'reward drop', { cards: 20 });
    const people = settle(town, 500);
    const announced = await card(town, '0 of 20 claimed');
    const exchanges = await Promise.all(people.map(({ here }) => pressUntilTaken(here, announced, 'Claim a card')));
    // Who had to press again after the last card was gone reads that on the message itself.
    const answered = exchanges.filter((exchange) => exchange !== undefined);
    const read = await Promise.all(answered.map((exchange) => exchange.settled(60_000)));
    // Whoever has nothing but the acknowledgement was refused, and nobody's place was taken before it.
    for (const [index, { acknowledged }] of answered.entries())
      if (acknowledged === 'message') expect(read[index]?.text).toContain('have been claimed');
    const kept = read.filter(({ text }) => !text.includes('have been claimed'));
    expect(kept).toHaveLength(20);
    expect(read.every(({ ephemeral }) => ephemeral)).toBe(true);
    for (const { text } of kept) expect(text).toMatch(/You got one of the 20 cards|Your code/);
    const winners = people.filter(
      (_, at) => !exchanges[at] || kept.includes(read[answered.indexOf(exchanges[at])] as Message),
    );
    const sent = await revealedTo(town, winners, id, 20);
    expect(numbersOf(sent)).toEqual(Array(20).fill(1));
    expect(new Set([...sent.values()].flat()).size).toBe(20);
    expect(soldCards(town)).toBe(20);
    const shown = () => publicIn(town).find(({ id: message }) => message === announced.id)?.text;
    await expect.poll(shown, { timeout: 40_000 }).toContain('All claimed.');
    expect(shown()).toContain('20 of 20 claimed');
    // Once more, by everybody who has one: none gets a second, and each sees the same code.
    const again = await Promise.all(winners.map((person) => textOf(claimOf(person, id))));
    for (const [at, { id: user }] of winners.entries())
      for (const code of sent.get(user) ?? []) expect(again[at]).toContain(code);
    expect(soldCards(town)).toBe(20);
  });

  it('shows whoever claims the code in their own answer, without a direct message, and to nobody else', async () => {
    const town = await startTown();
    const id = await startCampaign(town.alice, 'reward drop', { cards: 1 });
    const exchange = await pressAnywhere(town.bob, `drop.claim:${id}`);
    const codes = () => town.vendor.issuedCodes();
    const shown = await exchange.until(({ text }) => codes().some((code) => text.includes(code)), 45_000);
    expect(shown.ephemeral).toBe(true);
    expect(shown.text).toContain('Your code: 1 × Google Play US 5 USD');
    expect(await textOf(claimOf(town.bob, id))).toContain(codes()[0]);
    const others = await textOf(reveal(town.ada, id));
    expect(others).toContain('There is no card for you in');
    const seenByOthers = [...publicIn(town), ...town.alice.dms(), ...town.ada.dms()].map(({ text }) => text).join();
    for (const code of codes()) expect(seenByOthers).not.toContain(code);
    expect(town.bob.dms()).toEqual([]);
    const opened = town.discord.requests.filter(({ path }) => path.endsWith('/users/@me/channels'));
    expect(JSON.stringify(opened)).not.toContain(town.bob.id);
    expect(soldCards(town)).toBe(1);
  });

  it('keeps everybody’s place when CardPlusPay has run out, and goes on when it has more', async () => {
    const town = await startBigTown();
    const id = await startCampaign(town.alice, 'reward drop', { cards: 3 });
    town.vendor.fault('out-of-stock');
    const people = settle(town, 3);
    const [first, second, third] = people;
    if (!first || !second || !third) throw new Error('nobody is there');
    const exchange = await pressAnywhere(first, `drop.claim:${id}`);
    const told = await showing(exchange, 'your place is safe');
    expect(told.text).toContain('Nothing was charged');
    town.vendor.setStock(CARD, 0);
    await press(town.alice.here, await panelFor(town.alice, id), 'Resume');
    const next = await pressAnywhere(second, `drop.claim:${id}`);
    await showing(next, 'This card is out of stock at CardPlusPay');
    expect(soldCards(town)).toBe(0);
    town.vendor.setStock(CARD, null);
    await press(town.alice.here, await panelFor(town.alice, id), 'Resume');
    await claimOf(third, id);
    const sent = await revealedTo(town, people, id);
    expect(numbersOf(sent)).toEqual([1, 1, 1]);
    expect(soldCards(town)).toBe(3);
    expect(await textOf(claimOf(town.bob, id))).toContain('have been claimed');
  });

  it('lets others wait while the outcome of one purchase is not known, and tells them so', async () => {
    const town = await startBigTown({
      environment: { PURCHASE_TIMEOUT_S: '10', RECONCILE_FOR_S: '40' },
    });
    const id = await startCampaign(town.alice, 'reward drop', { cards: 2 });
    town.vendor.fault('reset-after-commit');
    const [first, second] = settle(town, 2);
    if (!first || !second) throw new Error('nobody is there');
    const lost = await pressAnywhere(first, `drop.claim:${id}`);
    await eventually(
      () => purchases(town) === 1,
      () => 'the purchase went out',
    );
    // Nor does the list of orders tell for now.
    town.vendor.faultGet('/orders', '500', { times: 4 });
    await showing(lost, "hasn't confirmed the order for your card");
    const waits = await pressAnywhere(second, `drop.claim:${id}`);
    const told = await showing(waits, "hasn't confirmed an earlier card");
    expect(told.text).toContain('Your place is safe');
    const sent = await revealedTo(town, [first, second], id);
    expect(numbersOf(sent)).toEqual([1, 1]);
    expect(soldCards(town)).toBe(2);
  });

  it('draws among all who press in its first seconds, where it was made so', async () => {
    const town = await startBigTown();
    const values = { cards: 3, 'draw-seconds': 8 };
    const id = await startCampaign(town.alice, 'reward drop', values);
    const people = settle(town, 10);
    const read = await Promise.all(people.map((person) => textOf(claimOf(person, id))));
    for (const text of read) expect(text).toContain("You're in");
    expect(soldCards(town)).toBe(0);
    const sent = await revealedTo(town, people, id, 3);
    const [loser] = people.filter(({ id: user }) => !sent.has(user));
    if (!loser) throw new Error('everybody has one');
    expect(await textOf(claimOf(loser, id))).toContain("didn't win");
    expect(soldCards(town)).toBe(3);
  });

  it('that buys all at its start leaves the rest to the server, whose next order is served with it', async () => {
    const town = await startBigTown();
    const values = { cards: 3, buy: 'start' };
    const id = await startCampaign(town.alice, 'reward drop', values);
    await untilSold(town, 3);
    await textOf(claimOf(town.bob, id));
    const claimed = await revealedTo(town, [town.bob], id);
    await press(town.alice.here, await panelFor(town.alice, id), 'End now');
    await expect
      .poll(() => town.alice.dms().map(({ text }) => text), { timeout: 40_000 })
      .toContainEqual(expect.stringContaining('never claimed: 2 (kept for'));
    const stock = await (await town.ada.here.run('stock', { item: CARD })).settled();
    expect(stock.text).toContain('2 on hand in this server');
    const list = await (await town.ada.here.run('reward list')).settled();
    expect(list.text).toContain('2 × Google Play US 5 USD · face value $5.00');
    expect(codesIn(town, town.alice.dms())).toEqual([]);
    const receipt = await confirm(town.ada, await quote(town.ada, CARD, 2));
    expect(receipt.text).toContain('nothing new was charged');
    const codes = [...codesIn(town, town.ada.dms()), ...(claimed.get(town.bob.id) ?? [])];
    expect(new Set(codes).size).toBe(3);
    expect([soldCards(town), codesIn(town, town.alice.dms()).length]).toEqual([3, 0]);
  });
});

describe('who may claim', () => {
  it('is not who runs it, nor who approved it', async () => {
    const town = await startTown();
    const { alice, ada, bob } = town;
    const planned = await (await bob.here.run('reward drop', { item: CARD, cards: 2 })).settled();
    expect(planned.text).toContain('Needs approval');
    await press(bob.here, planned, 'Request approval');
    await pressOn(ada.here, await card(town, 'Approval needed'), 'Approve');
    const announced = await card(town, '0 of 2 claimed');
    const claim = async ({ here }: Person) => (await press(here, announced, 'Claim a card')).text;
    expect(await claim(bob)).toContain('You started, approved or edited');
    expect(await claim(ada)).toContain('You started, approved or edited');
    expect(await claim(alice)).toMatch(/You got one of the 2|Your code/);
  });

  it('is who has the role, is old enough here and at Discord, and was sent no card lately', async () => {
    const town = await startTown();
    const { discord, guildId, alice, bob } = town;
    const role = discord.addRole(guildId, { name: 'fans' });
    const rules = { role: role.id, 'account-days': 30, 'member-days': 7, 'quiet-days': 7 };
    const id = await startCampaign(alice, 'reward drop', { cards: 2, ...rules });
    const told = await textOf(claimOf(bob, id));
    expect(told).toContain('people with the role');
    expect(told).toContain('at least 30 days old');
    expect(told).toContain('at least 7 days');
    const day = 24 * 60 * 60_000;
    const past = { createdAt: Date.now() - 40 * day, joinedAt: Date.now() - 8 * day };
    const fan = addPerson(town, { name: 'fan', ...past });
    discord.setRoles(guildId, fan.id, [role.id]);
    expect(await textOf(claimOf(fan, id))).toMatch(/You got one of the 2|Your code/);
    await revealedTo(town, [fan], id);
    const next = await startCampaign(alice, 'reward drop', { cards: 2, 'quiet-days': 7 });
    const quiet = await textOf(claimOf(fan, next));
    expect(quiet).toContain("haven't received a gift card here in the last 7 days");
    expect(soldCards(town)).toBe(1);
  });
});

describe('what cannot be', () => {
  it.each([
    [{ cards: 2, ends: 'soon' }, "isn't a time in the next 60 days"],
    [{ cards: 2, starts: 'tomorrow 18:00', ends: '2 hours' }, 'would end before it starts'],
  ])('is said in a sentence, and nothing is bought: %o', async (values, words) => {
    const town = await startTown();
    const answer = await (await town.alice.here.run('reward drop', { item: CARD, ...values })).settled();
    expect(answer.text).toContain(words);
    expect(soldCards(town)).toBe(0);
  });

  it('is not a time as people write it: short, of twelve hours, or as Discord does', async () => {
    const { alice } = await startTown();
    const inTwoHours = Math.floor(Date.now() / 1000) + 7200;
    for (const ends of ['1d', '1h30m', '90m', 'tomorrow 6:30 pm', `<t:${inTwoHours}:R>`]) {
      const exchange = await alice.here.run('reward drop', { item: CARD, cards: 2, ends });
      expect((await exchange.settled()).text).toContain('Start this drop?');
    }
  });

  it('is a drop where Cardigan may not write, which is said before anything is promised', async () => {
    const town = await startTown();
    const { discord, guildId, alice } = town;
    const channel = discord.addChannel(guildId, 'prizes', { botMayPost: false });
    const values = { item: CARD, cards: 2, channel: channel.id };
    const answer = await (await alice.here.run('reward drop', values)).settled();
    expect(answer.text).toContain('prizes');
    expect(answer.buttons).toEqual([]);
  });
});
