import type { StoredMessage } from '../message.ts';
import type { World } from '../world.ts';

export const messagesIn = (world: World, channelId: string): StoredMessage[] =>
  [...world.messages.values()].filter((message) => message.channelId === channelId);

/** What a user sees of a channel: public messages, and ephemeral ones that are theirs. */
export const visibleTo = (world: World, userId: string, channelId: string): StoredMessage[] => {
  const channel = world.channels.get(channelId);
  const guild = world.guilds.get(channel?.guildId ?? '');
  if (guild && !guild.members.has(userId)) return [];
  if (channel?.recipientId && channel.recipientId !== userId) return [];
  return messagesIn(world, channelId).filter(({ onlyFor }) => !onlyFor || onlyFor === userId);
};
