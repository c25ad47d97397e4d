import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { GLOBAL } from '../commands.ts';
import { openDm } from '../direct-messages.ts';
import type { Message } from '../message.ts';
import { ALL_PERMISSIONS, permissionsOf } from '../permissions.ts';
import type { Channel, Command, Guild, User, World } from '../world.ts';
import { maySee, visibleTo } from './visible.ts';

/** What one user's client shows them. It is live: ask again after a change. */
export interface Sight {
  readonly user: User;
  guilds(): Guild[];
  /** Channels of a guild that they may see, in the order in which they were made. */
  channels(guildId: string): Channel[];
  /** Their direct messages with the bot. */
  dm(): Channel;
  /** Oldest first; none where they may not look. */
  messages(channelId: string): Message[];
  /** A message by its id, if they can see it. */
  message(id: string): Message | undefined;
  /** What typing `/` offers them in a channel. */
  commands(channelId: string): Command[];
}

/** `default_member_permissions`: none wanted is for everybody, and 0 is for administrators. */
const isUsable = (command: Command, may: bigint): boolean => {
  const wanted = command.default_member_permissions;
  if (wanted === undefined || wanted === null) return true;
  const bits = BigInt(wanted) || Flag.Administrator;
  return (may & bits) === bits;
};

export const usableCommands = (world: World, userId: string, channel: Channel): Command[] => {
  const guild = world.guilds.get(channel.guildId ?? '');
  const may = guild ? permissionsOf(guild, userId, channel) : ALL_PERMISSIONS;
  const own = guild?.joined ? (world.commands.get(guild.id) ?? []) : [];
  return [...own, ...(world.commands.get(GLOBAL) ?? [])].filter((one) => isUsable(one, may));
};

export const createSight = (world: World, user: User): Sight => {
  const messages = (channelId: string): Message[] => visibleTo(world, user.id, channelId);
  return {
    user,
    guilds: () => [...world.guilds.values()].filter(({ members }) => members.has(user.id)),
    channels: (guildId) =>
      [...world.channels.values()].filter((channel) => channel.guildId === guildId && maySee(world, user.id, channel)),
    dm: () => openDm(world, user.id),
    messages,
    message: (id) => {
      const found = world.messages.get(id);
      return found && messages(found.channelId).find((one) => one.id === id);
    },
    commands: (channelId) => {
      const channel = world.channels.get(channelId);
      if (!channel || !maySee(world, user.id, channel)) return [];
      return usableCommands(world, user.id, channel);
    },
  };
};
