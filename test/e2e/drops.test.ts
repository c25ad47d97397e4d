import { describe, expect, it } from 'vitest';
import { CARD, card, pressOn, pressUntilTaken, publicIn, showing } from './approving.ts';
import { pressAnywhere, settle, soldCards, startBigTown, untilSold } from './campaigning.ts';
import { addPerson, claimOf, codesOf, numbersOf, panelFor, sentTo, startCampaign } from './dropping.ts';
import { eventually, type Person, press, purchases, startTown } from './town.ts';

const textOf = async (message: Promise<{ text: string }>) => (await message).text;

describe('a drop', () => {
  it('of 20 cards that 500 press at once gives 20 of them one each, and tells the others kindly', async () => {
    const town = await startBigTown();
    const id = await startCampaign(town.alice, 'reward drop', { cards: 20 });
    const people = settle(town, 500);
    const announced = await card(town, '20 of 20 left');
    const exchanges = await Promise.all(people.map(({ here }) => pressUntilTaken(here, announced, 'Claim a card')));
    // Discord takes 50 edits a second: the last of 500 answers comes late by itself.
    const read = await Promise.all(exchanges.map((exchange) => exchange.settled(90_000)));
    const kept = read.filter(({ text }) => !text.includes('others were a little faster'));
    expect(kept).toHaveLength(20);
    expect(read.every(({ ephemeral }) => ephemeral)).toBe(true);
    for (const { text } of kept) expect(text).toMatch(/You have one of the 20 cards|A gift card for you/);
    const sent = await sentTo(town, people, 20);
    expect(numbersOf(sent)).toEqual(Array(20).fill(1));
    expect(new Set([...sent.values()].flat()).size).toBe(20);
    expect(soldCards(town)).toBe(20);
    const shown = () => publicIn(town).find(({ id: message }) => message === announced.id)?.text;
    await expect.poll(shown, { timeout: 40_000 }).toContain('All claimed.');
    expect(shown()).toContain('20 of 20 claimed');
    // Once more, by everybody who has one: none gets a second.
    const winners = people.filter(({ id: user }) => sent.has(user));
    await Promise.all(winners.map((person) => textOf(claimOf(person, id))));
    expect(soldCards(town)).toBe(20);
    expect(codesOf(town, people).size).toBe(20);
  });

  it('shows whoever has closed direct messages where their code is', async () => {
    const town = await startTown();
    const id = await startCampaign(town.alice, 'reward drop', { cards: 1 });
    town.discord.closeDms(town.bob.id);
    const exchange = await pressAnywhere(town.bob, `drop.claim:${id}`);
    const shown = await exchange.until(({ buttons }) => buttons.length > 0, 45_000);
    expect(shown.text).toContain('A gift card for you: 1 × Google Play US 5 USD');
    const revealed = await press(town.bob.here, shown, 'Show codes here');
    expect(revealed.text).toContain(town.vendor.issuedCodes()[0]);
    expect(await textOf(claimOf(town.bob, id))).toContain('A gift card for you');
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
    const told = await showing(exchange, 'your place is kept');
    expect(told.text).toContain('Nothing was bought');
    town.vendor.setStock(CARD, 0);
    await press(town.alice.here, await panelFor(town.alice, id), 'Go on');
    const next = await pressAnywhere(second, `drop.claim:${id}`);
    await showing(next, 'CardPlusPay says that this card is out of stock');
    expect(soldCards(town)).toBe(0);
    town.vendor.setStock(CARD, null);
    await press(town.alice.here, await panelFor(town.alice, id), 'Go on');
    await claimOf(third, id);
    const sent = await sentTo(town, people, 3);
    expect(numbersOf(sent)).toEqual([1, 1, 1]);
    expect(soldCards(town)).toBe(3);
    expect(await textOf(claimOf(town.bob, id))).toContain('a little faster');
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
    await showing(lost, 'has not answered clearly whether it took the order for your card');
    const waits = await pressAnywhere(second, `drop.claim:${id}`);
    const told = await showing(waits, 'has not answered clearly about an earlier card');
    expect(told.text).toContain('Your place is kept');
    const sent = await sentTo(town, [first, second], 2);
    expect(numbersOf(sent)).toEqual([1, 1]);
    expect(soldCards(town)).toBe(2);
  });

  it('draws among all who press in its first seconds, where it was made so', async () => {
    const town = await startBigTown();
    const values = { cards: 3, 'draw-seconds': 8 };
    const id = await startCampaign(town.alice, 'reward drop', values);
    const people = settle(town, 10);
    const read = await Promise.all(people.map((person) => textOf(claimOf(person, id))));
    for (const text of read) expect(text).toContain('You are in');
    expect(soldCards(town)).toBe(0);
    const sent = await sentTo(town, people, 3);
    const [loser] = people.filter(({ id: user }) => !sent.has(user));
    if (!loser) throw new Error('everybody has one');
    expect(await textOf(claimOf(loser, id))).toContain('not drawn');
    expect(soldCards(town)).toBe(3);
  });

  it('that buys all at its start gives the rest to who runs it', async () => {
    const town = await startBigTown();
    const values = { cards: 3, buy: 'start' };
    const id = await startCampaign(town.alice, 'reward drop', values);
    await untilSold(town, 3);
    await textOf(claimOf(town.bob, id));
    await sentTo(town, [town.bob], 1);
    await press(town.alice.here, await panelFor(town.alice, id), 'End it now');
    const sent = await eventually(
      () => {
        const codes = codesOf(town, [town.alice]).get(town.alice.id);
        return codes?.length === 2 && codes;
      },
      () => `two codes to alice:\n${town.alice.dms().map(({ text }) => text)}`,
    );
    expect(codesOf(town, [town.bob]).get(town.bob.id)).not.toContain(sent[0]);
    expect(soldCards(town)).toBe(3);
  });
});

describe('who may claim', () => {
  it('is not who runs it, nor who approved it', async () => {
    const town = await startTown();
    const { alice, ada, bob } = town;
    const planned = await (await bob.here.run('reward drop', { item: CARD, cards: 2 })).settled();
    expect(planned.text).toContain('It needs an approval');
    await press(bob.here, planned, 'Ask for approval');
    await pressOn(ada.here, await card(town, 'Approval wanted'), 'Approve');
    const announced = await card(town, '2 of 2 left');
    const claim = async ({ here }: Person) => (await press(here, announced, 'Claim a card')).text;
    expect(await claim(bob)).toContain('You started or approved');
    expect(await claim(ada)).toContain('You started or approved');
    expect(await claim(alice)).toMatch(/You have one of the 2|A gift card for you/);
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
    expect(await textOf(claimOf(fan, id))).toContain('You have one of the 2');
    await sentTo(town, [fan], 1);
    const next = await startCampaign(alice, 'reward drop', { cards: 2, 'quiet-days': 7 });
    const quiet = await textOf(claimOf(fan, next));
    expect(quiet).toContain('were sent no gift card here for 7 days');
    expect(soldCards(town)).toBe(1);
  });
});

describe('what cannot be', () => {
  it.each([
    [{ cards: 2, ends: 'soon' }, 'is not a time within the next 60 days'],
    [{ cards: 2, starts: 'tomorrow 18:00', ends: '2 hours' }, 'would end before it starts'],
  ])('is said in a sentence, and nothing is bought: %o', async (values, words) => {
    const town = await startTown();
    const answer = await (await town.alice.here.run('reward drop', { item: CARD, ...values })).settled();
    expect(answer.text).toContain(words);
    expect(soldCards(town)).toBe(0);
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
