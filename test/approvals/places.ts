import type { ChannelState, Places } from '../../src/approvals/places.ts';

/** Places of a guild, in a test's hands: every channel is open and every role held until it says otherwise. */
export function createScriptedPlaces() {
  const state = {
    channels: new Map<string, ChannelState>(),
    deleted: new Set<string>(),
    unheld: new Set<string>(),
    /** Whether Discord tells. */
    isKnown: true,
  };
  const places: Places = {
    async channel(_, id) {
      if (!state.isKnown) return { is: 'unknown' };
      return state.channels.get(id) ?? { is: 'open' };
    },
    goneRoles: async (_, ids) =>
      state.isKnown ? ids.filter((id) => state.deleted.has(id)) : 'unknown',
    unheldRoles: async (_, ids) => ids.filter((id) => state.unheld.has(id)),
  };
  return Object.assign(state, { places });
}
