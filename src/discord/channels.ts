import {
  ChannelType,
  type Client,
  type Guild,
  type GuildBasedChannel,
  type GuildTextBasedChannel,
  PermissionFlagsBits,
  type TextChannel,
} from 'discord.js';
import { attempt, calling } from './errors.ts';

/** A channel of this name is the admins' own, until another is set. */
const ADMIN_CHANNEL = 'cardigan-admins';

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

function mayPost(guild: Guild, channel: GuildBasedChannel): boolean {
  const { canView, canSend } = rightsIn(guild, channel);
  return canView && canSend;
}

/** What the bot may do in a channel. */
export function rightsIn({ members }: Guild, channel: GuildBasedChannel) {
  const { ViewChannel, SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
  const rights = members.me?.permissionsIn(channel);
  const canView = rights?.has(ViewChannel) ?? false;
  const canSend = rights?.has(channel.isThread() ? SendMessagesInThreads : SendMessages) ?? false;
  return { canView, canSend };
}

/** The channel of that id in the guild, if there is one that the bot may write in. Throws DiscordFailure. */
export async function postableChannel(
  client: Client,
  guild: Guild,
  id: string,
): Promise<GuildTextBasedChannel | undefined> {
  const channel = await attempt(
    () => sendableIn(client, guild, id),
    (failure) => {
      if (['unknown', 'forbidden'].includes(failure.kind)) return undefined; // hidden from the bot
      throw failure;
    },
  );
  return channel && mayPost(guild, channel) ? channel : undefined;
}

/** The channel of that id, if it is one of the guild's that messages can be in. Throws DiscordFailure. */
export async function sendableIn(client: Client, guild: Guild, id: string) {
  const channel = await calling(client.channels.fetch(id));
  const isThere = channel?.isSendable() && !channel.isDMBased() && channel.guildId === guild.id;
  return isThere ? channel : undefined;
}
