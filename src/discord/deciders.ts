import type { Guild, Role } from 'discord.js';
import { PermissionFlagsBits } from 'discord.js';
import type { Deciders } from '../views/review.ts';
import { calling, DiscordFailure } from './failure.ts';

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
