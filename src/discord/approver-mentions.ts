import type { Guild, Role } from 'discord.js';
import { PermissionFlagsBits } from 'discord.js';
import type { Order } from '../orders/order.ts';
import type { Asked } from '../views/approval.ts';

/**
 * Who is asked to decide about an order: the roles that its guild's policy names or, where it names none, those with
 * Manage Server, without roles of bots; where nobody has it by a role, the owner. A role that no longer exists is left
 * out, so of the roles that the policy names none may be left.
 */
export function approverMentions(
  guild: Guild,
  order: Pick<Order, 'requester'>,
  approvers: readonly string[],
): Asked {
  const named = approvers.filter((role) => guild.roles.cache.has(role));
  if (approvers.length > 0) return { roles: named, users: [], isNobodyLeft: named.length === 0 };
  const roles = guild.roles.cache.filter((role) => isManagers(role, guild)).map(({ id }) => id);
  const isOwners = roles.length === 0 && guild.ownerId !== order.requester;
  return { roles, users: isOwners ? [guild.ownerId] : [], isNobodyLeft: false };
}

/** The role of everyone is nobody in particular. */
function isManagers({ id, managed, permissions }: Role, guild: Guild): boolean {
  return id !== guild.id && !managed && permissions.has(PermissionFlagsBits.ManageGuild);
}
