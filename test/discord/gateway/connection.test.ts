import { once } from 'node:events';
import { Events } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDiscord } from '../../../sandbox/discord/start-discord.ts';
import { connect, createClient } from '../../../src/discord/gateway/connection.ts';
import { registerCommands } from '../../../src/discord/gateway/register-commands.ts';
import { startStage, trial, view } from '../stage.ts';

const nothing = () => undefined;
const quiet = { info: nothing, warn: nothing, error: nothing };
const definition = { name: 'try', description: 'Try' };

describe('the connection to Discord', () => {
  it('is refused for a wrong token, without showing it', async () => {
    const discord = await startDiscord();
    onTestFinished(() => discord.close());
    const client = createClient({ apiUrl: discord.url, membersIntent: false, log: quiet });
    onTestFinished(() => client.destroy());
    const failure = await connect(client, 'wrong.SECRET.token').catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'DiscordFailure', kind: 'unauthorized' });
    expect(String(failure)).not.toContain('SECRET');
  });

  it('asks for nothing but guilds', async () => {
    const { client } = await startStage();
    expect(client.options.intents.toArray()).toEqual(['Guilds']);
  });

  it.each([
    ['what Discord says of the application', false],
    ['the gateway, when it is taken away meanwhile', true],
  ])('is not made without the intent for members that was asked for, by %s', async (_, isGranted) => {
    const discord = await startDiscord({ membersIntent: isGranted });
    onTestFinished(() => discord.close());
    const client = createClient({ apiUrl: discord.url, membersIntent: true, log: quiet });
    onTestFinished(() => client.destroy());
    // Taken away between the look and the connection.
    const unsubscribe = discord.on('change', () => {
      if (discord.requests.some(({ path, status }) => path === '/applications/@me' && status)) {
        unsubscribe();
        discord.grantMembersIntent(false);
      }
    });
    const failure = connect(client, discord.token);
    await expect(failure).rejects.toMatchObject({ name: 'DiscordFailure', kind: 'intent' });
    expect(discord.requests.some(({ path }) => path === '/gateway/bot')).toBe(isGranted);
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
    expect(logged('closed the connection for good')?.facts).toEqual({ code: 4004 });
  });
});

describe('the commands of a guild', () => {
  it('are written at the first start, and not again while Discord has the same', async () => {
    const { discord, guild, client } = await startStage([trial(async () => view('x'))]);
    expect(discord.commands(guild.id)).toMatchObject([definition]);
    expect(discord.commandWrites).toBe(1);
    expect(await registerCommands(client, guild.id, [definition])).toBe(false);
    expect(discord.commandWrites).toBe(1);
    expect(await registerCommands(client, guild.id, [{ ...definition, description: 'New' }])).toBe(true);
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
    const { discord, guild, log } = await startStage([trial(async () => view('x'))]);
    discord.fail({ path: /\/commands$/, with: { status: 403, code: 50001, message: 'x' } });
    discord.leaveGuild(guild.id);
    discord.joinGuild(guild.id);
    await expect.poll(() => log.at(-1)?.text).toContain('commands could not be registered');
    expect(log.at(-1)?.facts).toMatchObject({ guild: guild.id, err: { kind: 'forbidden' } });
  });
});
