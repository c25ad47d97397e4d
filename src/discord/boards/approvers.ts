import { type Collection, type Guild, PermissionFlagsBits, type Role } from 'discord.js';
import type { Order } from '../../orders/index.ts';
import type { Asked, Quorum } from '../../views/index.ts';
import { attempt } from '../errors.ts';
import { memberIn, membersByRole } from '../members.ts';

/** More people involved than this are not asked for one by one. */
const MOST_LOOK_UPS = 10;

/**
 * Whether somebody with Manage Server is left to decide when the people in `involved` may not. Without the list of
 * members, which needs a privileged intent, the owner and the number of members of each role tell it. A bot that was
 * given such a role by hand counts as somebody.
 */
export async function checkQuorum(guild: Guild, involved: readonly string[]): Promise<Quorum> {
  if (!involved.includes(guild.ownerId)) return 'somebody';
  if (isManagers(guild.roles.everyone)) return 'somebody';
  return attempt<Quorum, Quorum>(
    () => quorumByRoles(guild, involved),
    () => 'unclear',
  );
}

async function quorumByRoles(guild: Guild, involved: readonly string[]): Promise<Quorum> {
  const roles = managerRoles(guild);
  const counts = await membersByRole(guild);
  const fullest = Math.max(0, ...roles.map(({ id }) => counts[id] ?? 0));
  if (fullest > involved.length) return 'somebody';
  if (fullest > 0 && involved.length > MOST_LOOK_UPS) return 'unclear';
  const held = fullest > 0 ? await rolesOf(guild, involved) : [];
  const others = roles.some(({ id }) => (counts[id] ?? 0) > held.filter((each) => each === id).length);
  return others ? 'somebody' : 'nobody';
}

/** The ids of the roles of these people, each as often as somebody has it. */
async function rolesOf(guild: Guild, people: readonly string[]): Promise<string[]> {
  const members = await Promise.all(people.map((user) => memberIn(guild, user)));
  return members.flatMap((member) => (member ? [...member.roles.cache.keys()] : [])); // others have left
}

/**
 * Who is asked to decide about an order: the roles that its guild's policy names or, where it names none, those with
 * Manage Server, without roles of bots; where nobody has it by a role, the owner. A role that no longer exists is left
 * out, so of the roles that the policy names none may be left.
 */
export function approverMentions(guild: Guild, order: Pick<Order, 'requester'>, approvers: readonly string[]): Asked {
  const named = approvers.filter((role) => guild.roles.cache.has(role));
  if (approvers.length > 0) return { roles: named, users: [], isNobodyLeft: named.length === 0 };
  const roles = managerRoles(guild).map(({ id }) => id);
  const isOwners = roles.length === 0 && guild.ownerId !== order.requester;
  return { roles, users: isOwners ? [guild.ownerId] : [], isNobodyLeft: false };
}

/**
 * Which of the roles that are asked to decide ping nobody: they are not mentionable, and the bot may not mention them all the
 * same in that channel or, where it is not said, in the guild.
 */
export function unheardOf(guild: Guild, approvers: readonly string[], channelId?: string): Role[] {
  const { roles, members, channels } = guild;
  const channel = channels.cache.get(channelId ?? '');
  const held = channel ? members.me?.permissionsIn(channel) : members.me?.permissions;
  if (held?.has(PermissionFlagsBits.MentionEveryone)) return [];
  const asked = approvers.length > 0 ? roles.cache.filter(({ id }) => approvers.includes(id)) : managerRoles(guild);
  return [...asked.values()].filter(({ mentionable }) => !mentionable);
}

/** The roles with Manage Server. That of everyone is nobody in particular, and those of bots are nobody. */
function managerRoles({ id, roles }: Guild): Collection<string, Role> {
  return roles.cache.filter((role) => role.id !== id && !role.managed && isManagers(role));
}

const isManagers = ({ permissions }: Role) => permissions.has(PermissionFlagsBits.ManageGuild);
