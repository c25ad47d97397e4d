import { describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { CARD, card, pressOn, publicIn, refusal, showing } from './approving.ts';
import { choose, confirm, eventually, type Person, press, purchases, startTown, type Town } from './town.ts';

interface Sent {
  message?: string;
  receipt?: 'public' | 'private';
}

/** Runs /reward send and waits for the quote. */
async function send(from: Person, to: Person, more: Sent = {}): Promise<Message> {
  const options = { member: to.id, item: CARD, ...more };
  return (await from.here.run('reward send', options)).settled();
}

const rewardsOf = async (person: Person) => (await person.here.run('rewards')).settled();
const codeOf = ({ vendor }: Town) => vendor.issuedCodes()[0] ?? 'no code';
const dmTo = (person: Person, words: string) =>
  eventually(
    () => person.dms().find(({ text }) => text.includes(words)),
    () => `"${words}" among:\n${person.dms().map(({ text }) => text)}`,
  );

/** Everything that anybody but the recipient sees. */
function seenByOthers(town: Town, recipient: Person): string {
  const { alice, ada, bob } = town;
  const others = [alice, ada, bob].filter(({ id }) => id !== recipient.id);
  const theirs = others.flatMap(({ here, dms }) => [...here.sees(), ...dms()]);
  return [...theirs, ...publicIn(town)].map(({ text }) => text).join('\n');
}

describe('/reward send', () => {
  it('brings the code to its recipient with the sender’s words, and shows it to nobody else', async () => {
    const town = await startTown();
    const { alice, bob } = town;
    const quoted = await send(alice, bob, { message: 'Well *done*', receipt: 'public' });
    expect(quoted.text).toContain(`Send 1 × Google Play US 5 USD to <@${bob.id}>?`);
    const receipt = await confirm(alice, quoted);
    expect(receipt.text).toContain('Sent: 1 × Google Play US 5 USD');
    expect(receipt.buttons).toEqual([]);
    const dm = await dmTo(bob, codeOf(town));
    expect(dm.text).toContain(`<@${alice.id}> sent you a gift card: “Well \\*done\\*”`);
    const said = await card(town, `<@${alice.id}> sent <@${bob.id}> a gift card.`);
    expect(said.text).not.toContain('done');
    expect(publicIn(town)).toHaveLength(1);
    expect(alice.dms()).toEqual([]);
    expect(seenByOthers(town, bob)).not.toContain(codeOf(town));
    expect(await town.traces()).not.toContain(codeOf(town));
    expect(purchases(town)).toBe(1);
  });

  it('says nothing in the channel unless its sender chose that', async () => {
    const town = await startTown();
    await confirm(town.alice, await send(town.alice, town.bob));
    await dmTo(town.bob, codeOf(town));
    expect(publicIn(town)).toEqual([]);
  });

  it('is refused for oneself, a bot, and somebody who is not here; nothing is bought', async () => {
    const town = await startTown();
    const { discord, guildId, alice, bob } = town;
    expect((await send(alice, alice)).text).toContain("You can't send a gift card to yourself");
    const bot = { id: discord.applicationId };
    const refused = await alice.here.run('reward send', { member: bot.id, item: CARD });
    expect((await refused.settled()).text).toContain("You can't send gift cards to bots");
    discord.removeMember(guildId, bob.id);
    expect((await send(alice, bob)).text).toContain("That person isn't in this server");
    expect(purchases(town)).toBe(0);
  });

  it('buys nothing for a member who has left since the quote', async () => {
    const town = await startTown();
    const quoted = await send(town.alice, town.bob);
    town.discord.removeMember(town.guildId, town.bob.id);
    const end = await confirm(town.alice, quoted);
    expect(end.text).toContain('The recipient had left the server');
    expect(end.text).toContain('/reward send');
    expect(purchases(town)).toBe(0);
  });

  it('keeps whom it is for when the price rises', async () => {
    const town = await startTown();
    const { alice, bob, vendor } = town;
    const quoted = await send(alice, bob, { message: 'Well done' });
    vendor.setPrice(CARD, '5.50');
    const exchange = await pressOn(alice.here, quoted, 'Confirm');
    const offer = await showing(exchange, 'The price rose');
    expect(offer.text).toContain(`to <@${bob.id}>?`);
    await confirm(alice, offer);
    expect((await dmTo(bob, codeOf(town))).text).toContain('Well done');
  });
});

describe('a card to be sent that needs an approval', () => {
  it('is approved by somebody whom it is not for, and its sender hears that it was sent', async () => {
    const town = await startTown();
    const { alice, ada, bob } = town;
    const exchange = await pressOn(bob.here, await send(bob, ada), 'Request approval');
    await showing(exchange, 'Waiting for approval');
    const wanted = await card(town, 'Approval needed: 1 × Google Play US 5 USD');
    expect(wanted.text).toContain(`Requested by <@${bob.id}>, for <@${ada.id}>`);
    expect(await refusal(ada.here, wanted, 'Approve')).toContain('one whose cards are for you');
    await pressOn(alice.here, wanted, 'Approve');
    const dm = await dmTo(ada, 'sent you a gift card');
    expect(dm.text).toContain(codeOf(town));
    expect((await dmTo(bob, 'Sent: 1 × Google Play US 5 USD')).text).not.toContain(codeOf(town));
    expect(seenByOthers(town, ada)).not.toContain(codeOf(town));
    const record = await (await ada.here.run('audit')).settled();
    expect(record.text).toContain(`to <@${ada.id}>`);
    expect(record.text).toContain(`requested by <@${bob.id}>`);
    expect(record.text).not.toContain(codeOf(town));
  });
});

describe('a recipient whose direct messages are closed', () => {
  it('is told in the channel, sees the code with /rewards, and the sender hears of it', async () => {
    const town = await startTown();
    const { alice, ada, bob, discord } = town;
    discord.closeDms(bob.id);
    const receipt = await confirm(alice, await send(alice, bob, { message: 'Well done' }));
    expect(receipt.text).toContain(`<@${bob.id}> doesn't accept direct messages`);
    const waits = await card(town, `<@${bob.id}>, you have a gift card waiting 🎁`);
    expect(waits.text).not.toContain(alice.id);
    expect(waits.pinged).toEqual([bob.id]);
    const refused = await press(ada.here, waits, 'Reveal my code');
    expect(refused.text).toContain("somebody else's order");

    const list = await rewardsOf(bob);
    expect(list.text).toContain('ready to reveal');
    const opened = await choose(bob.here, list, 'Google Play');
    expect(opened.text).toContain(`<@${alice.id}> sent you a gift card: “Well done”`);
    expect(opened.text).not.toContain('4.90');
    const shown = await press(bob.here, opened, 'Reveal code');
    expect(shown.ephemeral).toBe(true);
    expect(shown.text).toContain(codeOf(town));
    const told = async () => (await (await alice.here.run('orders')).settled()).text;
    await expect.poll(told, { timeout: 20_000 }).toContain('· delivered');
    expect((await rewardsOf(bob)).text).toContain('received');
    expect((await rewardsOf(alice)).text).toContain('No gift cards yet');
    expect(seenByOthers(town, bob)).not.toContain(codeOf(town));
  });

  it('shows the code by the button in the channel to them alone', async () => {
    const town = await startTown();
    const { alice, bob, discord } = town;
    discord.closeDms(bob.id);
    await confirm(alice, await send(alice, bob));
    const waits = await card(town, 'you have a gift card waiting');
    const exchange = await pressOn(bob.here, waits, 'Reveal my code');
    expect((await exchange.settled()).text).toContain(codeOf(town));
    expect(seenByOthers(town, bob)).not.toContain(codeOf(town));
  });
});
