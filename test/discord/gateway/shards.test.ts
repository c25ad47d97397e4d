import { describe, expect, it, onTestFinished } from 'vitest';
import { channelState, goneRoles } from '../../../src/discord/directory.ts';
import { connect, createClient } from '../../../src/discord/gateway/connection.ts';
import { serve } from '../../../src/discord/gateway/serve.ts';
import { followOthers, isOwn } from '../../../src/discord/gateway/shards.ts';
import { createScriptedClock } from '../../orders/scripted-clock.ts';
import { startStage } from '../stage.ts';

const SHARDS = 2;
const EVERY_MS = 60_000;

/** A bot that is connected for one of two servers. */
async function open() {
  const stage = await startStage();
  const { discord, guild: own } = stage;
  const other = discord.addGuild({ name: 'Elsewhere', id: (BigInt(own.id) + (1n << 22n)).toString() });
  const sharding = { shard: Number((BigInt(own.id) >> 22n) % BigInt(SHARDS)), count: SHARDS };
  const { health, log } = stage.ctx;
  const signedOut = createClient({ apiUrl: discord.url, membersIntent: false, sharding, health, log });
  const client = await connect(signedOut, discord.token);
  const clock = createScriptedClock();
  const leaving = new AbortController();
  onTestFinished(async () => {
    leaving.abort();
    await client.destroy();
  });
  const ctx = { ...stage.ctx, client, clock, guilds: [own.id, other.id] };
  return {
    ...{ stage, ctx, discord, client, clock, own, other },
    follow: () => followOthers(ctx, leaving.signal),
    channel: (id: string) => channelState(ctx, other.id, id),
    goneRoles: (role: string) => goneRoles(ctx, other.id, [role]),
  };
}

describe('a process with one of two shards', () => {
  it('has the interactions of its own servers; those of direct messages belong to the first', async () => {
    const { client, own, other } = await open();
    const isFirst = client.options.shards;
    expect([isOwn(client, own.id), isOwn(client, other.id)]).toEqual([true, false]);
    expect(isOwn(client, null)).toBe(Array.isArray(isFirst) && isFirst[0] === 0);
  });

  it('knows rights, channels and roles of the others, and what changes there within a minute', async () => {
    const { discord, clock, other, follow, channel, goneRoles } = await open();
    const { id: role } = discord.addRole(other.id, { name: 'Approvers' });
    const { id: short } = discord.addChannel(other.id, 'short');
    const muted = discord.addChannel(other.id, 'muted', { botMayPost: false });
    await follow();
    expect(await channel(other.general.id)).toEqual({ is: 'open', isPublic: true });
    expect(await channel(muted.id)).toMatchObject({ is: 'closed', name: 'muted' });
    expect(await goneRoles(role)).toEqual([]);
    discord.deleteChannel(other.id, short);
    discord.deleteRole(other.id, role);
    await expect.poll(() => clock.sleeping()).toBeGreaterThan(0);
    clock.advance(EVERY_MS);
    await expect.poll(() => channel(short)).toEqual({ is: 'gone' });
    await expect.poll(() => goneRoles(role)).toEqual([role]);
  });

  it('waits until Discord has told of each of them, and says what it did not tell', async () => {
    const { discord, clock, follow, stage, channel, other } = await open();
    discord.fail({ path: new RegExp(`/guilds/${other.id}/channels$`), with: 500, times: 4 });
    let isKnown = false;
    const known = follow().then(() => {
      isKnown = true;
    });
    await expect.poll(() => stage.logged('Discord did not tell about a server of another shard')).toBeDefined();
    expect(isKnown).toBe(false);
    await expect.poll(() => clock.sleeping()).toBeGreaterThan(0);
    clock.advance(EVERY_MS);
    await known;
    expect(await channel(other.general.id)).toEqual({ is: 'open', isPublic: true });
  });

  it('waits a minute at the most, and says nothing of a server that it does not know yet', async () => {
    const { discord, clock, follow, channel, other } = await open();
    const failing = { path: new RegExp(`/guilds/${other.id}/channels$`), with: 500, times: 10_000 } as const;
    const outage = discord.fail(failing);
    const known = follow();
    const passed = { is: false };
    void known.then(() => {
      passed.is = true;
    });
    await expect
      .poll(() => {
        clock.advance(EVERY_MS);
        return passed.is;
      })
      .toBe(true);
    expect(await channel(other.general.id)).toEqual({ is: 'unknown' });
    outage.lift();
    await expect
      .poll(async () => {
        clock.advance(EVERY_MS);
        return channel(other.general.id);
      })
      .toMatchObject({ is: 'open' });
  });

  it('waits for none that the bot is not in', async () => {
    const { discord, follow, other } = await open();
    discord.leaveGuild(other.id);
    await follow();
    expect(discord.requests.filter(({ path }) => path.endsWith(`/guilds/${other.id}`))).toHaveLength(1);
  });

  it('takes nothing up when it is told to end while one of them is not known yet', async () => {
    const { ctx, discord, stage, other } = await open();
    discord.fail({ path: new RegExp(`/guilds/${other.id}/channels$`), with: 500, times: 99 });
    const begun: string[] = [];
    const service = serve(ctx, {
      commands: [],
      greet: async () => undefined,
      lock: async () => ({ lost: new Promise(() => {}), release: async () => undefined }),
      recover: async () => void begun.push('recovered'),
      tick: async () => void begun.push('ticked'),
    });
    await expect.poll(() => stage.logged('Discord did not tell about a server of another shard')).toBeDefined();
    await service.stop();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(begun).toEqual([]);
  });
});
