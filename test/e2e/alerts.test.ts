import { describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { confirm, eventually, type Person, press, quote, startTown, type Town } from './town.ts';

const CARD = 'google-play-usd-5';

/** What everybody reads in the admins' channel with these words, oldest first. */
const told = ({ discord, adminsId }: Town, words: string): Message[] =>
  discord.channelMessages(adminsId).filter(({ ephemeral, text }) => !ephemeral && text.includes(words));

const notice = (town: Town, words: string): Promise<Message> =>
  eventually(
    () => told(town, words).at(-1),
    () => `"${words}" among:\n${told(town, '').map(({ text }) => text)}`,
  );

const alertsPage = async ({ here }: Person): Promise<Message> =>
  press(here, await (await here.run('settings')).settled(), 'Alerts');

/** Sets below which the balance is low, and gives the page as it says so, or says why not. */
async function setThreshold(person: Person, value: string): Promise<Message> {
  const form = await person.here.press(await alertsPage(person), 'settings.edit:lowBalance');
  return (await person.here.submit(form, { value })).settled();
}

/** Has somebody ask for the balance, which the bot knows from then on. */
const readBalance = async ({ here }: Person) => (await here.run('balance')).settled();

describe('a low balance', () => {
  it('is told once when it falls by buying, not again by a restart, and is over after a top-up', async () => {
    const town = await startTown({ vendor: { balance: '100.00' } });
    const { alice, vendor } = town;
    await setThreshold(alice, '97');
    await confirm(alice, await quote(alice, CARD));
    await readBalance(alice);
    const low = await notice(town, 'The balance is low: $95.10 left');
    expect(low.text).toContain('Alert set below **$97.00**');
    expect(low.text).toMatch(/At the pace of the last 7 days it lasts until about \*\*<t:\d+:D>\*\*/);
    await confirm(alice, await quote(alice, CARD));
    await town.bot.stop();
    await town.restart();
    await readBalance(alice);
    // Above the line, and not yet a tenth above it.
    vendor.setBalance('98.00');
    await readBalance(alice);
    vendor.setBalance('106.70');
    await readBalance(alice);
    const over = await notice(town, 'The balance is no longer low');
    expect(over.id).toBe(low.id);
    vendor.setBalance('96.00');
    await readBalance(alice);
    const again = await notice(town, 'The balance is low: $96.00 left');
    expect(again.id).not.toBe(low.id);
    expect(told(town, 'The balance is')).toHaveLength(2);
  });
});
