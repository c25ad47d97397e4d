import { type Guild, PermissionFlagsBits, type Role } from 'discord.js';
import type { Order } from '../../orders/index.ts';
import type { Asked, Deciders } from '../../views/index.ts';
import { calling, DiscordFailure } from '../errors.ts';

/** More people involved than this are not asked for one by one. */
const MOST_LOOK_UPS = 10;

/**
 * Whether somebody with Manage Server is left to decide when the people in `involved` may not. Without the list of
 * members, which needs a privileged intent, the owner and the number of members of each role tell it. A bot that was
 * given such a role by hand counts as somebody.
 */
export async function decidersIn(guild: Guild, involved: readonly string[]): Promise<Deciders> {
  if (!involved.includes(guild.ownerId)) return 'somebody';
  if (isManagers(guild.roles.everyone)) return 'somebody';
  const roles = guild.roles.cache.filter((role) => isManagers(role) && !role.managed);
  try {
    const counts = await countsOf(guild);
    const fullest = Math.max(0, ...roles.map(({ id }) => counts[id] ?? 0));
    if (fullest > involved.length) return 'somebody';
    if (fullest > 0 && involved.length > MOST_LOOK_UPS) return 'unclear';
    const held = fullest > 0 ? await rolesOf(guild, involved) : [];
    const others = roles.some(
      ({ id }) => (counts[id] ?? 0) > held.filter((each) => each === id).length,
    );
    return others ? 'somebody' : 'nobody';
  } catch (error) {
    if (!(error instanceof DiscordFailure)) throw error;
    return 'unclear';
  }
}

const isManagers = ({ permissions }: Role) => permissions.has(PermissionFlagsBits.ManageGuild);

/** How many members each role has, by its id. (GET /guilds/{guild.id}/roles/member-counts) */
export async function countsOf({ client, id }: Guild): Promise<Record<string, number>> {
  const counts = await calling(client.rest.get(`/guilds/${id}/roles/member-counts`));
  return counts as Record<string, number>;
}

/** The ids of the roles of these people, each as often as somebody has it. */
async function rolesOf(guild: Guild, people: readonly string[]): Promise<string[]> {
  const each = people.map(async (user) => {
    try {
      const member = await calling(guild.members.fetch({ user, force: true, cache: false }));
      return [...member.roles.cache.keys()];
    } catch (error) {
      if (error instanceof DiscordFailure && error.kind === 'unknown') return []; // has left
      throw error;
    }
  });
  return (await Promise.all(each)).flat();
}

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
  const roles = guild.roles.cache
    .filter((role) => isManagersApproverMentions(role, guild))
    .map(({ id }) => id);
  const isOwners = roles.length === 0 && guild.ownerId !== order.requester;
  return { roles, users: isOwners ? [guild.ownerId] : [], isNobodyLeft: false };
}

/** The role of everyone is nobody in particular. */
function isManagersApproverMentions({ id, managed, permissions }: Role, guild: Guild): boolean {
  return id !== guild.id && !managed && permissions.has(PermissionFlagsBits.ManageGuild);
}
