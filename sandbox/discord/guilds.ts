import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import type { Dispatch } from './gateway.ts';
import { channelJson, guildCreateJson, roleJson } from './payloads.ts';
import { EVERYONE_MAY } from './permissions.ts';
import { type Channel, type Guild, tellChange, type User, type World } from './world.ts';

export interface GuildSetup {
  name: string;
  /** Whether the bot is in it from the start; default true. */
  joined?: boolean;
  /** A fixed id, for those who print it. */
  id?: string;
}

export interface MemberSetup {
  name: string;
  /** Added to what everyone may do, such as ManageGuild. */
  permissions?: bigint;
  locale?: string;
}

export interface ChannelSetup {
  botMayPost?: boolean;
  botMaySee?: boolean;
}

export type Guilds = ReturnType<typeof createGuilds>;

/** Makes and changes guilds, their channels and members, and tells a connected bot. */
export const createGuilds = (world: World, dispatch: Dispatch) => {
  const need = (guildId: string): Guild => {
    const guild = world.guilds.get(guildId);
    if (!guild) throw new Error(`There is no guild ${guildId}.`);
    return guild;
  };

  const makeUser = (name: string, locale: string): User => {
    const user = { id: world.nextId(), name, locale, bot: false, dmsClosed: false };
    world.users.set(user.id, user);
    return user;
  };

  const makeChannel = (guildId: string, name: string, setup: ChannelSetup = {}): Channel => {
    const denied =
      (setup.botMayPost === false ? Flag.SendMessages : 0n) |
      (setup.botMaySee === false ? Flag.ViewChannel : 0n);
    const channel: Channel = {
      id: world.nextId(),
      name,
      guildId,
      recipientId: undefined,
      overwrites: denied ? [{ id: world.bot.id, type: 1, allow: 0n, deny: denied }] : [],
    };
    world.channels.set(channel.id, channel);
    return channel;
  };

  const admit = (guild: Guild, userId: string): void => {
    guild.members.set(userId, { userId, roleIds: [], joinedAt: world.clock.now() });
  };

  const join = (guildId: string): void => {
    const guild = need(guildId);
    admit(guild, world.bot.id);
    guild.joined = true;
    dispatch('GUILD_CREATE', guildCreateJson(world, guild), guild.id);
    tellChange(world, { kind: 'guilds' });
  };

  const leave = (guildId: string): void => {
    const guild = need(guildId);
    guild.members.delete(world.bot.id);
    guild.joined = false;
    dispatch('GUILD_DELETE', { id: guild.id }, guild.id);
    tellChange(world, { kind: 'guilds' });
  };

  const addGuild = ({ name, joined = true, id = world.nextId() }: GuildSetup): Guild => {
    const owner = makeUser(`Owner of ${name}`, 'en-US');
    const guild: Guild = {
      id,
      name,
      ownerId: owner.id,
      general: makeChannel(id, 'general'),
      joined: false,
      roles: new Map([[id, { id, name: '@everyone', permissions: EVERYONE_MAY }]]),
      members: new Map(),
    };
    world.guilds.set(id, guild);
    admit(guild, owner.id);
    if (joined) join(id);
    return guild;
  };

  const addChannel = (guildId: string, name: string, setup: ChannelSetup = {}): Channel => {
    const channel = makeChannel(need(guildId).id, name, setup);
    dispatch('CHANNEL_CREATE', channelJson(world, channel), guildId);
    return channel;
  };

  /** A member's own role carries what they may do beyond everyone. */
  const setPermissions = (guildId: string, userId: string, bits: bigint): void => {
    const guild = need(guildId);
    const member = guild.members.get(userId);
    if (!member) throw new Error(`User ${userId} is not in ${guild.name}.`);
    const existing = guild.roles.get(member.roleIds[0] ?? '');
    const role = existing ?? { id: world.nextId(), name: `role of ${userId}`, permissions: bits };
    role.permissions = bits;
    guild.roles.set(role.id, role);
    if (!existing) member.roleIds.push(role.id);
    const event = existing ? 'GUILD_ROLE_UPDATE' : 'GUILD_ROLE_CREATE';
    dispatch(event, { guild_id: guildId, role: roleJson(role, guild.roles.size) }, guildId);
  };

  /** Somebody who was added to another guild under the same name is the same user. */
  const addMember = (guildId: string, { name, permissions, locale }: MemberSetup): User => {
    const known = [...world.users.values()].find((user) => user.name === name && !user.bot);
    const user = known ?? makeUser(name, locale ?? 'en-US');
    admit(need(guildId), user.id);
    if (permissions) setPermissions(guildId, user.id, permissions);
    return user;
  };

  const removeMember = (guildId: string, userId: string): void => {
    need(guildId).members.delete(userId);
    tellChange(world, { kind: 'guilds' });
  };

  return { addGuild, join, leave, addChannel, addMember, setPermissions, removeMember };
};
