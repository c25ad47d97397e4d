import { expect, it } from 'vitest';
import { createGreeter } from '../../../src/discord/gateway/greet.ts';
import { startStage } from '../stage.ts';

const DAY_MS = 24 * 60 * 60_000;

/** A bot that is in one server since a week, and may be in another. */
async function open() {
  const stage = await startStage();
  const { ctx, discord, guild } = stage;
  const other = discord.addGuild({ name: 'Book club', joined: false });
  const greeted: string[] = [];
  let now = Date.now();
  const clock = { ...ctx.clock, now: () => now };
  const greeting = { ...ctx, clock, guilds: [guild.id, other.id] };
  const greeter = createGreeter(greeting, async (id) => void greeted.push(id));
  const later = (ms: number) => {
    now += ms;
  };
  return { stage, discord, guild, other, greeter, greeted, later };
}

it('greets a server that the bot joins, and after a start those of the last day, but none that it has been in for long', async () => {
  const { discord, other, greeter, greeted, later } = await open();
  await greeter.greetNew();
  expect(greeted).toEqual([]);
  greeter.onJoin(() => true);
  discord.joinGuild(other.id);
  await expect.poll(() => greeted).toEqual([other.id]);
  await greeter.greetNew();
  expect(greeted).toEqual([other.id, other.id]); // whoever keeps the record greets once
  later(2 * DAY_MS);
  await greeter.greetNew();
  expect(greeted).toHaveLength(2);
});

it('greets none that it does not serve, and none while another process serves', async () => {
  const { discord, other, greeter, greeted } = await open();
  greeter.onJoin(() => false);
  const stranger = discord.addGuild({ name: 'Nobody has named it', joined: false });
  discord.joinGuild(other.id);
  discord.joinGuild(stranger.id);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(greeted).toEqual([]);
  await greeter.greetNew();
  expect(greeted).toEqual([other.id]);
});
