import { describe, expect, it } from 'vitest';
import type { Exchange, Message } from '../../sandbox/discord/start-discord.ts';
import { confirm, eventually, type Person, press, purchases, quote, startTown, type Town, toldAside } from './town.ts';

const CARD = 'google-play-usd-5';

/** On which page a setting stands. */
const pageOf: Readonly<Record<string, string>> = {
  ...{ approvers: 'People', askers: 'People', balanceSeers: 'People' },
  ...{ free: 'Money', tiers: 'Money', timeZone: 'Money' },
  ...{ approvalsChannel: 'Channels', adminsChannel: 'Channels' },
  ...{ brands: 'Catalog', mostCards: 'Catalog' },
};

/** A page of /settings, which opens with People. */
async function panelOf({ here }: Person, page = 'People'): Promise<Message> {
  const people = await (await here.run('settings')).settled();
  return page === 'People' ? people : press(here, people, page);
}

/** The page on which a setting stands. */
const open = (person: Person, setting: string): Promise<Message> => panelOf(person, pageOf[setting]);

async function formOf(person: Person, setting: string): Promise<Exchange> {
  return person.here.press(await open(person, setting), `settings.edit:${setting}`);
}

async function submit(person: Person, setting: string, values: Record<string, string>) {
  return person.here.submit(await formOf(person, setting), values);
}

async function type(person: Person, setting: string, values: Record<string, string>) {
  return (await submit(person, setting, values)).settled();
}

async function pick(person: Person, setting: string, ids: string[]): Promise<Exchange> {
  return person.here.choose(await open(person, setting), `settings.pick:${setting}`, ids);
}

const labels = ({ buttons }: Message) => buttons.map(({ label }) => label);

/** The newest message that everybody in the channel sees, with these words. */
function posted({ discord }: Town, channel: string, words: string): Promise<Message> {
  const there = () => discord.channelMessages(channel).filter(({ ephemeral }) => !ephemeral);
  return eventually(
    () => there().findLast(({ text }) => text.includes(words)),
    () => `"${words}" among:\n${there().map(({ text }) => text)}`,
  );
}

describe('/settings', () => {
  it('sets up to how much needs no approval, and the next /buy follows; splitting does not help', async () => {
    const town = await startTown();
    const { alice, bob } = town;
    expect(labels(await quote(bob, CARD))).toContain('Request approval · $4.90');

    const panel = await type(alice, 'free', { perOrder: '5', perDay: '9' });
    expect(panel.ephemeral).toBe(true);
    expect(panel.text).toContain(
      'Auto-approve limit: now $5 an order, $9 a day for each member (was none, every order needs approval).',
    );
    const free = await quote(bob, CARD);
    expect(labels(free)).toContain('Confirm $4.90');
    await confirm(bob, free);
    expect(purchases(town)).toBe(1);
    expect(labels(await quote(bob, CARD))).toContain('Request approval · $4.90');
    expect(labels(await quote(bob, CARD, 2))).toContain('Request approval · $9.80');
  });

  it('sets tiers, which hold for admins as well', async () => {
    const { alice, ada } = await startTown();
    const panel = await type(alice, 'tiers', { value: '9: 2' });
    expect(panel.text).toContain('Approval tiers: now orders over $9 need 2 approvals (was none).');
    expect(labels(await quote(ada, CARD))).toContain('Confirm $4.90');
    expect(labels(await quote(ada, CARD, 2))).toContain('Request approval · $9.80');
  });

  it('says what is allowed to whoever types something else, and leaves everything as it was', async () => {
    const { alice } = await startTown();
    const wrong: [string, Record<string, string>, string][] = [
      ['free', { perOrder: 'ten' }, 'Give a number from 0 to 1000000'],
      ['tiers', { value: '200 by two' }, 'such as 200: 2'],
      ['brands', { value: 'Gogle Play' }, 'Did you mean one of these: Google Play?'],
      ['timeZone', { value: 'Berlin' }, 'Did you mean one of these: Europe/Berlin?'],
    ];
    for (const [setting, values, words] of wrong) {
      const page = await type(alice, setting, values);
      expect(page.text).toContain(words);
      expect(page.text).toContain('Nothing was changed.');
      // Typed once: it comes back in the form.
      const again = page.buttons.find(({ label }) => label === 'Edit again')?.customId ?? '';
      const form = await alice.here.press(page, again);
      expect(form.modal?.fields[0]?.value).toBe(Object.values(values)[0]);
    }
    const panel = await panelOf(alice, 'Money');
    expect(panel.text).toContain('**Auto-approve limit:** none, every order needs approval');
    expect(panel.text).toContain('**Time zone:** UTC');
  });

  it('opens a form with what is set now, and turns its pages', async () => {
    const { alice } = await startTown();
    const page = await type(alice, 'mostCards', { value: '3' });
    expect(page.text).toContain('**Cards per order:** 3 cards');
    const form = await formOf(alice, 'mostCards');
    expect(form.modal?.fields[0]?.value).toBe('3');
    expect((await press(alice.here, page, 'Channels')).text).toContain('Settings: channels');
  });

  it('has the spending limits on its page of money, and leads back from there', async () => {
    const { alice } = await startTown();
    const whose = await press(alice.here, await panelOf(alice, 'Money'), 'Set a limit');
    const form = await alice.here.press(whose, 'budget.limit:guild');
    const set = await (await alice.here.submit(form, { amount: '500', period: 'month' })).settled();
    const money = await press(alice.here, set, 'Settings');
    expect(money.text).toContain('500');
    expect(labels(money)).toContain('All limits');
  });

  it('keeps what two admins set at the same moment', async () => {
    const { alice, ada } = await startTown();
    await Promise.all([type(alice, 'mostCards', { value: '3' }), type(ada, 'tiers', { value: '200: 2' })]);
    expect((await panelOf(alice, 'Catalog')).text).toContain('**Cards per order:** 3 cards');
    expect((await panelOf(alice, 'Money')).text).toContain('**Approval tiers:** orders over $200 need 2 approvals');
  });

  it('is refused to whoever has lost Manage Server since it was opened', async () => {
    const { discord, guildId, alice, ada, bob } = await startTown();
    await expect(bob.here.run('settings')).rejects.toThrow(); // Discord does not show it to him
    const one = await open(ada, 'mostCards');
    const form = await ada.here.press(one, 'settings.edit:mostCards');
    discord.setPermissions(guildId, ada.id, 0n);
    const refused = 'Only people with Manage Server can see and change this';
    expect(await toldAside(await ada.here.submit(form, { value: '3' }))).toContain(refused);
    const again = await ada.here.press(one, 'settings.edit:mostCards');
    expect((await again.settled()).text).toContain(refused);
    expect((await panelOf(alice, 'Catalog')).text).toContain('**Cards per order:** 100 cards');
  });

  it('shows the balance to approvers only, until it names who else sees it', async () => {
    const { discord, guildId, alice, bob } = await startTown();
    const role = discord.addRole(guildId, { name: 'Treasurers' });
    const balance = async (person: Person) => (await (await person.here.run('balance')).settled()).text;
    expect(await balance(bob)).toContain("You can't see the balance here.");
    const picked = await (await pick(alice, 'balanceSeers', [role.id])).settled();
    expect(picked.text).toContain(`Nobody has <@&${role.id}> yet.`);
    expect((await quote(bob, CARD)).text).not.toContain('Balance');
    expect(await balance(alice)).toContain('available');
    discord.setRoles(guildId, bob.id, [role.id]);
    expect(await balance(bob)).toContain('available');
    discord.setRoles(guildId, bob.id, []);
    await (await pick(alice, 'balanceSeers', [guildId])).settled();
    expect(await balance(bob)).toContain('available');
  });
});

describe('a channel set for approvals', () => {
  it('is refused where Cardigan may not write, and used at once where it may', async () => {
    const town = await startTown();
    const { discord, guildId, alice, bob } = town;
    const quiet = discord.addChannel(guildId, 'quiet', { botMayPost: false });
    const { text: refused } = await (await pick(alice, 'approvalsChannel', [quiet.id])).settled();
    expect(refused).toContain('Cardigan is missing a permission in \\#quiet.');
    expect(refused).toContain('Nothing was changed. Choose another channel, or allow Cardigan there: Send Messages');

    const staff = discord.addChannel(guildId, 'staff');
    const panel = await (await pick(alice, 'approvalsChannel', [staff.id])).settled();
    expect(panel.text).toContain(`Approvals channel: now <#${staff.id}> (was where the request is made).`);
    await press(bob.here, await quote(bob, CARD), 'Request');
    await posted(town, staff.id, 'Approval needed');
  });

  it('that stops working is told to the admins, and shown in the panel', async () => {
    const town = await startTown();
    const { discord, guildId, channelId, alice } = town;
    const staff = discord.addChannel(guildId, 'staff');
    const admins = discord.addChannel(guildId, 'admins', { seenBy: [alice.id] });
    await (await pick(alice, 'approvalsChannel', [staff.id])).settled();
    await (await pick(alice, 'adminsChannel', [admins.id])).settled();
    await town.bot.stop();
    discord.deleteChannel(guildId, staff.id);
    await town.restart();
    const told = await posted(town, admins.id, 'A setting has stopped working: Approvals channel');
    expect(told.text).toContain('The approvals channel was deleted.');
    expect((await panelOf(alice)).text).toContain('The approvals channel was deleted.');
    expect(discord.channelMessages(channelId).filter(({ ephemeral }) => !ephemeral)).toEqual([]);
  });
});

describe('what admins are told', () => {
  it('goes to the owner by direct message, and nowhere else, once they have no channel of their own', async () => {
    const town = await startTown();
    const { discord, guildId, channelId, adminsId, alice } = town;
    const { ownerId = '' } = discord.guild(guildId) ?? {};
    await (await pick(alice, 'adminsChannel', [channelId])).settled();
    expect((await panelOf(alice, 'Channels')).text).toContain(`<#${channelId}>, which everyone can read`);
    discord.deleteChannel(guildId, adminsId);
    await (await alice.here.run('stop', { reason: 'We count the cards' })).settled();
    const stop = await eventually(
      () => discord.dmsOf(ownerId).find(({ text }) => text.includes('Purchases paused')),
      () => `a direct message to the owner:\n${town.bot.output()}`,
    );
    expect(stop.text).toContain("it has no private channel for Cardigan's admins");
    expect(stop.buttons).toEqual([]);
    await (await alice.here.run('resume')).settled();
    await expect.poll(() => stop.text, { timeout: 30_000 }).toContain('Purchases resumed');
    expect(discord.channelMessages(channelId).filter(({ ephemeral }) => !ephemeral)).toEqual([]);
  });
});

describe('approvers whose roles nobody may mention', () => {
  it('are not pinged, which admins read once, with the invite that mends it', async () => {
    const town = await startTown();
    const { discord, guildId, adminsId, alice, ada } = town;
    const title = 'Approvers are not pinged';
    const told = await posted(town, adminsId, title);
    const invite = `https://discord.com/oauth2/authorize?client_id=${discord.applicationId}&scope=bot+applications.commands&permissions=274878139392`;
    expect(told.text).toContain(`[this invite](${invite})`);
    expect((await panelOf(alice)).text).toContain(`[this invite](${invite})`);
    await town.bot.stop();
    discord.setPermissions(guildId, discord.applicationId, 1n << 17n);
    await town.restart();
    await posted(town, adminsId, 'A setting works again: Approvers');
    expect((await panelOf(ada)).text).not.toContain('Not pinged');
    expect(discord.channelMessages(adminsId)).toHaveLength(1);
  });
});

describe('a role set for approvers', () => {
  it('approves in place of Manage Server; when it is deleted, the admins are told', async () => {
    const town = await startTown();
    const { discord, guildId, adminsId, alice, ada, bob } = town;
    const role = discord.addRole(guildId, { name: 'Approvers' });
    discord.setRoles(guildId, bob.id, [role.id]);
    const panel = await (await pick(alice, 'approvers', [role.id])).settled();
    expect(panel.text).toContain(`now <@&${role.id}> (was members with Manage Server).`);
    expect(labels(await quote(ada, CARD))).toContain('Request approval · $4.90');
    expect(labels(await quote(bob, CARD))).toContain('Confirm $4.90');

    await town.bot.stop();
    discord.deleteRole(guildId, role.id);
    await town.restart();
    const told = await posted(town, adminsId, 'has stopped working: Approvers');
    expect(told.text).toContain('If it was the only one, nobody can approve.');
    expect((await panelOf(alice)).text).toContain('**Approvers:** a deleted role');
    const back = await (await pick(alice, 'approvers', [])).settled();
    expect(back.text).toContain('**Approvers:** members with Manage Server');
    expect(labels(await quote(ada, CARD))).toContain('Confirm $4.90');
  });
});
