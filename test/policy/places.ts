import type { ChannelState, Places } from '../../src/policy/context.ts';

/** Places of a guild, in a test's hands: every channel is open and every role held by two until it says otherwise. */
export function createScriptedPlaces() {
  const state = {
    channels: new Map<string, ChannelState>(),
    deleted: new Set<string>(),
    /** How many members have a role. */
    counts: new Map<string, number>(),
    /** Roles that are asked to approve and not pinged. */
    unheard: [] as string[],
    /** Whether Discord tells. */
    isKnown: true,
  };
  const places: Places = {
    async channel(_, id) {
      if (!state.isKnown) return { is: 'unknown' };
      return state.channels.get(id) ?? { is: 'open' };
    },
    goneRoles: async (_, ids) => (state.isKnown ? ids.filter((id) => state.deleted.has(id)) : 'unknown'),
    unheardRoles: async () => (state.isKnown ? state.unheard : 'unknown'),
    roleCounts: async (_, ids) => (state.isKnown ? ids.map((id) => state.counts.get(id) ?? 2) : 'unknown'),
  };
  return Object.assign(state, { places });
}
