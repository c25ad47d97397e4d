import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { permissionsOf } from '../../discord/permissions.ts';
import type { Channel, DiscordStandIn, Guild, Role, Sight } from '../../discord/start-discord.ts';
import { letterOf } from '../cast.ts';
import type { ChannelView, GuildView, MemberView } from '../contract.ts';
import type { ReadMarks } from '../read-marks.ts';
import { commandViews } from './command-views.ts';
import { hasPinged } from './message-view.ts';

const isAdmin = (guild: Guild, userId: string): boolean => (permissionsOf(guild, userId) & Flag.ManageGuild) !== 0n;

/** Roles that have a name of their own: not everyone's, and not those that carry one member's permissions. */
export const namedRoles = (guild: Guild): Role[] => {
  const own = new Set([...guild.members.values()].map(({ ownRole }) => ownRole));
  return [...guild.roles.values()].filter(({ id }) => id !== guild.id && !own.has(id));
};

const channelView = (sight: Sight, marks: ReadMarks, guild: Guild, channel: Channel) => {
  const unread = marks.unread(sight, channel.id);
  const everyone = channel.overwrites.find(({ id }) => id === guild.id);
  const view: ChannelView = {
    id: channel.id,
    name: channel.name,
    kind: 'text',
    isPrivate: ((everyone?.deny ?? 0n) & Flag.ViewChannel) !== 0n,
    unread: unread.length,
    pings: unread.filter((message) => hasPinged(sight, message)).length,
  };
  return view;
};

const memberViews = (discord: DiscordStandIn, guild: Guild): MemberView[] =>
  [...guild.members.values()].flatMap(({ userId, roleIds }) => {
    const user = discord.user(userId);
    if (!user) return [];
    return {
      id: user.id,
      name: user.name,
      letter: letterOf(user.name),
      isBot: user.bot,
      isOnline: !user.bot || discord.connections > 0,
      roles: namedRoles(guild)
        .filter(({ id }) => roleIds.includes(id))
        .map(({ name }) => name),
      isAdmin: isAdmin(guild, userId) && !user.bot,
    };
  });

/** A guild as this member sees it. */
export const guildView = (discord: DiscordStandIn, sight: Sight, marks: ReadMarks, guild: Guild): GuildView => {
  const channels = sight.channels(guild.id);
  const [first] = channels;
  return {
    id: guild.id,
    name: guild.name,
    letter: letterOf(guild.name),
    isAdmin: isAdmin(guild, sight.user.id),
    channels: channels.map((channel) => channelView(sight, marks, guild, channel)),
    members: memberViews(discord, guild),
    roles: namedRoles(guild).map(({ id, name }) => ({ id, name })),
    commands: first ? commandViews(sight.commands(first.id)) : [],
  };
};
