import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import type { Channel, Guild, Overwrite, World } from './world.ts';

export const ALL_PERMISSIONS = Object.values(Flag).reduce((all, bit) => all | bit, 0n);

/** What @everyone may do in a guild made here. */
export const EVERYONE_MAY =
  Flag.ViewChannel |
  Flag.SendMessages |
  Flag.EmbedLinks |
  Flag.AttachFiles |
  Flag.ReadMessageHistory |
  Flag.AddReactions |
  Flag.UseApplicationCommands |
  // Discord grants it to everyone in a new guild.
  Flag.MentionEveryone;

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
  return (permissionsOf(guild, world.bot.id, channel) & wanted) === wanted;
};
