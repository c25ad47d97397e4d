import { describe, expect, it } from 'vitest';
import { CARD, card, pressOn } from './approving.ts';
import { bulk, campaignOf, csv, reveal, revealedTo, settle, soldCards, startBigTown, steer } from './campaigning.ts';
import { eventually, type Person, press, type Town } from './town.ts';

describe('what /reward bulk finds before anything is bought', () => {
  it('is all that has to be mended in the file, by line, and nothing is planned', async () => {
    const town = await startBigTown();
    const [one] = settle(town, 1) as [Person];
    const lines = ['member,item', `<@${one.id}>,${CARD}`, `<@${one.id}>,no-such-card`, '<oops>', `<@${one.id}>`];
    const told = await bulk(town.alice, { file: csv(lines.join('\n')) });
    expect(told.text).toContain('3 lines need fixing');
    expect(told.text).toContain('Line 3: there is no card with the code "no-such-card".');
    expect(told.text).toContain('Line 4: "\\<oops\\>" isn\'t a member.');
    expect(told.text).toContain('Line 5: the card is missing.');
    expect(told.buttons.map(({ label }) => label)).toEqual(['Download a template']);
    expect(soldCards(town)).toBe(0);
  });

  it('is nothing in what a spreadsheet makes of a list, but an id that it has rounded', async () => {
    const town = await startBigTown();
    const [one, two] = settle(town, 2) as [Person, Person];
    const saved = (...lines: string[]) => ({
      name: 'members.csv',
      bytes: new Uint8Array(Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf16le')),
    });
    const heading = ['sep=;', 'User ID;Note'];
    const good = saved(...heading, `="${one.id}";Well done; ;`, `\u200b@member1\u200b;;;`, ';;;');
    const preview = await bulk(town.alice, { file: good, item: CARD });
    expect(preview.text).toContain('Send 2 × Google Play US 5 USD?');
    expect(preview.text).not.toContain('Left out');
    const rounded = saved(...heading, `<@${two.id}>;Well done`, '2.0e17;Thanks', '300000000000000000;Thanks');
    const told = await bulk(town.alice, { file: rounded, item: CARD });
    expect(told.text).toContain('2 lines need fixing');
    expect(told.text).toContain('Line 4: "2.0e17" looks like an id that a spreadsheet rounded.');
    expect(told.text).toContain('Line 5: "300000000000000000" looks like an id that a spreadsheet rounded.');
    expect(soldCards(town)).toBe(0);
  });

  it('is a file that is empty, too long, or has more errors than anybody reads at once', async () => {
    const town = await startBigTown();
    const { alice } = town;
    const empty = await bulk(alice, { file: csv('\n\n'), item: CARD });
    expect(empty.text).toContain('the file has no recipients');
    const long = Array.from({ length: 30_000 }, (_, at) => `30000000000000${String(at).padStart(5, '0')}`);
    const tooLong = await bulk(alice, { file: csv(long.join('\n')), item: CARD });
    expect(tooLong.text).toContain('Line 10,001: the limit is 10,000 recipients, and this file has 30,000');
    const bad = Array.from({ length: 500 }, () => `<@${alice.id}>,nothing`);
    const many = await bulk(alice, { file: csv(bad.join('\n')) });
    expect(many.text).toContain('500 lines need fixing');
    expect(many.text).toContain('… and 480 more.');
    expect(soldCards(town)).toBe(0);
  });

  it('is who gets no card, and why: the others do', async () => {
    const town = await startBigTown();
    const { alice, discord } = town;
    const [one, two] = settle(town, 2) as [Person, Person];
    const lines = [
      ...[one.id, '@member0', two.id, '300000000000000099', 'nobody-of-this-name'],
      ...[discord.applicationId, alice.id],
    ];
    const preview = await bulk(alice, { file: csv(lines.join('\n')), item: CARD });
    expect(preview.text).toContain('Send 2 × Google Play US 5 USD?');
    expect(preview.text).toContain('Left out: 5 people');
    expect(preview.text).toContain('Line 2: "member0" is listed twice');
    expect(preview.text).toContain("Line 4: <@300000000000000099> isn't in this server");
    expect(preview.text).toContain('Line 5: nobody here is called "nobody-of-this-name"');
    expect(preview.text).toContain('is a bot');
    expect(preview.text).toContain('is you');
    await steer(alice, preview, 'Confirm $9.80');
    await revealedTo(town, [one, two], campaignOf(preview));
    const nobody = await bulk(alice, { file: csv(`<@${alice.id}>`), item: CARD });
    expect(nobody.text).toContain('None of these members can get a card');
  });

  it('is a channel in which its progress could not be shown', async () => {
    const town = await startBigTown();
    const closed = town.discord.addChannel(town.guildId, 'quiet');
    town.discord.setBotMayPost(closed.id, false);
    const told = await bulk(town.alice, { item: CARD, channel: closed.id });
    expect(told.text).toContain('Cardigan is missing a permission in \\#quiet');
  });
});

describe('a list that takes longer than Discord lets an answer be edited', () => {
  const A_WHILE = 16 * 60_000;

  async function lateTown(before: (town: Town) => void = () => {}) {
    const town = await startBigTown();
    const { alice, discord } = town;
    const people = settle(town, 3);
    // Then they are asked for one by one, once ten seconds are over.
    discord.loseMemberRequests(1);
    before(town);
    const file = csv(people.map(({ id }) => id).join('\n'));
    await alice.here.run('reward bulk', { file, item: CARD });
    await eventually(
      () => discord.memberRequests.length === 1,
      () => 'a request for members',
    );
    discord.advance(A_WHILE);
    return { town, people };
  }
  const START = 'Send 3 × Google Play US 5 USD?';

  it('is shown to whoever sent it by direct message, and confirmed there', async () => {
    const { town, people } = await lateTown();
    const { alice } = town;
    const panel = await eventually(
      () => alice.dms().find(({ text }) => text.includes(START)),
      () => `a panel:\n${town.bot.output()}`,
    );
    await (await pressOn(alice.inDms, panel, 'Confirm $14.70')).settled();
    await revealedTo(town, people, campaignOf(panel));
    expect(soldCards(town)).toBe(3);
  });

  it.each<[string, (town: Town) => void]>([
    ['their inbox is closed', ({ discord, alice }) => discord.closeDms(alice.id)],
    ['Discord has flagged the bot for spam', ({ discord }) => discord.takeDmsForSpam({ flagged: true })],
    ['too many were opened', ({ discord }) => discord.takeDmsForSpam({ opening: true })],
  ])('is opened from the channel by whoever sent it, and by nobody else, where %s', async (_, before) => {
    const { town } = await lateTown(before);
    const { alice, bob } = town;
    const told = await card(town, 'your list has been checked');
    expect(told.pinged).toEqual([alice.id]);
    const opened = await press(alice.here, told, 'Open');
    expect(opened.text).toContain(START);
    expect((await press(bob.here, told, 'Open')).text).not.toContain(START);
    expect(soldCards(town)).toBe(0);
  });
});

describe('the members of /reward bulk', () => {
  it('are picked in a menu, once the card is said', async () => {
    const town = await startBigTown();
    const { alice } = town;
    expect((await bulk(alice, {})).text).toContain("You didn't say which card to send");
    const people = settle(town, 2);
    const asked = await bulk(alice, { item: CARD, message: 'Thank you' });
    const [menu] = asked.menus;
    const chosen = await alice.here.choose(
      asked,
      menu?.customId ?? '',
      people.map(({ id }) => id),
    );
    const preview = await chosen.until(({ text }) => text.includes('Send 2 × '), 30_000);
    expect(preview.text).toContain('Total **$9.80**');
    await steer(alice, preview, 'Confirm $9.80');
    await revealedTo(town, people, campaignOf(preview));
    for (const person of people) expect((await reveal(person, campaignOf(preview))).text).toContain('Thank you');
    expect(soldCards(town)).toBe(2);
  });

  it('are those of a role where Cardigan may list them; elsewhere it says how to allow it', async () => {
    const town = await startBigTown();
    const { alice, discord, guildId } = town;
    const people = settle(town, 3);
    const role = discord.addRole(guildId, { name: 'Champions' });
    for (const { id } of people.slice(0, 2)) discord.setRoles(guildId, id, [role.id]);
    const refused = await bulk(alice, { role: role.id, item: CARD });
    expect(refused.text).toContain('DISCORD\\_MEMBERS\\_INTENT=true');
    await town.bot.stop();
    discord.grantMembersIntent();
    await town.restart({ DISCORD_MEMBERS_INTENT: 'true' });
    const preview = await bulk(alice, { role: role.id, item: CARD });
    expect(preview.text).toContain('Send 2 × Google Play US 5 USD?');
    await steer(alice, preview, 'Confirm $9.80');
    await revealedTo(town, people.slice(0, 2), campaignOf(preview));
    expect(soldCards(town)).toBe(2);
  });
});
