import { describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { pressOn } from './approving.ts';
import { confirm, eventually, later, type Person, press, quote, startTown, type Town } from './town.ts';

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

describe('an order that has waited for approval for an hour', () => {
  it('is told once, with the way to its card, and is over when somebody decides', async () => {
    const town = await startTown();
    const { bob, alice } = town;
    const quoted = await quote(bob, CARD);
    await press(bob.here, quoted, 'Request approval');
    const card = await eventually(
      () => town.discord.channelMessages(town.channelId).find(({ text }) => text.includes('Approval needed')),
      () => 'the card of the request',
    );
    await town.bot.stop();
    town.discord.advance(61 * 60_000);
    const bot = await town.restart(later(61));
    const waiting = await notice(town, 'Waiting over an hour for approval: 1 × Google Play US 5 USD');
    expect(waiting.text).toContain(card.id);
    expect(waiting.text).toContain('$4.90');
    await pressOn(alice.here, card, 'Approve');
    await eventually(
      () => bob.dms().length > 0,
      () => "word of it in Bob's direct messages",
    );
    await bot.stop();
    // What stands is looked at once a minute, and first of all at a start.
    await town.restart(later(63));
    const over = await notice(town, 'No longer waiting: 1 × Google Play US 5 USD');
    expect(over.id).toBe(waiting.id);
    expect(told(town, 'aiting')).toHaveLength(1);
  });
});

describe('a key that CardPlusPay refuses while the bot runs', () => {
  it('is told once, and is over when it is taken again', async () => {
    const town = await startTown();
    const { alice, vendor } = town;
    vendor.changeKey('another');
    expect((await quote(alice, CARD)).text).toContain('CardPlusPay');
    const refused = await notice(town, 'CardPlusPay refuses the API key');
    expect(refused.text).toContain('CARDPLUSPAY_API_KEY');
    expect(refused.text).not.toContain(vendor.apiKey);
    vendor.changeKey(vendor.apiKey);
    await readBalance(alice);
    expect((await notice(town, 'CardPlusPay accepts the API key again')).id).toBe(refused.id);
    expect(told(town, 'the API key')).toHaveLength(1);
  });
});

describe('what admins turn off in /settings', () => {
  it('is not told; what stays on is; and both changes are in the audit', async () => {
    const town = await startTown({ vendor: { balance: '50.00' } });
    const { alice, ada } = town;
    const page = await alertsPage(alice);
    expect(page.text).toContain('**Alerts:** all');
    const off = await alice.here.choose(page, 'settings.pick:alertsOff', ['books', 'stop', 'waiting']);
    expect((await off.settled()).text).toContain(
      'Alerts: now all but low balance, API key refused, direct messages held back, disk nearly full (was all).',
    );
    expect((await setThreshold(alice, '100')).text).toContain('Low balance: now below $100, or by forecast');
    await readBalance(alice);
    await (await ada.here.run('stop', { reason: 'We count the cards' })).settled();
    await notice(town, 'Purchases paused');
    const again = await alice.here.choose(await alertsPage(alice), 'settings.pick:alertsOff', ['low_balance']);
    await again.settled();
    await readBalance(alice);
    const low = await notice(town, 'The balance is low: $50.00 left');
    // The stop that was told stays, and is still edited.
    await (await ada.here.run('resume')).settled();
    await notice(town, 'Purchases resumed');
    expect(told(town, 'The balance is low').map(({ id }) => id)).toEqual([low.id]);
    await (await ada.here.run('stop')).settled();
    await readBalance(alice);
    const audit = await (await alice.here.run('audit')).settled();
    expect(audit.text).toContain('Low balance');
    expect(audit.text).toContain('Alerts');
    expect(told(town, 'Purchases paused')).toEqual([]);
  });

  it('takes no amount that is none, says why in one sentence, and changes nothing', async () => {
    const { alice } = await startTown();
    for (const value of ['-5', 'abc', '100000000000000000000']) {
      const refused = await setThreshold(alice, value);
      expect(refused.text).toContain(`"${value}" isn't an allowed amount.`);
      expect(refused.text).toContain('Nothing was changed.');
      expect(refused.text).toContain('**Low balance:** by forecast only');
    }
  });
});

describe('a disk that fills up', () => {
  it('is told where the database is a file, once, and is over when there is room', async () => {
    const town = await startTown({ environment: { LOW_DISK_MB: '10000000' } });
    const isFile = town.environment.STORE_URL?.startsWith('sqlite:');
    if (!isFile) {
      await (await town.ada.here.run('stop')).settled();
      await notice(town, 'Purchases paused');
      return expect(told(town, 'nearly full')).toEqual([]);
    }
    const full = await notice(town, "The disk with Cardigan's database is nearly full");
    await town.bot.stop();
    await town.restart({ LOW_DISK_MB: '1' });
    expect((await notice(town, "The disk with Cardigan's database has room again")).id).toBe(full.id);
  });
});
