import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const MANAGE = 1n << 5n;
const SEND = 1n << 11n;

describe('a role', () => {
  const memberNow = async (userId: string) =>
    (await stage.api.get(`/guilds/${stage.guild.id}/members/${userId}`)).body.roles;
  const counts = async () => (await stage.api.get(`/guilds/${stage.guild.id}/roles/member-counts`)).body;
  const seenInPress = async () => {
    const { event, callback } = await stage.begin(() => stage.inGeneral(stage.alice).run('buy'));
    await callback(5);
    return event.member;
  };

  it('is made, given, counted and taken away, and the bot hears of it', async () => {
    const { discord, guild, gateway, alice, bob } = stage;
    const buyers = discord.addRole(guild.id, { name: 'Buyers' });
    const leads = discord.addRole(guild.id, { name: 'Leads', permissions: MANAGE });
    expect(await gateway.event('GUILD_ROLE_CREATE', 1)).toMatchObject({
      guild_id: guild.id,
      role: { id: leads.id, name: 'Leads', permissions: '32', mentionable: false },
    });
    discord.setRoles(guild.id, alice.id, [buyers.id, leads.id]);
    discord.setRoles(guild.id, bob.id, [buyers.id]);
    expect(await memberNow(alice.id)).toEqual([buyers.id, leads.id]);
    expect(await counts()).toEqual({ [buyers.id]: 2, [leads.id]: 1 });
    discord.deleteRole(guild.id, buyers.id);
    expect(await gateway.event('GUILD_ROLE_DELETE')).toMatchObject({
      guild_id: guild.id,
      role_id: buyers.id,
    });
    expect(await memberNow(alice.id)).toEqual([leads.id]);
    expect(await counts()).toEqual({ [leads.id]: 1 });
    expect(() => discord.setRoles(guild.id, bob.id, [buyers.id])).toThrow('There is no role');
  });

  it('comes with each press of its members, and so do its permissions', async () => {
    const { discord, guild, alice } = stage;
    const leads = discord.addRole(guild.id, { name: 'Leads', permissions: MANAGE });
    discord.setRoles(guild.id, alice.id, [leads.id]);
    const with_ = await seenInPress();
    expect(with_?.roles).toEqual([leads.id]);
    expect(BigInt(with_?.permissions ?? 0) & MANAGE).toBe(MANAGE);
    discord.setRoles(guild.id, alice.id, []);
    const without = await seenInPress();
    expect(without?.roles).toEqual([]);
    expect(BigInt(without?.permissions ?? 0) & MANAGE).toBe(0n);
  });

  it('of one member alone stays when their roles change, and no other member gets its permissions', async () => {
    const { discord, guild, alice, bob } = stage;
    const buyers = discord.addRole(guild.id, { name: 'Buyers' });
    discord.setRoles(guild.id, alice.id, [buyers.id]);
    discord.setRoles(guild.id, bob.id, [buyers.id]);
    discord.setPermissions(guild.id, alice.id, MANAGE);
    expect(guild.roles.get(buyers.id)?.permissions).toBe(0n);
    discord.setRoles(guild.id, alice.id, []);
    const [own] = await memberNow(alice.id);
    expect(guild.roles.get(own ?? '')?.permissions).toBe(MANAGE);
  });
});

describe('a channel', () => {
  it('that is deleted is gone with its messages, and the bot hears of it', async () => {
    const { discord, guild, gateway, api } = stage;
    const desk = discord.addChannel(guild.id, 'desk');
    const { body } = await api.post(`/channels/${desk.id}/messages`, { content: 'x' });
    discord.deleteChannel(guild.id, desk.id);
    expect(await gateway.event('CHANNEL_DELETE')).toMatchObject({ id: desk.id });
    for (const path of ['', '/messages', `/messages/${body.id}`])
      expect(await api.get(`/channels/${desk.id}${path}`)).toMatchObject({
        status: 404,
        body: { code: 10003 },
      });
    expect(await api.post(`/channels/${desk.id}/messages`, { content: 'x' })).toMatchObject({
      status: 404,
    });
  });

  it('in which the bot may no longer post says so, until it may again', async () => {
    const { discord, guild, gateway, api } = stage;
    const desk = discord.addChannel(guild.id, 'desk');
    const post = async () => (await api.post(`/channels/${desk.id}/messages`, { content: 'x' })).status;
    expect(await post()).toBe(200);
    discord.setBotMayPost(desk.id, false);
    expect(await gateway.event('CHANNEL_UPDATE')).toMatchObject({
      id: desk.id,
      permission_overwrites: [{ id: discord.applicationId, type: 1, deny: String(SEND) }],
    });
    expect(await post()).toBe(403);
    discord.setBotMayPost(desk.id, true);
    expect(await post()).toBe(200);
  });
});
