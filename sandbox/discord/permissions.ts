import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { refusal } from './errors.ts';
import type { Channel, Guild, Overwrite, World } from './world.ts';

export const ALL_PERMISSIONS = Object.values(Flag).reduce((all, bit) => all | bit, 0n);

/**
 * What @everyone may do in a guild made here. In a new guild it is Mention Everyone as well, which most take away: a
 * community cannot have it (support.discord.com, "Enabling Your Community Server").
 */
export const EVERYONE_MAY =
  Flag.ViewChannel |
  Flag.SendMessages |
  Flag.SendMessagesInThreads |
  Flag.CreatePublicThreads |
  Flag.EmbedLinks |
  Flag.AttachFiles |
  Flag.ReadMessageHistory |
  Flag.AddReactions |
  Flag.UseApplicationCommands;

const apply = (bits: bigint, overwrites: readonly Overwrite[]): bigint => {
  const deny = overwrites.reduce((all, one) => all | one.deny, 0n);
  const allow = overwrites.reduce((all, one) => all | one.allow, 0n);
  return (bits & ~deny) | allow;
};

/** Discord's order: roles, then the channel's overwrites for everyone, for roles, for the member. */
export const permissionsOf = (guild: Guild, userId: string, channel?: Channel): bigint => {
  const roleIds = guild.members.get(userId)?.roleIds ?? [];
  if (guild.ownerId === userId) return ALL_PERMISSIONS;
  const bits = [guild.id, ...roleIds].reduce((all, id) => all | (guild.roles.get(id)?.permissions ?? 0n), 0n);
  if (bits & Flag.Administrator) return ALL_PERMISSIONS;
  const overwrites = channel?.overwrites ?? [];
  const forEveryone = apply(
    bits,
    overwrites.filter((one) => one.id === guild.id),
  );
  const forRoles = apply(
    forEveryone,
    overwrites.filter((one) => roleIds.includes(one.id)),
  );
  return apply(
    forRoles,
    overwrites.filter((one) => one.id === userId),
  );
};

export const botMay = (world: World, channel: Channel, wanted: bigint): boolean => {
  const guild = world.guilds.get(channel.guildId ?? '');
  if (!guild) return true;
  return (asUsed(permissionsOf(guild, world.bot.id, channel), channel) & wanted) === wanted;
};

/** "The SEND_MESSAGES permission has no effect in threads" (page "Threads", Permissions). */
export const toSpeakIn = ({ thread }: Channel): bigint => (thread ? Flag.SendMessagesInThreads : Flag.SendMessages);

/** Without Manage Threads nobody makes or changes messages in a locked thread (page "Threads", Locked Threads). */
export const needUnlocked = (world: World, channel: Channel): void => {
  if (channel.thread?.locked && !botMay(world, channel, Flag.ManageThreads)) throw refusal('threadLocked');
};

const WITH_SPEECH = Flag.MentionEveryone | Flag.SendTTSMessages | Flag.AttachFiles | Flag.EmbedLinks;

/** Rights that do nothing without another one (page "Permissions", Implicit Permissions). */
const asUsed = (bits: bigint, channel: Channel): bigint => {
  if (!(bits & Flag.ViewChannel)) return 0n;
  return bits & toSpeakIn(channel) ? bits : bits & ~WITH_SPEECH;
};
