import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from './bot.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const post = (channelId: string) => stage.api.post(`/channels/${channelId}/messages`, { content: 'x' });
const edit = (channelId: string, message: string) =>
  stage.api.patch(`/channels/${channelId}/messages/${message}`, { content: 'y' });

describe('a thread', () => {
  it('is written in with a right of its own, and has the others of its channel', async () => {
    const { discord, guild } = stage;
    const channel = discord.addChannel(guild.id, 'quiz', { botMayPost: false });
    const thread = discord.addThread(channel.id, 'Round one');
    expect((await post(channel.id)).body.code).toBe(50013);
    expect((await post(thread.id)).status).toBe(200);
    discord.setBotMay(channel.id, Flag.SendMessagesInThreads, false);
    expect((await post(thread.id)).body.code).toBe(50013);
    discord.setBotMay(channel.id, Flag.ViewChannel, false);
    expect((await post(thread.id)).body.code).toBe(50001);
  });

  it('takes and changes no messages while it is locked, but from a moderator', async () => {
    const { discord, guild } = stage;
    const thread = discord.addThread(guild.general.id, 'Round one');
    const { id } = (await post(thread.id)).body;
    discord.setThread(thread.id, { locked: true });
    expect(await post(thread.id)).toMatchObject({ status: 403, body: { code: 160005 } });
    expect((await edit(thread.id, id)).body.code).toBe(160005);
    discord.setPermissions(guild.id, discord.applicationId, Flag.ManageThreads);
    expect((await post(thread.id)).status).toBe(200);
  });

  it('wakes from its archive for a message, and not for an edit', async () => {
    const { discord, guild, gateway } = stage;
    const thread = discord.addThread(guild.general.id, 'Round one');
    const { id } = (await post(thread.id)).body;
    discord.setThread(thread.id, { archived: true });
    expect(await edit(thread.id, id)).toMatchObject({ status: 403, body: { code: 50083 } });
    expect((await post(thread.id)).status).toBe(200);
    expect(await gateway.event('THREAD_UPDATE', 1)).toMatchObject({
      id: thread.id,
      thread_metadata: { archived: false },
    });
    expect((await edit(thread.id, id)).status).toBe(200);
  });

  it('that is archived meanwhile takes no answer to who has asked in it', async () => {
    const { discord, guild, alice } = stage;
    const thread = discord.addThread(guild.general.id, 'Round one');
    const inThread = discord.as(alice.id, { guildId: guild.id, channelId: thread.id });
    const deferred = await stage.begin(() => inThread.run('buy'));
    expect(deferred.event).toMatchObject({ channel_id: thread.id, channel: { type: 11, parent_id: guild.general.id } });
    await deferred.callback(5, { flags: 64 });
    const late = await stage.begin(() => inThread.run('buy'));
    discord.setThread(thread.id, { archived: true, locked: true });
    expect((await late.callback(4, { content: 'x', flags: 64 })).body.code).toBe(50083);
    expect((await stage.api.patch(`${deferred.webhook}/messages/@original`, { content: 'x' })).body.code).toBe(50083);
    expect((await stage.api.post(deferred.webhook, { content: 'x' })).body.code).toBe(50083);
  });

  it('goes with its channel', async () => {
    const { discord, guild, gateway } = stage;
    const channel = discord.addChannel(guild.id, 'quiz');
    const thread = discord.addThread(channel.id, 'Round one');
    discord.deleteChannel(guild.id, channel.id);
    expect(await gateway.event('THREAD_DELETE')).toMatchObject({ id: thread.id });
    expect((await post(thread.id)).body.code).toBe(10003);
  });

  it('is told of with its guild while it is active, and is no channel of the list', async () => {
    const { discord, guild } = stage;
    const [active, done] = ['Round one', 'Round two'].map((name) => discord.addThread(guild.general.id, name));
    discord.setThread(done?.id ?? '', { archived: true });
    expect((await stage.api.get(`/guilds/${guild.id}/channels`)).list.map(({ id }) => id)).toEqual([guild.general.id]);
    const client = createClient(discord);
    await client.login(discord.token);
    await expect.poll(() => client.channels.cache.get(active?.id ?? '')?.isThread()).toBe(true);
    expect(client.channels.cache.has(done?.id ?? '')).toBe(false);
    await client.destroy();
  });
});

describe('a forum', () => {
  it('has posts, which are threads, and no messages of its own', async () => {
    const { discord, guild } = stage;
    const forum = discord.addChannel(guild.id, 'questions', { kind: 'forum', botMayPost: false });
    expect(await post(forum.id)).toMatchObject({ status: 400, body: { code: 50008 } });
    const question = discord.addThread(forum.id, 'Who won?', { ownerId: stage.alice.id });
    expect((await post(question.id)).status).toBe(200);
    expect((await stage.api.get(`/channels/${question.id}`)).body).toMatchObject({
      ...{ type: 11, parent_id: forum.id, owner_id: stage.alice.id },
    });
  });
});
