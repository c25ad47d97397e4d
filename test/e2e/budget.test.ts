import { describe, expect, it } from 'vitest';
import type { Exchange, Message } from '../../sandbox/discord/start-discord.ts';
import { setPolicy } from './past-the-bot.ts';
import { confirm, eventually, type Person, press, purchases, quote, startTown, type Town, toldAside } from './town.ts';

const CARD = 'google-play-usd-5'; // $4.90

const budgetOf = async (person: Person, member?: string): Promise<Message> =>
  (await person.here.run('budget', { ...(member && { member }) })).settled();

type Filled = { period: string; amount: string; who?: string };

/** Sets a limit as somebody with Manage Server does. */
async function fillIn({ alice }: Town, whose: string, filled: Filled): Promise<Exchange> {
  const asked = await press(alice.here, await budgetOf(alice), 'Set a limit');
  const button = asked.buttons.find(({ label }) => label === whose);
  const form = await alice.here.press(asked, button?.customId ?? '');
  const { who, ...texts } = filled;
  return alice.here.submit(form, { ...texts, ...(who && { who: [who] }) });
}
const setLimit = async (town: Town, whose: string, filled: Filled): Promise<Message> =>
  (await fillIn(town, whose, filled)).settled();

/** What a person sees once their question, or its refusal, is there. */
async function askFor(person: Person, quoted: Message): Promise<string> {
  const button = quoted.buttons.find(({ label }) => label?.startsWith('Request'));
  const exchange = await person.here.press(quoted, button?.customId ?? '');
  const seen = () => [exchange.message()?.text ?? '', ...exchange.followUps().map((m) => m.text)];
  return eventually(
    () => seen().find((text) => text.includes('Waiting for approval') || text.includes('That is over')),
    () => `an answer among:\n${seen()}`,
  );
}
const waits = (text: string) => text.includes('Waiting for approval');

function crowd({ discord, guildId, channelId }: Town): Person[] {
  return Array.from({ length: 20 }, (_, at) => {
    const { id } = discord.addMember(guildId, { name: `member ${at}` });
    const here = discord.as(id, { guildId, channelId });
    const inDms = discord.as(id, { dm: true });
    return { id, here, inDms, dms: () => discord.dmsOf(id) };
  });
}

function cardOf({ discord, channelId }: Town, { id }: Person): Promise<Message> {
  const there = () => discord.channelMessages(channelId).filter(({ ephemeral }) => !ephemeral);
  return eventually(
    () => there().find(({ text }) => text.includes(`Requested by <@${id}>`)),
    () => `the card of ${id} among:\n${there().map(({ text }) => text)}`,
  );
}

describe('a budget', () => {
  it('is passed by no crowd: of twenty who ask at once as many may as fit, and another once one is rejected', async () => {
    const town = await startTown();
    const { alice, ada } = town;
    const set = await setLimit(town, 'This server', { period: 'month', amount: '49' });
    expect(set.text).toContain('This server · $49 a month · **$49.00 left**');

    const people = crowd(town);
    const quotes = await Promise.all(people.map((person) => quote(person, CARD)));
    const answers = await Promise.all(people.map((person, at) => askFor(person, quotes[at] as Message)));
    expect(answers.filter(waits)).toHaveLength(10);
    const refused = people.filter((_, at) => !waits(answers[at] ?? ''));
    expect((await budgetOf(alice)).text).toContain('**$0.00 left** ($49.00 reserved)');

    const lucky = people.find((_, at) => waits(answers[at] ?? '')) as Person;
    const card = await cardOf(town, lucky);
    const reject = card.buttons.find(({ label }) => label === 'Decline');
    const form = await ada.here.press(card, reject?.customId ?? '');
    await (await ada.here.submit(form, { reason: 'Not this month' })).settled();
    const [next, last] = refused as [Person, Person];
    const quoteOf = (person: Person) => quotes[people.indexOf(person)] as Message;
    expect(waits(await askFor(next, quoteOf(next)))).toBe(true);
    expect(await askFor(last, quoteOf(last))).toContain("That is over this server's budget: $0.00 of $49 is left");
    expect(purchases(town)).toBe(0);
  });

  it('shows its member what is left before and after, and admins everybody’s', async () => {
    const town = await startTown();
    const { alice, ada, bob } = town;
    expect((await budgetOf(bob)).text).toContain('You have no spending limit here.');
    const own = { period: 'week', amount: '12.50', who: bob.id };
    expect((await setLimit(town, 'One member', own)).text).toContain(`<@${bob.id}> · $12.50 a week · **$12.50 left**`);
    await setLimit(town, 'Each member', { period: 'month', amount: '20' });
    const before = await budgetOf(bob);
    expect(before.ephemeral).toBe(true);
    expect(before.buttons).toEqual([]);
    expect(before.text).toContain('Each member · $20 a month · **$20.00 left**');

    await askFor(bob, await quote(bob, CARD, 2));
    expect((await budgetOf(bob)).text).toContain('**$2.70 left** ($9.80 reserved)');
    const card = await cardOf(town, bob);
    const approve = card.buttons.find(({ label }) => label?.startsWith('Approve'));
    await ada.here.press(card, approve?.customId ?? '');
    await eventually(
      () => bob.dms().find(({ text }) => text.includes('Your gift card')),
      () => 'the codes',
    );
    expect((await budgetOf(bob)).text).toContain('**$2.70 left** ($9.80 spent)');
    expect((await budgetOf(ada, bob.id)).text).toContain(`Budget of <@${bob.id}>`);
    expect((await budgetOf(bob, ada.id)).text).toContain('Only people with Manage Server');

    const all = await press(alice.here, await budgetOf(alice), 'All limits');
    expect(all.text).toContain('Each member · $20 a month');
    const removed = await press(alice.here, all, 'Remove');
    expect(removed.text).toContain('Spending limit removed');
    expect((await budgetOf(bob)).text).not.toContain('12.50');
  });

  it('that cannot be set is not, with a sentence that says what can', async () => {
    const town = await startTown();
    const bad = await fillIn(town, 'This server', { period: 'day', amount: 'plenty' });
    expect(await toldAside(bad)).toContain('Give an amount from 0 to 999999999');
    expect((await budgetOf(town.alice)).text).toContain('You have no spending limit');
  });
});

describe('what needs no approval', () => {
  it('is not more for who splits it', async () => {
    const town = await startTown();
    await setPolicy(town, { free: { perOrder: '5', perDay: '10' } });
    const { bob } = town;
    for (const _ of [1, 2]) {
      expect((await confirm(bob, await quote(bob, CARD))).text).toContain('Bought');
    }
    const third = await quote(bob, CARD);
    expect(third.buttons[0]?.label).toBe('Request approval · $4.90');
    expect((await budgetOf(bob)).text).toContain('$10 a day · **$0.20 left**');
    expect(purchases(town)).toBe(2);
  });
});

describe('/why', () => {
  it('says what would happen to whom and by which rule, and does nothing', async () => {
    const town = await startTown();
    const { alice, bob, discord } = town;
    await setLimit(town, 'This server', { period: 'month', amount: '30' });
    const why = async (quantity: number, member?: string) =>
      (await alice.here.run('why', { item: CARD, quantity, ...(member && { member }) })).settled();
    expect((await why(1)).text).toContain('No approval needed');
    const bobs = await why(2, bob.id);
    expect(bobs.text).toContain('Needs 1 approval: every order needs 1 approval.');
    expect(bobs.text).toContain('Budget of this server this month: $30.00 → $20.20 left');
    expect(bobs.text).toContain('Whoever runs Cardigan allows $1,000 an order');
    expect(bobs.buttons).toEqual([]);
    const refused = await why(7, bob.id);
    expect(refused.text).toContain("Refused. That is over this server's budget: $30.00 of $30");
    expect((await budgetOf(alice)).text).toContain('**$30.00 left**');
    expect((await bob.here.run('orders')).message()?.text ?? '').not.toContain('Google Play');
    expect(purchases(town)).toBe(0);
    expect(discord.dmsOf(bob.id)).toEqual([]);
  });
});
