import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Events } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDiscord } from '../../../sandbox/discord/start-discord.ts';
import { accessOf, inviteLink } from '../../../src/discord/gateway/access.ts';
import { connect, createClient } from '../../../src/discord/gateway/connection.ts';
import { createHealth } from '../../../src/discord/gateway/health.ts';
import { registerCommands } from '../../../src/discord/gateway/register-commands.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { startStage, trial, view } from '../stage.ts';

const nothing = () => undefined;
const quiet = { info: nothing, warn: nothing, error: nothing };
const definition = { name: 'try', description: 'Try' };

describe('the connection to Discord', () => {
  it('is refused for a wrong token, without showing it', async () => {
    const discord = await startDiscord();
    onTestFinished(() => discord.close());
    const client = createClient({
      apiUrl: discord.url,
      membersIntent: false,
      health: createHealth({ clock: systemClock, log: quiet }),
      log: quiet,
    });
    onTestFinished(() => client.destroy());
    const failure = await connect(client, 'wrong.SECRET.token').catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'DiscordFailure', kind: 'unauthorized' });
    expect(String(failure)).not.toContain('SECRET');
  });

  it('asks for nothing but guilds', async () => {
    const { client } = await startStage();
    expect(client.options.intents.toArray()).toEqual(['Guilds']);
  });

  it('is not made without the intent for members that was asked for', async () => {
    const discord = await startDiscord({ membersIntent: false });
    onTestFinished(() => discord.close());
    const client = createClient({
      apiUrl: discord.url,
      membersIntent: true,
      health: createHealth({ clock: systemClock, log: quiet }),
      log: quiet,
    });
    onTestFinished(() => client.destroy());
    const failure = connect(client, discord.token);
    await expect(failure).rejects.toMatchObject({ name: 'DiscordFailure', kind: 'intent' });
  });

  it('with the intent for members keeps none of those it hears of', async () => {
    const { client, discord, guild, bob } = await startStage([], { membersIntent: true });
    expect(client.options.intents.toArray()).toEqual(['Guilds', 'GuildMembers']);
    const heard = once(client, Events.GuildMemberAdd);
    discord.setRoles(guild.id, bob.id, [discord.addRole(guild.id, { name: 'Winners' }).id]);
    discord.addMember(guild.id, { name: 'Zoe' });
    await heard;
    discord.removeMember(guild.id, bob.id);
    expect(client.users.cache.size).toBe(1);
    expect(client.guilds.cache.get(guild.id)?.members.cache.size).toBe(1);
  });

  it('survives errors and breaks, and says so in the log', async () => {
    const { client, discord, logged } = await startStage();
    client.emit(Events.Error, new Error('x'));
    client.emit(Events.ShardError, new Error('x'), 0);
    expect(logged('an error of the Discord connection')).toBeDefined();
    expect(logged('an error of the gateway connection')).toBeDefined();
    const back = new Promise((resolve) => client.once(Events.ShardReady, resolve));
    discord.dropGateway({ forget: true });
    await back;
    expect(discord.connections).toBe(1);
  });

  it('says so when Discord ended it for good', async () => {
    const { client, logged } = await startStage();
    client.emit(Events.ShardDisconnect, { code: 4004, reason: '', wasClean: true }, 0);
    expect(logged('closed the connection for good')?.facts).toEqual({
      code: 4004,
      reason: expect.stringContaining('DISCORD_TOKEN'),
    });
  });
});

describe('what the bot was given', () => {
  const look = async ({ membersIntent = false, token = '', isGranted = false } = {}) => {
    const discord = await startDiscord({ membersIntent: isGranted });
    onTestFinished(() => discord.close());
    const client = createClient({
      apiUrl: discord.url,
      membersIntent,
      health: createHealth({ clock: systemClock, log: quiet }),
      log: quiet,
    });
    onTestFinished(() => client.destroy());
    const joined = discord.addGuild({ name: 'Joined' }).id;
    const elsewhere = discord.addGuild({ name: 'Elsewhere', joined: false }).id;
    const access = accessOf(client, token || discord.token, [elsewhere, joined, '100000000000000000']);
    return { access, discord, client, elsewhere, joined };
  };

  it('is told without going online: the guilds that it is not in, or that there are not', async () => {
    const { access, discord, elsewhere } = await look();
    expect((await access).notIn).toEqual([elsewhere, '100000000000000000']);
    expect(discord.requests.some(({ path }) => path === '/gateway/bot')).toBe(false);
    expect(discord.connections).toBe(0);
  });

  it.each([
    [false, false, false],
    [false, true, false],
    [true, true, false],
    [true, false, true],
  ])('with the intent for members asked for: %s, and granted: %s', async (membersIntent, isGranted, lacksIntent) => {
    const { access } = await look({ membersIntent, isGranted });
    expect(await access).toMatchObject({ lacksIntent });
  });

  it('is no ear, where interactions go to an address', async () => {
    const { access, discord, client, joined } = await look();
    expect(await access).toMatchObject({ isDeaf: false });
    discord.setInteractionsEndpoint('https://example.com/interactions');
    expect(await accessOf(client, discord.token, [joined])).toMatchObject({ isDeaf: true });
  });

  it('is told with how many members there are, and whether the intent for them was reviewed', async () => {
    const { access, discord, client, joined } = await look({ isGranted: true });
    const { users, isReviewed } = await access;
    discord.addMember(joined, { name: 'Zoe' });
    const more = await accessOf(client, discord.token, [joined]);
    expect([more.users, isReviewed, more.guilds]).toEqual([users + 1, false, 2]);
  });

  it('is not told to a wrong token', async () => {
    const { access } = await look({ token: 'wrong.SECRET.token' });
    await expect(access).rejects.toMatchObject({ name: 'DiscordFailure', kind: 'unauthorized' });
  });

  it('counts a guild as joined where Discord has a fault of its own', async () => {
    const { access, discord, joined, client } = await look();
    await access;
    discord.fail({ path: /\/guilds\/\d+$/, with: { status: 500, code: 0, message: 'x' }, times: 9 });
    expect((await accessOf(client, discord.token, [joined])).notIn).toEqual([]);
  });

  it('is what the link asks for, which the README has too', () => {
    const readme = readFileSync('README.md', 'utf8');
    expect(readme).toContain(inviteLink('YOUR_APPLICATION_ID'));
  });
});

describe('the commands of a guild', () => {
  it('are written at the first start, and not again while Discord has the same', async () => {
    const { discord, guild, client } = await startStage([trial(async () => view('x'))]);
    expect(discord.commands(guild.id)).toMatchObject([definition]);
    expect(discord.commandWrites).toBe(1);
    expect(await registerCommands(client, guild.id, [definition])).toMatchObject({ isWritten: false });
    expect(discord.commandWrites).toBe(1);
    expect(await registerCommands(client, guild.id, [{ ...definition, description: 'New' }])).toMatchObject({
      isWritten: true,
    });
    expect(discord.commands(guild.id)).toMatchObject([{ description: 'New' }]);
  });

  it('are written when the bot is invited later, only where it is allowed', async () => {
    const { discord, guild } = await startStage([trial(async () => view('x'))]);
    const writes = () => discord.requests.filter(({ method }) => method === 'PUT').length;
    const reads = () => discord.requests.filter(({ path }) => path.endsWith('/commands')).length;
    const before = reads();
    const stranger = discord.addGuild({ name: 'Strangers', joined: false });
    discord.joinGuild(stranger.id);
    discord.leaveGuild(guild.id);
    discord.joinGuild(guild.id);
    await expect.poll(reads).toBe(before + 1);
    expect(discord.requests.at(-1)?.path).toContain(guild.id);
    expect(writes()).toBe(1);
    expect(discord.commands(stranger.id)).toEqual([]);
  });

  it('are left to the process that serves, where this one stands by', async () => {
    const { discord, guild, client } = await startStage([trial(async () => view('x'))], {
      isServing: () => false,
    });
    const reads = () => discord.requests.filter(({ path }) => path.endsWith('/commands')).length;
    const before = reads();
    const joined = once(client, Events.GuildCreate);
    discord.leaveGuild(guild.id);
    discord.joinGuild(guild.id);
    await joined;
    await client.guilds.fetch(guild.id);
    expect(reads()).toBe(before);
  });

  it('that cannot be written are logged, and stop nothing', async () => {
    const { client, discord, guild, log } = await startStage([trial(async () => view('x'))]);
    discord.fail({ path: /\/commands$/, with: { status: 403, code: 50001, message: 'x' } });
    discord.leaveGuild(guild.id);
    discord.joinGuild(guild.id);
    await expect.poll(() => log.at(-1)?.text).toContain(`or invite it: ${inviteLink(client.application.id)}`);
    expect(log.at(-1)?.facts).toEqual({ guild: guild.id });
    discord.fail({ path: /\/commands$/, with: { status: 400, code: 50035, message: 'x' } });
    discord.leaveGuild(guild.id);
    discord.joinGuild(guild.id);
    await expect.poll(() => log.at(-1)?.text).toContain('commands could not be registered');
    expect(log.at(-1)?.facts).toMatchObject({ guild: guild.id, err: { kind: 'refused' } });
  });
});
