import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { CARD } from './approving.ts';
import { bulk, campaignOf, csv, revealedTo, settle, soldCards, startBigTown, steer } from './campaigning.ts';
import { type Person, press } from './town.ts';

const link = (guild: string, channel: string, message: string) =>
  `https://discord.com/channels/${guild}/${channel}/${message}`;

describe('/reward bulk to members named in one line', () => {
  it('shows to whom and what is left of the balance, tells what names nobody, and sends each one card', async () => {
    const town = await startBigTown();
    const { alice } = town;
    const people = settle(town, 3);
    const [one, two, three] = people as [Person, Person, Person];
    const preview = await bulk(alice, { item: CARD, members: `<@${one.id}> <@!${two.id}>, ${three.id} <@&12345>` });
    expect(preview.text).toContain(`To <@${one.id}>, <@${two.id}>, <@${three.id}>`);
    expect(preview.text).toMatch(/Balance .*10,?000\.00.* → .*9,?985\.30/);
    expect(preview.text).toContain('Left out: 1 person');
    expect(preview.text).toContain('names no member');
    await steer(alice, preview, 'Confirm $14.70');
    await revealedTo(town, people, campaignOf(preview));
    expect(soldCards(town)).toBe(3);
  });
});

describe('/reward bulk to who reacted to a message', () => {
  it('is for all of them, or one emoji, without bots and the sender', async () => {
    const town = await startBigTown();
    const { alice, discord, guildId, channelId } = town;
    const people = settle(town, 25);
    const { id: message } = discord.say(alice.id, channelId, 'Who was there?');
    discord.react(message, '🎉', [...people.map(({ id }) => id), alice.id, discord.applicationId]);
    discord.react(message, '👍', [people[0]?.id ?? '']);
    const reacted = link(guildId, channelId, message);
    const all = await bulk(alice, { item: CARD, reacted });
    expect(all.text).toContain('and 5 more');
    expect(all.attachments.map(({ filename }) => filename)).toEqual([expect.stringMatching(/^members-.{6}\.csv$/)]);
    expect(all.attachments[0]?.text).toContain(people[24]?.id);
    const some = await bulk(alice, { item: CARD, reacted, emoji: '👍' });
    expect(some.text).toContain(`To <@${people[0]?.id}>\n`);
    await steer(alice, some, 'Confirm $4.90');
    await revealedTo(town, people.slice(0, 1), campaignOf(some));
    expect(soldCards(town)).toBe(1);
  });

  it('says in one sentence why it cannot be told', async () => {
    const town = await startBigTown();
    const { alice, bob, discord, guildId, channelId } = town;
    const { id: message } = discord.say(alice.id, channelId, 'Nobody reacts');
    const secret = discord.addChannel(guildId, 'secret');
    const said = async (reacted: string, from: Person = alice) => (await bulk(from, { item: CARD, reacted })).text;
    expect(await said('the last one')).toContain('a link to a message');
    expect(await said(link('300000000000000099', channelId, message))).toContain('in another server');
    expect(await said(link(guildId, channelId, '300000000000000099'))).toContain('has been deleted');
    expect(await said(link(guildId, channelId, message))).toContain('Nobody has reacted');
    discord.setBotMay(secret.id, PermissionFlagsBits.ReadMessageHistory, false);
    expect(await said(link(guildId, secret.id, message), bob)).toContain("can't be read");
    expect(soldCards(town)).toBe(0);
  });
});

describe('the file of a bulk send', () => {
  it('has a template to begin with, and its first lines are shown as they were understood', async () => {
    const town = await startBigTown();
    const { alice } = town;
    const people = settle(town, 6);
    const asked = await (await alice.here.run('reward bulk', { item: CARD })).settled();
    const template = await press(alice.here, asked, 'Download a template');
    expect(template.ephemeral).toBe(true);
    const [file] = template.attachments;
    expect(file?.filename).toBe('bulk-template.csv');
    const heading = file?.text.split('\r\n')[0] ?? '';
    const lines = people.map(({ id }) => `${id},${CARD},Well played`);
    const preview = await bulk(alice, { file: csv([heading, ...lines].join('\r\n')) });
    expect(preview.text).toContain(`Line 2: <@${people[0]?.id}> · Google Play US 5 USD · "Well played"`);
    expect(preview.text).toContain('Line 6:');
    expect(preview.text).not.toContain('Line 7:');
  });
});
