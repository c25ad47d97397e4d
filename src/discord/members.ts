import type { Client, GuildMember } from 'discord.js';
import { PermissionFlagsBits } from 'discord.js';
import type { Member } from '../orders/order.ts';
import type { Members, OrderLog } from '../orders/ports.ts';
import { calling, DiscordFailure } from './failure.ts';

/** A member as they are now; undefined for whoever is none. Throws DiscordFailure. */
export async function memberNow(
  client: Client,
  guildId: string,
  user: string,
): Promise<GuildMember | undefined> {
  try {
    const guild = await calling(client.guilds.fetch(guildId));
    return await calling(guild.members.fetch({ user, force: true, cache: false }));
  } catch (error) {
    if (error instanceof DiscordFailure && error.kind === 'unknown') return undefined;
    throw error;
  }
}

export function createMembers(client: Client, log: OrderLog): Members {
  return {
    async find(guild, user) {
      try {
        const member = await memberNow(client, guild, user);
        return member ? memberOf(member) : 'none';
      } catch (err) {
        if (!(err instanceof DiscordFailure)) throw err;
        log.warn({ guild, err }, 'Discord did not tell whether somebody is a member');
        return 'unknown';
      }
    },
  };
}

/** Everybody has the role that is named like the guild: it tells nothing. */
export function memberOf({ id, guild, permissions, roles, user }: GuildMember): Member {
  return {
    user: id,
    guild: guild.id,
    isManager: permissions.has(PermissionFlagsBits.ManageGuild),
    roles: [...roles.cache.keys()].filter((role) => role !== guild.id),
    ...(user.bot && { isBot: true }),
  };
}
