import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import type { StoredMessage } from '../message.ts';
import { permissionsOf } from '../permissions.ts';
import type { Channel, World } from '../world.ts';

export const messagesIn = (world: World, channelId: string): StoredMessage[] =>
  [...world.messages.values()].filter((message) => message.channelId === channelId);

/** Channels of one's guilds that one has View Channel in, and one's own direct messages. */
export const maySee = (world: World, userId: string, channel: Channel): boolean => {
  const guild = world.guilds.get(channel.guildId ?? '');
  if (!guild) return channel.recipientId === userId;
  const may = permissionsOf(guild, userId, channel);
  return guild.members.has(userId) && (may & Flag.ViewChannel) !== 0n;
};

/** What a user sees of a channel: public messages, and ephemeral ones that are theirs. */
export const visibleTo = (world: World, userId: string, channelId: string): StoredMessage[] => {
  const channel = world.channels.get(channelId);
  if (!channel || !maySee(world, userId, channel)) return [];
  return messagesIn(world, channelId).filter(({ onlyFor }) => !onlyFor || onlyFor === userId);
};
