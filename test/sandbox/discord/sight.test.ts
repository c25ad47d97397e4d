import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

it('hides a private channel from those who were not let in, and not from the bot', async () => {
  const { discord, api, guild, alice, bob } = stage;
  const role = discord.addRole(guild.id, { name: 'Admins' });
  const secret = discord.addChannel(guild.id, 'secret', { seenBy: [role.id, bob.id] });
  const seen = (id: string) =>
    discord
      .sight(id)
      .channels(guild.id)
      .map(({ name }) => name);
  const path = `/channels/${secret.id}/messages`;
  expect((await api.post(path, { content: 'psst' })).status).toBe(200);

  expect(seen(bob.id)).toEqual(['general', 'secret']);
  expect(seen(alice.id)).toEqual(['general']);
  const aliceThere = discord.as(alice.id, { guildId: guild.id, channelId: secret.id });
  expect(aliceThere.sees()).toEqual([]);
  discord.setRoles(guild.id, alice.id, [role.id]);
  expect(aliceThere.sees()).toMatchObject([{ content: 'psst' }]);
  expect(() => discord.say(discord.addMember(guild.id, { name: 'Cleo' }).id, secret.id, 'x')).toThrow("can't write");
});

it('hides from the bot what people write in a guild, and lets it change none of it', async () => {
  const { discord, api, guild, alice } = stage;
  const { general } = guild;
  const said = discord.say(alice.id, general.id, 'between us');
  const inDm = discord.say(alice.id, discord.sight(alice.id).dm().id, 'to you');
  const path = ({ channelId, id }: typeof said) => `/channels/${channelId}/messages/${id}`;

  expect((await api.get(path(said))).body).toMatchObject({
    content: '',
    author: { id: alice.id },
  });
  expect((await api.get(path(inDm))).body.content).toBe('to you');
  expect((await api.patch(path(said), { content: 'mine' })).body.code).toBe(50005);
  expect((await api.delete(path(said))).body.code).toBe(50013);
  expect((await api.delete(path(inDm))).body.code).toBe(50003);
  expect(said.text).toBe('between us');
});

it('lists the commands that a person may use, also those left from when the bot served a guild', async () => {
  const { discord, api, guild, alice, bob } = stage;
  const path = `/applications/${discord.applicationId}/guilds/${guild.id}/commands`;
  await api.put(path, [
    { name: 'buy', description: 'Buy' },
    { name: 'stop', description: 'Stop', default_member_permissions: String(1n << 5n) },
    { name: 'root', description: 'Root', default_member_permissions: '0' },
  ]);
  discord.setPermissions(guild.id, bob.id, 1n << 5n);
  const other = discord.addGuild({ name: 'Other', owner: 'Olga' });
  discord.addMember(other.id, { name: 'Alice' });
  const usable = (id: string, channelId = guild.general.id) =>
    discord
      .sight(id)
      .commands(channelId)
      .map(({ name }) => name);

  expect(usable(alice.id)).toEqual(['buy']);
  expect(usable(bob.id)).toEqual(['buy', 'stop']);
  expect(usable(guild.ownerId)).toEqual(['buy', 'stop', 'root']);
  expect(usable(alice.id, other.general.id)).toEqual([]);
  discord.leaveCommands(other.id, guild.id);
  expect(usable(alice.id, other.general.id)).toEqual(['buy']);
  expect(usable(bob.id, other.general.id)).toEqual([]);
});

it('tells when a call was answered, and when a bot comes and goes', async () => {
  const { discord, api } = stage;
  const seen: string[] = [];
  discord.on('change', ({ kind }) => seen.push(kind));
  discord.fail({ path: /users/, with: 'hang' });
  await api.get('/gateway/bot');
  expect(discord.requests.at(-1)?.endedAt).toEqual(expect.any(Number));
  void api.get('/users/@me').catch(() => {});
  await expect.poll(() => discord.requests.at(-1)?.path).toBe('/users/@me');
  expect(discord.requests.at(-1)?.endedAt).toBeUndefined();

  stage.gateway.close();
  await expect.poll(() => seen).toContain('connection');
  expect(discord.connections).toBe(0);
});
