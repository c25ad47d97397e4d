import type { BaseInteraction, Client } from 'discord.js';
import { PermissionFlagsBits } from 'discord.js';
import type { Asker } from './handler.ts';
import { joinedAtOf, memberNow, memberOf, rolesIn } from './members.ts';

/** The presser as the interaction shows them: Discord sends their permissions and roles with each one. */
export function askerIn(guild: string, interaction: BaseInteraction): Asker {
  const isManager = interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
  const { user, member } = interaction;
  const joinedAt = joinedAtOf(member);
  return {
    ...{ user: user.id, guild, isManager, roles: rolesIn(guild, member) },
    createdAt: user.createdTimestamp,
    ...(joinedAt !== undefined && { joinedAt }),
  };
}

/** The presser of a button in a direct message, as they are in the order's guild now. Throws DiscordFailure. */
export async function askerByRest(client: Client, guild: string, user: string): Promise<Asker> {
  const member = await memberNow(client, guild, user);
  // Somebody who left keeps what was theirs, and nothing that needs the guild.
  if (!member) return { user, guild, isManager: false, roles: [] };
  const { isManager, roles, createdAt, joinedAt } = memberOf(member);
  return { user, guild, isManager, roles, createdAt, ...(joinedAt !== undefined && { joinedAt }) };
}
