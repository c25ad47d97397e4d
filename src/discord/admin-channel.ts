import type { Guild, GuildBasedChannel, TextChannel } from 'discord.js';
import { ChannelType, PermissionFlagsBits } from 'discord.js';

/** A channel of this name is the admins' own, until another is set. */
export const ADMIN_CHANNEL = 'cardigan-admins';

const NEEDED = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages];

/**
 * Where admins of a guild are told things: a channel named for it, else that for the guild's moderators (Discord's public
 * updates), else that of system messages, else the first one that the bot may write in; nothing when there is none.
 */
export function adminChannel(guild: Guild): TextChannel | undefined {
  const channels = [...guild.channels.cache.values()]
    .filter(isText)
    .filter((channel) => mayPost(guild, channel))
    .sort((a, b) => a.rawPosition - b.rawPosition);
  const byId = (id: string | null) => channels.find((channel) => channel.id === id);
  return (
    channels.find(({ name }) => name === ADMIN_CHANNEL) ??
    byId(guild.publicUpdatesChannelId) ??
    byId(guild.systemChannelId) ??
    channels[0]
  );
}

function isText(channel: GuildBasedChannel): channel is TextChannel {
  return channel.type === ChannelType.GuildText;
}

function mayPost({ members }: Guild, channel: TextChannel): boolean {
  return members.me !== null && channel.permissionsFor(members.me).has(NEEDED);
}
