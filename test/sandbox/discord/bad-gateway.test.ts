import { Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordStandIn, type Guild, startDiscord } from '../../../sandbox/discord/start-discord.ts';
import { createApi } from './api.ts';
import { createClient, startBot } from './bot.ts';
import { connectRaw } from './raw-gateway.ts';

let discord: DiscordStandIn;
let guild: Guild;

beforeEach(async () => {
  discord = await startDiscord();
  guild = discord.addGuild({ name: 'Team' });
});
afterEach(() => discord.close());

const seen = (name: string) => discord.events.filter(({ t }) => t === name);

describe('an outage', () => {
  it('takes a guild away without the bot leaving it, and gives it back with what was made meanwhile', async () => {
    const { client, stop } = await startBot(discord);
    const gone: string[] = [];
    client.on(Events.GuildUnavailable, ({ id }) => gone.push(id));
    client.on(Events.GuildDelete, () => gone.push('left'));
    const commands = `/applications/${discord.applicationId}/guilds/${guild.id}/commands`;
    await createApi(discord).put(commands, [{ name: 'buy', description: 'Buy' }]);
    discord.startOutage(guild.id);
    await expect.poll(() => gone).toEqual([guild.id]);
    const alice = discord.addMember(guild.id, { name: 'Alice' });
    discord.addChannel(guild.id, 'late');
    expect(seen('CHANNEL_CREATE')).toEqual([]);
    const place = { guildId: guild.id, channelId: guild.general.id };
    await expect(discord.as(alice.id, place).run('buy')).rejects.toThrow('outage');
    discord.endOutage(guild.id);
    await expect
      .poll(() => client.guilds.cache.get(guild.id)?.channels.cache.map(({ name }) => name))
      .toContain('late');
    await stop();
  });

  it('is told of to a bot that starts in it', async () => {
    discord.startOutage(guild.id);
    const gateway = await connectRaw(discord);
    expect(await gateway.event('GUILD_DELETE')).toEqual({ id: guild.id, unavailable: true });
    expect(seen('GUILD_CREATE')).toEqual([]);
    gateway.close();
  });
});

describe('a session', () => {
  it('is resumed when Discord asks to reconnect, or says that it can be', async () => {
    const { stop } = await startBot(discord);
    discord.askToReconnect();
    await expect.poll(() => seen('RESUMED').length).toBe(1);
    discord.invalidateSessions({ resumable: true });
    await expect.poll(() => seen('RESUMED').length).toBe(2);
    expect(seen('READY')).toHaveLength(1);
    await stop();
  });

  it('begins anew when it is invalid', async () => {
    const { stop } = await startBot(discord);
    discord.invalidateSessions();
    await expect.poll(() => seen('READY').length).toBe(2);
    await expect.poll(() => discord.connections).toBe(1);
    await stop();
  });
});

describe('starts of sessions', () => {
  const left = async () =>
    (await createApi(discord).get('/gateway/bot')).body as unknown as { session_start_limit: { remaining: number } };

  it('are counted for a day, and the bot reads how many are left', async () => {
    expect((await left()).session_start_limit).toEqual({
      total: 1000,
      remaining: 1000,
      reset_after: 0,
      max_concurrency: 1,
    });
    const gateway = await connectRaw(discord);
    await gateway.event('READY');
    expect((await left()).session_start_limit.remaining).toBe(999);
    discord.advance(24 * 60 * 60_000);
    expect((await left()).session_start_limit.remaining).toBe(1000);
    gateway.close();
  });

  it('that are none any more end every session, and the token with them', async () => {
    const [one, api] = [await connectRaw(discord), createApi(discord)];
    await one.event('READY');
    discord.limitSessions({ remaining: 0 });
    // discord.js reads it first, and does not even try.
    await expect(createClient(discord).login(discord.token)).rejects.toThrow('Not enough sessions remaining');
    const two = await connectRaw(discord);
    expect([await two.closed(), await one.closed()]).toEqual([4004, 4004]);
    expect((await api.get('/users/@me')).status).toBe(401);
  });

  it('that come too soon after each other are refused where they are limited', async () => {
    discord.limitSessions({ maxConcurrency: 1 });
    const one = await connectRaw(discord);
    await one.event('READY');
    const two = await connectRaw(discord);
    expect(await two.next(() => two.received.find(({ op }) => op === 9))).toMatchObject({ d: false });
    discord.advance(5_000);
    two.send(2, { token: discord.token, intents: 1, properties: {} });
    await two.event('READY');
    for (const each of [one, two]) each.close();
  });
});

describe('a connection', () => {
  it('that sends more than 120 events in a minute is closed', async () => {
    discord.setLimits('real');
    const gateway = await connectRaw(discord);
    await gateway.event('READY');
    // Its identification was the first.
    for (let count = 0; count < 119; count++) gateway.send(1, null);
    await gateway.next(() => gateway.received.filter(({ op }) => op === 11).length === 119 || undefined);
    gateway.send(1, null);
    expect(await gateway.closed()).toBe(4008);
  });
});
