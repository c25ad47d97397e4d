import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Exchange, Message } from '../../sandbox/discord/start-discord.ts';
import { CARD, publicIn } from './approving.ts';
import { choose, confirm, eventually, type Person, purchases, startTown, type Town } from './town.ts';

const ITEM = 'Google Play US 5 USD';
const dmTo = (person: Person, words: string) =>
  eventually(
    () => person.dms().find(({ text }) => text.includes(words)),
    () => `"${words}" among:\n${person.dms().map(({ text }) => text)}`,
  );
const codeOf = ({ vendor }: Town) => vendor.issuedCodes()[0] ?? 'no code';
const picturesOf = ({ attachments }: Message) => attachments.map(({ filename }) => filename);
const userOf = ({ discord }: Town, id: string) => {
  const found = discord.user(id);
  if (!found) throw new Error(`nobody has the id ${id}`);
  return found;
};

/** Fills in the form that a menu opened, and waits for what comes of it. */
async function fill(from: Person, opened: Exchange, values: { item: string; message?: string }): Promise<Message> {
  expect(opened.acknowledged).toBe('modal');
  return (await from.here.submit(opened, values)).settled();
}

describe('a gift card', () => {
  it('comes with a picture, who sent it and why, how to redeem it, and what to do when that does not work', async () => {
    const town = await startTown();
    const { alice, bob } = town;
    const options = { member: bob.id, item: CARD, message: 'Well *done*' };
    const quoted = await (await alice.here.run('reward send', options)).settled();
    expect(picturesOf(quoted)).toEqual(['brand.png']);
    await confirm(alice, quoted);
    const dm = await dmTo(bob, codeOf(town));
    expect(picturesOf(dm)).toEqual(['brand.png']);
    expect(dm.text).toContain(`<@${alice.id}>`);
    expect(dm.text).toContain('Well \\*done\\*');
    expect(dm.text).toContain('[play.google.com](https://play.google.com/redeem)');
    expect(dm.text).toMatch(/Doesn't work\?.*Press the button below/);
    expect(dm.buttons.map(({ label }) => label)).toContain("A code doesn't work");
    expect(publicIn(town)).toEqual([]);
  });

  it('has the picture and the steps that the operator gives', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cardigan-brands-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const image = Buffer.from('RIFF0000WEBPVP8 ');
    writeFileSync(join(folder, 'google-play.webp'), image);
    const guides = { 'Google Play': { steps: ['Ask the quiz master'], url: 'https://quiz.example/redeem' } };
    writeFileSync(join(folder, 'guides.json'), JSON.stringify(guides));
    const environment = { BRAND_IMAGES: folder, BRAND_GUIDES: join(folder, 'guides.json') };
    const town = await startTown({ environment });
    const { alice, bob } = town;
    await confirm(alice, await (await alice.here.run('reward send', { member: bob.id, item: CARD })).settled());
    const dm = await dmTo(bob, codeOf(town));
    expect(picturesOf(dm)).toEqual(['brand.webp']);
    expect(dm.text).toContain('1. Ask the quiz master');
    expect(dm.text).toContain('https://quiz.example/redeem');
  });
});

describe('a right-click', () => {
  it('on a member sends them a gift card, by a form and the quote of /reward send', async () => {
    const town = await startTown();
    const { alice, bob } = town;
    const opened = await alice.here.chooseFor(userOf(town, bob.id), 'Send a gift card');
    const quoted = await fill(alice, opened, { item: ITEM, message: 'Happy birthday' });
    expect(quoted.text).toContain(`<@${bob.id}>`);
    expect(purchases(town)).toBe(0);
    await confirm(alice, quoted);
    expect((await dmTo(bob, codeOf(town))).text).toContain('Happy birthday');
    expect(purchases(town)).toBe(1);
  });

  it('offers what fits where several cards do', async () => {
    const town = await startTown();
    const { alice, bob } = town;
    const opened = await alice.here.chooseFor(userOf(town, bob.id), 'Send a gift card');
    const offered = await fill(alice, opened, { item: 'google play', message: 'Well done' });
    const quoted = await choose(alice.here, offered, ITEM);
    await confirm(alice, quoted);
    expect((await dmTo(bob, codeOf(town))).text).toContain('Well done');
  });

  it('on a message rewards its author, with the link of the message as the reason', async () => {
    const town = await startTown();
    const { alice, bob, discord, guildId } = town;
    const written = discord.say(bob.id, town.channelId, 'The answer is 42');
    const opened = await alice.here.chooseOn(written, 'Reward its author');
    const quoted = await fill(alice, opened, { item: ITEM });
    expect(quoted.text).toContain(`<@${bob.id}>`);
    expect(quoted.text).toContain(`https://discord.com/channels/${guildId}/${town.channelId}/${written.id}`);
    await confirm(alice, quoted);
    await dmTo(bob, codeOf(town));
  });

  it('on oneself, a bot or its message opens no form; and who has left by the submit gets nothing', async () => {
    const town = await startTown();
    const { alice, bob, discord, guildId } = town;
    const refused = async (exchange: Promise<Exchange>) => (await (await exchange).settled()).text;
    const self = alice.here.chooseFor(userOf(town, alice.id), 'Send a gift card');
    expect(await refused(self)).toContain('yourself');
    const bot = userOf(town, discord.applicationId);
    expect(await refused(alice.here.chooseFor(bot, 'Send a gift card'))).toContain('Nothing was bought');
    const own = discord.say(alice.id, town.channelId, 'Me');
    expect(await refused(alice.here.chooseOn(own, 'Reward its author'))).toContain('yourself');
    const opened = await alice.here.chooseFor(userOf(town, bob.id), 'Send a gift card');
    discord.removeMember(guildId, bob.id);
    expect((await fill(alice, opened, { item: ITEM })).text).toContain('Nothing was bought');
    expect(purchases(town)).toBe(0);
  });
});
