import {
  type BaseInteraction,
  ChannelType,
  type Client,
  type Guild,
  type GuildBasedChannel,
  GuildMember,
  type GuildTextBasedChannel,
  PermissionFlagsBits,
  type SendableChannels,
  type TextChannel,
} from 'discord.js';
import { type Right, rights } from '../policy/index.ts';
import { attempt, calling, DiscordFailure } from './errors.ts';

/** A channel of this name is the admins' own, until another is set. */
const ADMIN_CHANNEL = 'cardigan-admins';

/** The channel that is named for admins, if there is one that the bot may write in and not everybody can read. */
export function namedAdminChannel(guild: Guild): TextChannel | undefined {
  return [...guild.channels.cache.values()]
    .filter(isText)
    .filter((channel) => channel.name === ADMIN_CHANNEL && mayPost(guild, channel) && !isPublic(guild, channel))
    .sort((a, b) => a.rawPosition - b.rawPosition)[0];
}

/** Whether every member of the guild can read it. */
export function isPublic({ roles }: Guild, channel: GuildBasedChannel): boolean {
  if (channel.type === ChannelType.PrivateThread) return false;
  return channel.permissionsFor(roles.everyone).has(PermissionFlagsBits.ViewChannel);
}

function isText(channel: GuildBasedChannel): channel is TextChannel {
  return channel.type === ChannelType.GuildText;
}

const mayPost = (guild: Guild, channel: GuildBasedChannel): boolean => mayWrite(rightsIn(guild, channel));

/** By what of the rights in a channel is lacking. */
export const mayWrite = (lacks: readonly Right[]): boolean => lacks.every((each) => !toWrite.includes(each));

const toWrite: readonly Right[] = ['view', 'send', 'send_in_threads'];

const { ViewChannel, SendMessages, SendMessagesInThreads, AttachFiles, ReadMessageHistory } = PermissionFlagsBits;
export const rightFlags: Readonly<Record<Right, bigint>> = {
  view: ViewChannel,
  send: SendMessages,
  send_in_threads: SendMessagesInThreads,
  attach: AttachFiles,
  history: ReadMessageHistory,
};

/** Everything that the bot uses in channels. README: Install in five steps. */
export const usedRights: bigint = rights.reduce((all, right) => all | rightFlags[right], 0n);

/** Which of the rights that the bot uses in a channel it lacks there: in a thread, another one counts to write. */
export function rightsIn({ members }: Guild, channel: GuildBasedChannel): Right[] {
  const held = members.me?.permissionsIn(channel);
  const counts = (right: Right) => right !== (channel.isThread() ? 'send' : 'send_in_threads');
  return rights.filter((right) => counts(right) && !held?.has(rightFlags[right]));
}

/** Calls Discord about a channel. Where it forbids it, the failure says which of the rights that the bot uses it lacks there. */
export function callingIn<T>(channel: SendableChannels, call: () => Promise<T>): Promise<T> {
  return attempt(
    () => calling(call()),
    (failure) => {
      if (failure.kind !== 'forbidden' || channel.isDMBased()) throw failure;
      throw forbiddenFor(rightsIn(channel.guild, channel), failure);
    },
  );
}

function forbiddenFor(lacks: readonly Right[], { status, code }: DiscordFailure): DiscordFailure {
  return new DiscordFailure('forbidden', lacks.length > 0 ? `lacks ${lacks.join(', ')}` : 'answer', status, code);
}

/**
 * Whether whoever acts may write in that channel now: by what Discord sends along of the one they act in, else by their
 * roles, which it sends along as well, and the channel as the gateway keeps it.
 */
export function mayWriteIn(interaction: BaseInteraction, id: string): boolean {
  const { guild, member, channelId, memberPermissions } = interaction;
  const channel = guild?.channels.cache.get(id);
  const held =
    id === channelId ? memberPermissions : member instanceof GuildMember ? channel?.permissionsFor(member) : undefined;
  return held?.has([ViewChannel, channel?.isThread() ? SendMessagesInThreads : SendMessages]) ?? false;
}

/** Whether whoever acts may read that channel and what was said in it, likewise. Of a private thread only its own people may. */
export function mayReadIn(interaction: BaseInteraction, id: string): boolean {
  const { guild, member, channelId, memberPermissions } = interaction;
  const channel = guild?.channels.cache.get(id);
  if (id !== channelId && channel?.type === ChannelType.PrivateThread) return false;
  const held =
    id === channelId ? memberPermissions : member instanceof GuildMember ? channel?.permissionsFor(member) : undefined;
  return held?.has([ViewChannel, ReadMessageHistory]) ?? false;
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
