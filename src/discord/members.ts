import { type BaseInteraction, type Client, type Guild, GuildMember, PermissionFlagsBits } from 'discord.js';
import type { MemberFacts } from '../lib/index.ts';
import { attempt, calling, type DiscordFailure } from './errors.ts';
import type { Asker } from './interactions/handler.ts';

/** A member as they are now; undefined for whoever is none. Throws DiscordFailure. */
export async function memberNow(client: Client, guildId: string, user: string): Promise<GuildMember | undefined> {
  const guild = await attempt(() => calling(client.guilds.fetch(guildId)), undefinedIfUnknown);
  return guild && memberIn(guild, user);
}

/** As `memberNow`, in a guild that is at hand. */
export async function memberIn(guild: Guild, user: string): Promise<GuildMember | undefined> {
  const fetched = () => calling(guild.members.fetch({ user, force: true, cache: false }));
  return attempt(fetched, undefinedIfUnknown);
}

function undefinedIfUnknown(failure: DiscordFailure): undefined {
  if (failure.kind !== 'unknown') throw failure;
}

/** How many members each role has, by its id. (GET /guilds/{guild.id}/roles/member-counts) Throws DiscordFailure. */
export async function membersByRole({ client, id }: Guild): Promise<Record<string, number>> {
  const counts = await calling(client.rest.get(`/guilds/${id}/roles/member-counts`));
  return counts as Record<string, number>;
}

/** Somebody as Discord shows them. */
export function memberOf(member: GuildMember): MemberFacts & { roles: readonly string[] } {
  const { id: user, guild, permissions } = member;
  const joinedAt = joinedAtOf(member);
  return {
    user,
    guild: guild.id,
    roles: rolesIn(guild.id, member),
    name: member.displayName,
    isManager: permissions.has(PermissionFlagsBits.ManageGuild),
    createdAt: member.user.createdTimestamp,
    ...(joinedAt !== undefined && { joinedAt }),
    ...(member.user.bot && { isBot: true }),
  };
}

/** When they joined; undefined where Discord does not tell. */
function joinedAtOf(member: BaseInteraction['member'] | undefined): number | undefined {
  if (member instanceof GuildMember) return member.joinedTimestamp ?? undefined;
  return member?.joined_at ? Date.parse(member.joined_at) : undefined;
}

/** The ids of somebody's roles, without that of everyone, which is the guild's. */
export function rolesIn(guild: string, member: BaseInteraction['member'] | undefined): string[] {
  const ids = member instanceof GuildMember ? [...member.roles.cache.keys()] : member?.roles;
  return (ids ?? []).filter((id) => id !== guild);
}

/** The presser as the interaction shows them: Discord sends their permissions and roles with each one. */
export function askerIn(guild: string, interaction: BaseInteraction): Asker {
  const isManager = interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
  const { user, member } = interaction;
  const joinedAt = joinedAtOf(member);
  return {
    user: user.id,
    guild,
    isManager,
    roles: rolesIn(guild, member),
    createdAt: user.createdTimestamp,
    ...(joinedAt !== undefined && { joinedAt }),
  };
}

/** The presser of a button in a direct message, as they are in the order's guild now. Throws DiscordFailure. */
export async function askerByRest(client: Client, guild: string, user: string): Promise<Asker> {
  const member = await memberNow(client, guild, user);
  // Somebody who left keeps what was theirs, and nothing that needs the guild.
  if (!member) return { user, guild, isManager: false, roles: [], hasLeft: true };
  const { isManager, roles, createdAt, joinedAt } = memberOf(member);
  return { user, guild, isManager, roles, createdAt, ...(joinedAt !== undefined && { joinedAt }) };
}
