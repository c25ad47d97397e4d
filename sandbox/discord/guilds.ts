import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { createChannels } from './channels.ts';
import type { Dispatch } from './gateway.ts';
import { guildCreateJson, memberJson, userJson } from './payloads.ts';
import { EVERYONE_MAY } from './permissions.ts';
import { createRoles } from './roles.ts';
import { createThreads } from './threads.ts';
import { type Guild, type Member, needGuild, tellChange, type User, type World } from './world.ts';

export interface GuildSetup {
  name: string;
  /** Whether the bot is in it from the start; default true. */
  joined?: boolean;
  /** A fixed id, for those who print it. */
  id?: string;
  /** Whether everyone may ping everyone, and roles that are not mentionable; default false. */
  everyoneMayMention?: boolean;
  /** Name of its owner, who may do anything there. */
  owner?: string;
}

export interface MemberSetup {
  name: string;
  /** Added to what everyone may do, such as ManageGuild. */
  permissions?: bigint;
  locale?: string;
  nick?: string;
  /** When their account was made; default: now. Of a known user it is what it is. */
  createdAt?: number;
  /** Default: now. */
  joinedAt?: number;
}

export type Guilds = ReturnType<typeof createGuilds>;

/** Makes and changes guilds, their channels, roles and members, and tells a connected bot. */
export const createGuilds = (world: World, dispatch: Dispatch) => {
  const { makeChannel, ...channels } = createChannels(world, dispatch);
  const roles = createRoles(world, dispatch);

  const makeUser = (name: string, locale: string, createdAt?: number): User => {
    const user = { id: world.nextId(createdAt), name, locale, bot: false, dmsClosed: false };
    world.users.set(user.id, user);
    return user;
  };

  const admit = (
    guild: Guild,
    userId: string,
    { nick, joinedAt = world.clock.now() }: Pick<MemberSetup, 'nick' | 'joinedAt'> = {},
  ): Member => {
    const member = { userId, nick, roleIds: [], ownRole: undefined, joinedAt };
    guild.members.set(userId, member);
    return member;
  };

  const join = (guildId: string, joinedAt?: number): void => {
    const guild = needGuild(world, guildId);
    admit(guild, world.bot.id, { ...(joinedAt !== undefined && { joinedAt }) });
    guild.joined = true;
    dispatch('GUILD_CREATE', guildCreateJson(world, guild), guild.id);
    tellChange(world, { kind: 'guilds' });
  };

  const leave = (guildId: string): void => {
    const guild = needGuild(world, guildId);
    guild.members.delete(world.bot.id);
    guild.joined = false;
    dispatch('GUILD_DELETE', { id: guild.id }, guild.id);
    tellChange(world, { kind: 'guilds' });
  };

  /** An outage of Discord's: the guild is gone as if the bot had left it, but for one word; it hears nothing from there. */
  const startOutage = (guildId: string): void => {
    const guild = needGuild(world, guildId);
    guild.unavailable = true;
    dispatch('GUILD_DELETE', { id: guild.id, unavailable: true }, guild.id);
    tellChange(world, { kind: 'guilds' });
  };

  const endOutage = (guildId: string): void => {
    const guild = needGuild(world, guildId);
    guild.unavailable = false;
    dispatch('GUILD_CREATE', guildCreateJson(world, guild), guild.id);
    tellChange(world, { kind: 'guilds' });
  };

  const addGuild = (setup: GuildSetup): Guild => {
    const { name, joined = true, id = world.nextId() } = setup;
    const permissions = EVERYONE_MAY | (setup.everyoneMayMention ? Flag.MentionEveryone : 0n);
    const owner = makeUser(setup.owner ?? `Owner of ${name}`, 'en-US');
    const guild: Guild = {
      id,
      name,
      ownerId: owner.id,
      general: makeChannel(id, 'general'),
      joined: false,
      roles: new Map([[id, { id, name: '@everyone', permissions, mentionable: false }]]),
      members: new Map(),
    };
    world.guilds.set(id, guild);
    admit(guild, owner.id);
    // As one that it has been in for a week.
    if (joined) join(id, world.clock.now() - 7 * 24 * 60 * 60_000);
    return guild;
  };

  /** Somebody who was added to another guild under the same name is the same user. */
  const addMember = (guildId: string, setup: MemberSetup): User => {
    const { name, permissions, locale, createdAt } = setup;
    const known = [...world.users.values()].find((user) => user.name === name && !user.bot);
    const user = known ?? makeUser(name, locale ?? 'en-US', createdAt);
    const member = admit(needGuild(world, guildId), user.id, setup);
    const data = { guild_id: guildId, ...memberJson(world, member) };
    dispatch('GUILD_MEMBER_ADD', data, guildId);
    if (permissions) roles.setPermissions(guildId, user.id, permissions);
    tellChange(world, { kind: 'guilds' });
    return user;
  };

  const removeMember = (guildId: string, userId: string): void => {
    needGuild(world, guildId).members.delete(userId);
    const user = userJson(world.users.get(userId) as User);
    dispatch('GUILD_MEMBER_REMOVE', { guild_id: guildId, user }, guildId);
    tellChange(world, { kind: 'guilds' });
  };

  return {
    ...{ startOutage, endOutage },
    ...{ addGuild, joinGuild: join, leaveGuild: leave, addMember, removeMember },
    ...channels,
    ...roles,
    ...createThreads(world, dispatch),
  };
};
