import type { Places, PolicyContext } from '../context.ts';
import type { Policy } from '../policy.ts';
import type { Trouble } from './breakages.ts';

const SEE_EVERY_MS = 60_000;

/**
 * Sees, once a minute however often it is called, whether the channels and roles that guilds have set still work. The
 * first time is a start's. Rejects for nothing but the store.
 */
export async function checkSettings(ctx: PolicyContext): Promise<void> {
  const { settings, places, breakages, guilds, clock, memory } = ctx;
  if (clock.now() < memory.settingsSeenAt + SEE_EVERY_MS) return;
  memory.settingsSeenAt = clock.now();
  await Promise.all(
    guilds.map(async (guild) => {
      const troubles = await troublesOf(await settings.of(guild), guild, places);
      if (troubles !== 'unknown') await breakages.note(guild, troubles, clock.now());
    }),
  );
}

type Place = Pick<Trouble, 'setting' | 'id'>;

/** What the policy names and does not work in that guild now; 'unknown' when Discord does not tell all of it. */
export async function troublesOf(
  policy: Policy,
  guild: string,
  places: Pick<Places, 'channel' | 'goneRoles'>,
): Promise<readonly Trouble[] | 'unknown'> {
  const roles = rolesIn(policy);
  const channels = channelsIn(policy);
  const ids = roles.map(({ id }) => id);
  const [gone, states] = await Promise.all([
    ids.length > 0 ? places.goneRoles(guild, ids) : ([] as const),
    Promise.all(channels.map(({ id }) => places.channel(guild, id))),
  ]);
  if (gone === 'unknown' || states.some(({ is }) => is === 'unknown')) return 'unknown';
  const broken = channels.flatMap((named, index): Trouble[] => {
    const is = states[index]?.is;
    if (is === 'closed') return [{ ...named, what: 'channel_closed' }];
    return is === 'gone' ? [{ ...named, what: 'channel_gone' }] : [];
  });
  const lost = new Set<string>(gone);
  const deleted = roles.filter(({ id }) => lost.has(id)).map((named) => ({ ...named, what: 'role_gone' as const }));
  return [...deleted, ...broken];
}

function rolesIn(policy: Policy): Place[] {
  const ofSettings = (['approvers', 'askers', 'balanceSeers'] as const).flatMap((setting) =>
    policy[setting].map((id) => ({ setting, id })),
  );
  const ofBudgets = policy.budgets.flatMap(({ scope }) => (scope.kind === 'role' ? scope.id : []));
  const budgets = [...new Set(ofBudgets)].map((id) => ({ setting: 'budgets' as const, id }));
  return [...ofSettings, ...budgets];
}

function channelsIn(policy: Policy): Place[] {
  return (['approvalsChannel', 'adminsChannel'] as const).flatMap((setting) => {
    const id = policy[setting];
    return id === undefined ? [] : [{ setting, id }];
  });
}
