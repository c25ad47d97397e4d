import { describe, expect, it } from 'vitest';
import type { BotProcess } from '../bot-process.ts';
import {
  confirm,
  eventually,
  type Person,
  personIn,
  pressConfirm,
  purchases,
  quote,
  startTown,
  type Town,
} from '../town.ts';

const MANAGE_GUILD = 1n << 5n;
const READY = 'Cardigan is ready';
const JOBS_ELSEWHERE = 'another process looks after open orders';

interface Shards {
  readonly town: Town;
  /** Of the town's guild, and first to ask for the jobs. */
  readonly first: BotProcess;
  /** Of the other guild. */
  readonly second: BotProcess;
  /** What the first one is started with. */
  readonly ofFirst: Record<string, string>;
  /** Has Manage Server in the other guild. */
  readonly nora: Person;
}

const shardOf = (guild: string) => Number((BigInt(guild) >> 22n) % 2n);

/** Two servers, each on a shard of its own, and a process for each shard. */
async function startShards(): Promise<Shards> {
  const town = await startTown();
  await town.bot.stop();
  const other = (BigInt(town.guildId) + (1n << 22n)).toString();
  const { general } = town.discord.addGuild({ name: 'Chess club', id: other });
  const { id } = town.discord.addMember(other, { name: 'nora', permissions: MANAGE_GUILD });
  const nora = personIn(town.discord, { guildId: other, channelId: general.id, adminsId: general.id }, id);
  const served = { DISCORD_GUILD_IDS: `${town.guildId},${other}`, SHARD_COUNT: '2' };
  const ofFirst = { ...served, SHARDS: String(shardOf(town.guildId)) };
  const first = await town.restart(ofFirst);
  const second = await town.restart({ ...served, SHARDS: `[${shardOf(other)}]` });
  await second.wrote(JOBS_ELSEWHERE);
  return { town, first, second, ofFirst, nora };
}

const callbacks = ({ discord }: Town) =>
  discord.requests.filter(({ path }) => /\/interactions\/.*\/callback$/.test(path)).length;

const codesOf = (town: Town) => town.vendor.orders().flatMap(({ codes }) => codes.map(({ code }) => code));

async function comesTo(person: Person, town: Town, process: BotProcess): Promise<void> {
  await eventually(
    () => person.dms().some(({ text }) => codesOf(town).some((code) => text.includes(code))),
    () => `the code came; the process wrote:\n${process.output()}`,
  );
}

describe('two processes, each with a shard', () => {
  it('take the presses of their own servers at the same time, each once', async () => {
    const { town, nora } = await startShards();
    const quotes = await Promise.all([quote(town.alice, 'google-play-usd-5'), quote(nora, 'steam-usd-5')]);
    const before = callbacks(town);
    const receipts = await Promise.all([confirm(town.alice, quotes[0]), confirm(nora, quotes[1])]);
    for (const { text } of receipts) expect(text).toContain('Bought: 1 × ');
    expect(callbacks(town)).toBe(before + 2);
    expect(purchases(town)).toBe(2);
    expect([town.alice.dms().length, nora.dms().length]).toEqual([1, 1]);
  });

  it('share what is held of a card: of one item each order is bought once', async () => {
    const { town, nora } = await startShards();
    const people = [town.alice, nora, town.ada, nora];
    const quotes = await Promise.all(people.map((person) => quote(person, 'google-play-usd-5')));
    await Promise.all(people.map((person, at) => confirm(person, quotes[at] as never)));
    expect(purchases(town)).toBe(4);
    expect(town.vendor.orders()).toHaveLength(4);
    const texts = people.flatMap((person) => person.dms()).map(({ text }) => text);
    for (const code of codesOf(town)) expect(texts.join('\n')).toContain(code);
  });

  it('of which the one without the jobs dies in a purchase: the other one finds the order and brings its code', async () => {
    const { town, first, second, nora } = await startShards();
    town.vendor.fault('hang-after-commit');
    await pressConfirm(nora, await quote(nora, 'steam-usd-5'));
    await eventually(
      () => purchases(town) === 1,
      () => 'the purchase went out',
    );
    await second.stop('SIGKILL');
    await comesTo(nora, town, first);
    expect(purchases(town)).toBe(1);
  });

  it('of which the one with the jobs dies: the other one has them, also for the server of a shard that nobody serves', async () => {
    const { town, first, second, ofFirst } = await startShards();
    town.vendor.fault('hang-after-commit');
    await pressConfirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
    await eventually(
      () => purchases(town) === 1,
      () => 'the purchase went out',
    );
    await first.stop('SIGKILL');
    await comesTo(town.alice, town, second);
    expect(purchases(town)).toBe(1);
    // Its own presses nobody else takes, until there is a process for them again.
    const again = await town.restart(ofFirst);
    expect(again.output()).toContain(READY);
    expect((await confirm(town.ada, await quote(town.ada, 'steam-usd-5'))).text).toContain('Bought:');
  });

  it('answer in direct messages, which all come to the first shard, by the rules of the order’s own server', async () => {
    const { nora } = await startShards();
    await confirm(nora, await quote(nora, 'steam-usd-5'));
    const [dm] = nora.dms();
    const button = dm?.buttons.find(({ label }) => label?.includes('work'));
    if (!dm || !button?.customId) throw new Error('no message with a button came');
    const form = await nora.inDms.press(dm, button.customId);
    expect(form.modal?.fields).not.toHaveLength(0);
  });
});
