import type { BaseInteraction, Client } from 'discord.js';
import { PermissionFlagsBits } from 'discord.js';
import type { Asker } from './handler.ts';
import { memberNow, memberOf, rolesIn } from './members.ts';

/** The presser as the interaction shows them: Discord sends their permissions and roles with each one. */
export function askerIn(guild: string, interaction: BaseInteraction): Asker {
  const isManager = interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
  return { user: interaction.user.id, guild, isManager, roles: rolesIn(guild, interaction.member) };
}

/** The presser of a button in a direct message, as they are in the order's guild now. Throws DiscordFailure. */
export async function askerByRest(client: Client, guild: string, user: string): Promise<Asker> {
  const member = await memberNow(client, guild, user);
  // Somebody who left keeps what was theirs, and nothing that needs the guild.
  if (!member) return { user, guild, isManager: false, roles: [] };
  const { isManager, roles } = memberOf(member);
  return { user, guild, isManager, roles };
}
