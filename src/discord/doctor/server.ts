import {
  type APIChannel,
  type APIGuild,
  type APIGuildMember,
  type APIRole,
  type APIThreadChannel,
  ChannelType,
  PermissionFlagsBits,
  Routes,
} from 'discord.js';
import type { ChannelSeen, RoleSeen, ServerSeen, Told } from '../../doctor/index.ts';
import type { Right } from '../../policy/index.ts';
import type { DiscordFailure } from '../errors.ts';
import { isNotIn } from '../gateway/access.ts';
import {
  type Holder,
  mayPingRoles,
  maySee,
  overwritesOf,
  permissionsIn,
  permissionsInChannel,
  rightsLackedBy,
} from './permissions.ts';
import type { AskDiscord } from './rest.ts';

interface Own {
  readonly ask: AskDiscord;
  /** The bot's own id. */
  readonly bot: string;
}

/** What the bot is in a guild. */
interface Standing {
  readonly guild: APIGuild;
  readonly me: Holder;
}

const noneIf = (isNone: (failure: DiscordFailure) => boolean) => (failure: DiscordFailure) =>
  isNone(failure) ? ('none' as const) : undefined;

/** A guild by four requests; 'none' where the bot is not in it. */
export async function seeServer(own: Own, id: string): Promise<Told<ServerSeen | 'none'>> {
  const query = new URLSearchParams({ with_counts: 'true' });
  // Refused: no id that there can be.
  const missing = noneIf((failure) => isNotIn(failure) || failure.kind === 'refused');
  const guild = await own.ask<APIGuild, 'none'>(Routes.guild(id), { query, missing });
  if (guild.is !== 'told') return guild;
  if (guild.value === 'none') return { is: 'told', value: 'none' };
  const [me, channels, counts] = await Promise.all([
    holderOf(own, id),
    own.ask<APIChannel[]>(Routes.guildChannels(id)),
    own.ask<Record<string, number>>(`/guilds/${id}/roles/member-counts`),
  ]);
  if (me.is !== 'told') return me;
  if (channels.is !== 'told') return channels;
  if (counts.is !== 'told') return counts;
  return { is: 'told', value: serverFrom({ guild: guild.value, me: me.value }, channels.value, counts.value) };
}

async function holderOf({ ask, bot }: Own, guild: string): Promise<Told<Holder>> {
  const member = await ask<APIGuildMember>(Routes.guildMember(guild, bot));
  return member.is === 'told' ? { is: 'told', value: { guild, user: bot, roles: member.value.roles } } : member;
}

function serverFrom(standing: Standing, channels: readonly APIChannel[], counts: Record<string, number>): ServerSeen {
  const { guild, me } = standing;
  const bits = permissionsIn(me, guild.roles);
  return {
    id: guild.id,
    name: guild.name,
    members: guild.approximate_member_count ?? 0,
    lacks: rightsLackedBy(bits),
    mayMention: mayPingRoles(bits),
    roles: guild.roles.map((role) => roleFrom(role, counts)),
    channels: channels.map((channel) => channelFrom(standing, channel, channel)),
  };
}

const roleFrom = (role: APIRole, counts: Record<string, number>): RoleSeen => ({
  id: role.id,
  name: role.name,
  isManager: (BigInt(role.permissions) & PermissionFlagsBits.ManageGuild) !== 0n,
  isManaged: role.managed,
  isMentionable: role.mentionable,
  members: counts[role.id] ?? 0,
});

const threads: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];

/** Of the two rights to write the one counts that the channel takes. */
const countsIn =
  ({ type }: APIChannel) =>
  (right: Right): boolean =>
    right !== (threads.includes(type) ? 'send' : 'send_in_threads');

/** `parent`: whose overwrites count; a channel's own, and those of the channel that a thread is in. */
function channelFrom({ guild, me }: Standing, channel: APIChannel, parent: APIChannel): ChannelSeen {
  const bitsOf = (holder: Holder) =>
    permissionsInChannel(holder, permissionsIn(holder, guild.roles), overwritesOf(parent));
  const bits = bitsOf(me);
  return {
    id: channel.id,
    name: channel.name ?? channel.id,
    lacks: rightsLackedBy(bits, countsIn(channel)),
    mayMention: mayPingRoles(bits),
    isPublic: channel.type !== ChannelType.PrivateThread && maySee(bitsOf({ guild: guild.id, user: '', roles: [] })),
  };
}

/** A thread of that guild; 'none' where there is none, or none to be seen. */
export async function seeThread(own: Own, server: ServerSeen, id: string): Promise<Told<ChannelSeen | 'none'>> {
  const found = await own.ask<APIThreadChannel, 'none'>(Routes.channel(id), { missing: noneIf(isNotIn) });
  if (found.is !== 'told') return found;
  const thread = found.value;
  const isThere = thread !== 'none' && thread.guild_id === server.id && threads.includes(thread.type);
  if (!isThere) return { is: 'told', value: 'none' };
  const [guild, me, parent] = await Promise.all([
    own.ask<APIGuild>(Routes.guild(server.id)),
    holderOf(own, server.id),
    own.ask<APIChannel>(Routes.channel(thread.parent_id ?? '')),
  ]);
  if (guild.is !== 'told') return guild;
  if (me.is !== 'told') return me;
  if (parent.is !== 'told') return parent;
  return { is: 'told', value: channelFrom({ guild: guild.value, me: me.value }, thread, parent.value) };
}
