import {
  type APIChannel,
  type APIGuildChannel,
  type APIOverwrite,
  type APIRole,
  OverwriteType,
  PermissionFlagsBits,
} from 'discord.js';
import { type Right, rights } from '../../policy/index.ts';
import { rightFlags } from '../channels.ts';

/** Whose permissions: a member of a guild, by their roles. */
export interface Holder {
  readonly guild: string;
  readonly user: string;
  readonly roles: readonly string[];
}

const { Administrator, ViewChannel, MentionEveryone } = PermissionFlagsBits;

/** What somebody's roles allow them, everyone's among them. */
export function permissionsIn({ guild, roles }: Holder, all: readonly APIRole[]): bigint {
  const own = all.filter(({ id }) => id === guild || roles.includes(id));
  return own.reduce((bits, { permissions }) => bits | BigInt(permissions), 0n);
}

/** Discord's order: roles, then what the channel says of everyone, of roles, of the member. */
export function permissionsInChannel(holder: Holder, base: bigint, overwrites: readonly APIOverwrite[]): bigint {
  if (has(base, Administrator)) return base;
  const { guild, user, roles } = holder;
  const after = (bits: bigint, fits: (overwrite: APIOverwrite) => boolean) => apply(bits, overwrites.filter(fits));
  const forEveryone = after(base, ({ id }) => id === guild);
  const forRoles = after(forEveryone, ({ id, type }) => type === OverwriteType.Role && roles.includes(id));
  return after(forRoles, ({ id }) => id === user);
}

function apply(bits: bigint, overwrites: readonly APIOverwrite[]): bigint {
  const deny = overwrites.reduce((all, one) => all | BigInt(one.deny), 0n);
  const allow = overwrites.reduce((all, one) => all | BigInt(one.allow), 0n);
  return (bits & ~deny) | allow;
}

const has = (bits: bigint, right: bigint): boolean => (bits & (right | Administrator)) !== 0n;

/** Which rights of those that the bot uses these lack. */
export const rightsLackedBy = (bits: bigint, counts: (right: Right) => boolean = () => true): Right[] =>
  rights.filter((right) => counts(right) && !has(bits, rightFlags[right]));

export const maySee = (bits: bigint): boolean => has(bits, ViewChannel);
export const mayPingRoles = (bits: bigint): boolean => has(bits, MentionEveryone);

export const overwritesOf = (channel: APIChannel): readonly APIOverwrite[] =>
  (channel as Partial<APIGuildChannel>).permission_overwrites ?? [];
