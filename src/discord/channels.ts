import {
  ChannelType,
  type Client,
  type Guild,
  type GuildBasedChannel,
  type GuildTextBasedChannel,
  PermissionFlagsBits,
  type TextChannel,
} from 'discord.js';
import type { Log } from '../lib/index.ts';
import type { ChannelState, Places } from '../policy/index.ts';
import { countsOf } from './boards/mentions.ts';
import { calling, DiscordFailure } from './errors.ts';

/** The channels and roles of guilds, which the gateway keeps up to date. */
export function createPlaces(client: Client, log: Log): Places {
  /** What Discord does not tell is told nobody: the next look may know it. */
  async function asking<T, E>(guild: string, otherwise: E, ask: (guild: Guild) => Promise<T>) {
    try {
      return await ask(await calling(client.guilds.fetch(guild)));
    } catch (err) {
      if (!(err instanceof DiscordFailure)) throw err;
      log.warn({ guild, err }, 'Discord did not tell about channels or roles');
      return otherwise;
    }
  }

  return {
    channel: (guild, id) => asking(guild, { is: 'unknown' }, (found) => stateOf(client, found, id)),
    goneRoles: (guild, ids) =>
      asking(guild, 'unknown', async ({ available, roles: { cache } }) =>
        available ? ids.filter((id) => !cache.has(id)) : 'unknown',
      ),
    roleCounts: (guild, ids) =>
      asking(guild, 'unknown', async (found) => {
        const counts = await countsOf(found);
        return ids.map((id) => counts[id] ?? 0);
      }),
  };
}

async function stateOf(client: Client, guild: Guild, id: string): Promise<ChannelState> {
  if (!guild.available) return { is: 'unknown' };
  try {
    const channel = await calling(client.channels.fetch(id));
    if (!channel?.isSendable() || channel.isDMBased() || channel.guildId !== guild.id)
      return { is: 'gone' };
    const { canView, canSend } = rightsIn(guild, channel);
    if (canView && canSend) return { is: 'open' };
    const lacks = canView ? 'send' : canSend ? 'view' : 'both';
    return { is: 'closed', name: channel.name, lacks };
  } catch (error) {
    if (!(error instanceof DiscordFailure)) throw error;
    if (error.kind === 'unknown') return { is: 'gone' };
    if (error.kind === 'forbidden') return { is: 'closed', name: id, lacks: 'both' };
    throw error;
  }
}

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
  try {
    const channel = await calling(client.channels.fetch(id));
    if (!channel?.isSendable() || channel.isDMBased() || channel.guildId !== guild.id)
      return undefined;
    return mayPost(guild, channel) ? channel : undefined;
  } catch (error) {
    const isHidden =
      error instanceof DiscordFailure && ['unknown', 'forbidden'].includes(error.kind);
    if (isHidden) return undefined;
    throw error;
  }
}
