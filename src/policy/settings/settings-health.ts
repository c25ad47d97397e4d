import { unlessUnreadable } from '../../store/index.ts';
import type { ChannelState, Places, PolicyContext } from '../context.ts';
import { EVERYONE, type Policy } from '../policy.ts';
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
    guilds.map((guild) =>
      unlessUnreadable(async () => {
        const troubles = await troublesOf(await settings.of(guild), guild, places);
        if (troubles !== 'unknown') await breakages.note(guild, troubles, clock.now());
      }, undefined),
    ),
  );
}

type Place = Pick<Trouble, 'setting' | 'id'>;

/** What the policy names and does not work in that guild now; 'unknown' when Discord does not tell all of it. */
export async function troublesOf(
  policy: Policy,
  guild: string,
  places: Pick<Places, 'channel' | 'goneRoles' | 'unheardRoles'>,
): Promise<readonly Trouble[] | 'unknown'> {
  const roles = rolesIn(policy);
  const channels = channelsIn(policy);
  const ids = roles.map(({ id }) => id);
  const [gone, states, unheard] = await Promise.all([
    ids.length > 0 ? places.goneRoles(guild, ids) : ([] as const),
    Promise.all(channels.map(({ id }) => places.channel(guild, id))),
    places.unheardRoles(guild, policy.approvers, policy.approvalsChannel),
  ]);
  if (gone === 'unknown' || unheard === 'unknown' || states.some(({ is }) => is === 'unknown')) return 'unknown';
  const broken = channels.flatMap((named, index) => channelTroubles(named, states[index] ?? { is: 'unknown' }));
  const lost = new Set<string>(gone);
  const deleted = roles.filter(({ id }) => lost.has(id)).map((named) => ({ ...named, what: 'role_gone' as const }));
  return [...deleted, ...unheardTroubles(policy, guild, unheard), ...broken];
}

function channelTroubles(named: Place, state: ChannelState): Trouble[] {
  if (state.is === 'gone') return [{ ...named, what: 'channel_gone' }];
  if (state.is === 'unknown') return [];
  const isLeak = named.setting === 'adminsChannel' && state.isPublic === true;
  const leak: Trouble[] = isLeak ? [{ ...named, what: 'channel_public' }] : [];
  if (state.is === 'open') return leak;
  const what = state.is === 'closed' ? 'channel_closed' : 'channel_limited';
  return [{ ...named, what, lacks: [...state.lacks] }, ...leak];
}

/** One for all of them: it is mended in one go. */
function unheardTroubles({ approvalsChannel }: Policy, guild: string, roles: readonly string[]): Trouble[] {
  if (roles.length === 0) return [];
  return [{ setting: 'approvers', what: 'roles_unheard', id: approvalsChannel ?? guild, roles: [...roles] }];
}

function rolesIn(policy: Policy): Place[] {
  const ofSettings = (['approvers', 'askers', 'balanceSeers'] as const).flatMap((setting) =>
    policy[setting].filter((id) => id !== EVERYONE).map((id) => ({ setting, id })),
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
