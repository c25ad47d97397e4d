import type { BaseInteraction, Client } from 'discord.js';
import { GuildMember, PermissionFlagsBits } from 'discord.js';
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

/** Somebody as Discord shows them. */
export function memberOf(member: GuildMember) {
  const { id: user, guild, permissions } = member;
  const isManager = permissions.has(PermissionFlagsBits.ManageGuild);
  const here = { user, guild: guild.id, isManager, roles: rolesIn(guild.id, member) };
  return member.user.bot ? { ...here, isBot: true } : here;
}

/** The ids of somebody's roles, without that of everyone, which is the guild's. */
export function rolesIn(guild: string, member: BaseInteraction['member'] | undefined): string[] {
  const ids = member instanceof GuildMember ? [...member.roles.cache.keys()] : member?.roles;
  return (ids ?? []).filter((id) => id !== guild);
}
