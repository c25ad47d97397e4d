import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { card, publicIn, showing } from './approving.ts';
import { pressAnywhere, reveal, revealedTo, settle, soldCards, startBigTown } from './campaigning.ts';
import { numbersOf, panelFor, pressed, startCampaign } from './dropping.ts';
import { choose, eventually, later, type Person, press, type Town } from './town.ts';

const DAY_MINUTES = 24 * 60;
const TITLE = 'Giveaway: 2 × Google Play US 5 USD';

const read = async (person: Person, verb: string, id: string) => (await pressed(person, `giveaway.${verb}:${id}`)).text;

async function startGiveaway(town: Town, entrants: number, more = {}) {
  const values = { winners: 2, ends: '1 hour', 'claim-hours': 24, ...more };
  const id = await startCampaign(town.alice, 'reward giveaway', values);
  const people = settle(town, entrants);
  await Promise.all(people.map((person) => read(person, 'enter', id)));
  return { id, people };
}

/** Killed before the end passes, and started so long after now. */
async function restartLater(town: Town, minutes: number): Promise<void> {
  await Promise.all([town.bot.stop('SIGKILL'), ...restarted.splice(0).map((stop) => stop())]);
  const bot = await town.restart(later(minutes));
  restarted.push(() => bot.stop('SIGKILL'));
}
const restarted: (() => Promise<unknown>)[] = [];

/** Of these, those who read that they were drawn. */
async function winnersAmong(people: readonly Person[], id: string): Promise<Person[]> {
  const texts = await Promise.all(people.map((person) => read(person, 'mine', id)));
  return people.filter((_, at) => texts[at]?.includes('You won'));
}

async function drawnWinners(people: readonly Person[], id: string, wanted: number) {
  const found: { winners: Person[] } = { winners: [] };
  const look = async () => {
    found.winners = await winnersAmong(people, id);
    return found.winners.length;
  };
  await expect.poll(look, { timeout: 40_000, interval: 1_000 }).toBe(wanted);
  return found.winners;
}

/** What anybody does who does not trust it: the published hash, and the file of the result. */
async function verify({ text, attachments }: Message, published: string) {
  const [file] = attachments;
  if (!file) throw new Error(`no file on:\n${text}`);
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-verify-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'draw.json');
  writeFileSync(path, file.text ?? '');
  const args = ['--silent', 'run', 'verify-draw', '--', path, '--seed-hash', published];
  return (await promisify(execFile)('npm', args)).stdout;
}

describe('a giveaway', () => {
  it('is drawn after a restart; who does not claim in time gives way, and anybody can check the draw', async () => {
    const town = await startBigTown();
    const { id, people } = await startGiveaway(town, 6);
    const announced = await card(town, TITLE);
    const published = /`([0-9a-f]{64})`/.exec(announced.text)?.[1] ?? '';
    await restartLater(town, 61);
    const winners = await drawnWinners(people, id, 2);
    const [first, late] = winners as [Person, Person];
    const exchange = await pressAnywhere(first, `giveaway.claim:${id}`);
    await showing(exchange, 'Your code: 1 × Google Play US 5 USD');
    // The other one lets a day go by.
    await restartLater(town, 62 + DAY_MINUTES);
    const others = people.filter((person) => !winners.includes(person));
    const [second] = (await drawnWinners(others, id, 1)) as [Person];
    expect(await read(late, 'claim', id)).toContain('so it went to the next person');
    expect(await read(late, 'mine', id)).toContain('Your card went to somebody else');
    await pressed(second, `giveaway.claim:${id}`);
    const sent = await revealedTo(town, [first, second], id);
    for (const other of people.filter((each) => each !== first && each !== second))
      expect((await reveal(other, id)).text).toContain('There is no card for you in');
    expect(numbersOf(sent)).toEqual([1, 1]);
    expect([...sent.keys()].sort()).toEqual([first.id, second.id].sort());
    expect(soldCards(town)).toBe(2);
    const result = await eventually(
      () => publicIn(town).find(({ text, attachments }) => text.includes(TITLE) && attachments.length > 0),
      () => `a file among:\n${publicIn(town).map(({ text }) => text)}`,
    );
    // Its message is old by now, and edited once a minute.
    await restartLater(town, 64 + DAY_MINUTES);
    await expect.poll(() => current(town, result).text, { timeout: 40_000 }).toContain('This giveaway has ended');
    const said = await verify(current(town, result), published);
    expect(said).toContain('The draw is valid.');
    expect(said).toContain(`${late.id} did not claim in time`);
  });

  it('tells whoever asks whether they are in, and lets them leave again', async () => {
    const town = await startBigTown();
    const { id } = await startGiveaway(town, 3);
    const { bob, alice } = town;
    expect(await read(bob, 'mine', id)).toContain("You haven't entered");
    const entered = await pressed(bob, `giveaway.enter:${id}`);
    expect(entered.text).toContain("You're in");
    expect(entered.text).toContain('Entries: 4');
    expect(entered.ephemeral).toBe(true);
    const left = await press(bob.here, entered, 'Leave giveaway');
    expect(left.text).toContain('You left the giveaway');
    expect(await read(bob, 'mine', id)).toContain('You left the giveaway');
    expect(await read(bob, 'enter', id)).toContain('Entries: 4');
    expect(await read(alice, 'enter', id)).toContain('You started, approved or edited');
    expect(await read(bob, 'claim', id)).toContain("You didn't win");
  });

  it('gives the place of a winner on to the next by the hand of whoever runs it', async () => {
    const town = await startBigTown();
    const { id, people } = await startGiveaway(town, 5);
    await restartLater(town, 61);
    const winners = await drawnWinners(people, id, 2);
    const refused = await pressed(town.bob, `campaign.replace:${id}`);
    expect(refused.text).toContain('Only the organiser');
    const menu = await press(town.alice.here, await panelFor(town.alice, id), 'Replace a winner');
    expect(menu.text).toContain('Whoever you replace');
    const panel = await choose(town.alice.here, menu, 'place 1 of the draw');
    expect(panel.text).toContain('was replaced');
    const now = await drawnWinners(people, id, 2);
    const gone = winners.filter((winner) => !now.includes(winner));
    expect(gone).toHaveLength(1);
    expect(panel.text).toContain(`<@${gone[0]?.id}>`);
    const other = gone[0] as Person;
    expect(await read(other, 'mine', id)).toContain('replaced you with the next person');
    expect(await read(other, 'claim', id)).toContain('it went to the next person');
  });
});

const current = ({ discord, channelId }: Town, { id }: Message): Message =>
  discord.channelMessages(channelId).find((each) => each.id === id) as Message;
