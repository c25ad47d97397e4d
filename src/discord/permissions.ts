import type { BaseInteraction, Client } from 'discord.js';
import { PermissionFlagsBits } from 'discord.js';
import { calling, DiscordFailure } from './failure.ts';
import type { Asker } from './handler.ts';

/** The presser as the interaction shows them: Discord sends their permissions with each one. */
export function askerIn(guild: string, interaction: BaseInteraction): Asker {
  const isManager = interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
  return { user: interaction.user.id, guild, isManager };
}

/** The presser of a button in a direct message, as they are in the order's guild now. Throws DiscordFailure. */
export async function askerByRest(client: Client, guildId: string, user: string): Promise<Asker> {
  try {
    const guild = await calling(client.guilds.fetch(guildId));
    const member = await calling(guild.members.fetch({ user, force: true, cache: false }));
    return {
      user,
      guild: guildId,
      isManager: member.permissions.has(PermissionFlagsBits.ManageGuild),
    };
  } catch (error) {
    // Somebody who left keeps what was theirs, and nothing that needs the guild.
    if (error instanceof DiscordFailure && error.kind === 'unknown') {
      return { user, guild: guildId, isManager: false };
    }
    throw error;
  }
}
