import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from './api.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const dmChannel = async (userId: string): Promise<string> =>
  (await stage.api.post('/users/@me/channels', { recipient_id: userId })).body.id;

describe('who the bot is', () => {
  it('is told to a bot with the right token only', async () => {
    expect((await stage.api.get('/users/@me')).body).toMatchObject({
      id: stage.discord.applicationId,
      bot: true,
    });
    expect((await stage.api.get('/applications/@me')).body.bot.id).toBe(stage.discord.applicationId);
    const wrong = createApi(stage.discord, 'wrong');
    for (const path of ['/users/@me', '/gateway/bot', `/guilds/${stage.guild.id}`])
      expect(await wrong.get(path)).toMatchObject({
        status: 401,
        body: { message: '401: Unauthorized', code: 0 },
      });
  });

  it('is 404 for anything that is not played, and it is on the list of requests', async () => {
    expect(await stage.api.get('/voice/regions')).toMatchObject({
      status: 404,
      body: { message: '404: Not Found', code: 0 },
    });
    expect(stage.discord.requests.at(-1)).toMatchObject({
      method: 'GET',
      path: '/voice/regions',
      status: 404,
    });
  });
});

describe('guilds and members', () => {
  it('have the fields that a client needs', async () => {
    const guild = `/guilds/${stage.guild.id}`;
    expect((await stage.api.get(guild)).body).toMatchObject({
      id: stage.guild.id,
      name: 'Team',
      owner_id: expect.any(String),
      roles: [{ id: stage.guild.id, name: '@everyone', permissions: expect.any(String) }],
      features: [],
      emojis: [],
    });
    expect((await stage.api.get(`${guild}/channels`)).body).toMatchObject([
      { id: stage.guild.general.id, type: 0, name: 'general', permission_overwrites: [] },
    ]);
    expect((await stage.api.get(`${guild}/members/${stage.alice.id}`)).body).toMatchObject({
      user: { id: stage.alice.id, username: 'alice', global_name: 'Alice' },
      roles: [],
    });
    expect((await stage.api.get(`/users/${stage.bob.id}`)).body.username).toBe('bob');
  });

  it('show a permission as a role of the member', async () => {
    stage.discord.setPermissions(stage.guild.id, stage.alice.id, 1n << 5n);
    stage.discord.setPermissions(stage.guild.id, stage.alice.id, 0n);
    stage.discord.setPermissions(stage.guild.id, stage.alice.id, 1n << 3n);
    const guild = `/guilds/${stage.guild.id}`;
    const { body } = await stage.api.get(`${guild}/members/${stage.alice.id}`);
    expect(body.roles).toHaveLength(1);
    const { list } = await stage.api.get(`${guild}/roles`);
    expect(list.find((one) => one.id === body.roles[0])?.permissions).toBe('8');
  });

  it('are 10013, 10007, 10004 and 50001 where there is nothing to see', async () => {
    const guild = `/guilds/${stage.guild.id}`;
    const elsewhere = stage.discord.addGuild({ name: 'Elsewhere', joined: false });
    stage.discord.removeMember(stage.guild.id, stage.bob.id);
    expect((await stage.api.get('/users/1')).body.code).toBe(10013);
    expect((await stage.api.get(`${guild}/members/1`)).body.code).toBe(10013);
    expect((await stage.api.get(`${guild}/members/${stage.bob.id}`)).body.code).toBe(10007);
    expect((await stage.api.get('/guilds/1')).body.code).toBe(10004);
    expect(await stage.api.get(`/guilds/${elsewhere.id}`)).toMatchObject({
      status: 403,
      body: { code: 50001 },
    });
  });

  it('share a user who is in both', () => {
    const second = stage.discord.addGuild({ name: 'Second' });
    expect(stage.discord.addMember(second.id, { name: 'Alice' }).id).toBe(stage.alice.id);
  });
});

describe('posting', () => {
  it('needs to see the channel (50001) and to write in it (50013)', async () => {
    const { addChannel } = stage.discord;
    const hidden = addChannel(stage.guild.id, 'hidden', { botMaySee: false });
    const readOnly = addChannel(stage.guild.id, 'news', { botMayPost: false });
    const post = (id: string) => stage.api.post(`/channels/${id}/messages`, { content: 'x' });
    expect(await post(hidden.id)).toMatchObject({ status: 403, body: { code: 50001 } });
    expect(await post(readOnly.id)).toMatchObject({ status: 403, body: { code: 50013 } });
    expect((await stage.api.get(`/channels/${hidden.id}`)).body.code).toBe(50001);
    expect((await stage.api.get(`/channels/${readOnly.id}`)).status).toBe(200);
    expect((await post('1')).body.code).toBe(10003);
  });

  it('is still possible as an answer where the bot may not post by itself', async () => {
    const readOnly = stage.discord.addChannel(stage.guild.id, 'news', { botMayPost: false });
    const there = stage.discord.as(stage.alice.id, {
      guildId: stage.guild.id,
      channelId: readOnly.id,
    });
    const pending = await stage.begin(() => there.run('buy'));
    expect(BigInt(pending.event.app_permissions) & (1n << 11n)).toBe(0n);
    expect((await pending.callback(4, { content: 'x' })).status).toBe(204);
  });
});

describe('direct messages', () => {
  it('are refused with 50007 while closed, and arrive when open again', async () => {
    const path = `/channels/${await dmChannel(stage.alice.id)}/messages`;
    stage.discord.closeDms(stage.alice.id);
    expect(await stage.api.post(path, { content: 'x' })).toMatchObject({
      status: 403,
      body: { code: 50007, message: 'Cannot send messages to this user' },
    });
    stage.discord.closeDms(stage.alice.id, false);
    expect((await stage.api.post(path, { content: 'x' })).status).toBe(200);
    expect(stage.discord.dmsOf(stage.alice.id).map((one) => one.text)).toEqual(['x']);
    expect(stage.discord.as(stage.alice.id, { dm: true }).sees()).toHaveLength(1);
    expect(stage.discord.as(stage.bob.id, { dm: true }).sees()).toEqual([]);
  });

  it('use one channel per user, need somebody who exists, and a guild in common', async () => {
    const path = `/channels/${await dmChannel(stage.bob.id)}/messages`;
    expect(await dmChannel(stage.bob.id)).toBe(await dmChannel(stage.bob.id));
    expect((await stage.api.post('/users/@me/channels', { recipient_id: '1' })).body.code).toBe(50033);
    stage.discord.removeMember(stage.guild.id, stage.bob.id);
    expect((await stage.api.post(path, { content: 'x' })).body.code).toBe(50278);
  });
});
