import type { Clock } from '../clock.ts';
import type { Because } from '../verdict.ts';
import type { Action, Viewer } from './actions.ts';
import { openActions } from './actions.ts';
import type { Member, Order } from './order.ts';
import type { Rules } from './rules.ts';

/** Who looks at an order, and what they may do with it by the policy of now. */
export interface Viewing {
  viewerOf(order: Order, member: Member): Promise<Viewer>;
  actionsOf(order: Order, member: Member): Promise<readonly Action[]>;
  /** What somebody may do with an offer of theirs, and why it needs approvals, where it does. */
  offerOf(order: Order, member: Member): Promise<OfferStanding>;
}

export interface OfferStanding {
  readonly actions: readonly Action[];
  readonly because: readonly Because[];
}

interface Parts {
  rules: Rules;
  clock: Clock;
}

export function createViewing({ rules, clock }: Parts): Viewing {
  /** Asks the policy for no more than the order's status needs. */
  async function viewerOf(order: Order, member: Member): Promise<Viewer> {
    const { user, guild, isAdmin = false } = member;
    const viewer = { user, isAdmin };
    // Whoever decides about an order of others, or confirms their own, does it in its guild.
    if (guild !== order.guild) return viewer;
    if (order.status === 'awaiting_approval')
      return { ...viewer, voices: await rules.voicesOf(member) };
    if (order.status !== 'quoted' || order.requester !== user) return viewer;
    const verdict = await rules.judge(order, member);
    const because = verdict.kind === 'needs' ? verdict.because : [];
    return { ...viewer, verdict: verdict.kind, because };
  }

  async function offerOf(order: Order, member: Member): Promise<OfferStanding> {
    const { because = [], ...viewer } = await viewerOf(order, member);
    return { actions: openActions(order, viewer, clock.now()), because };
  }

  return {
    viewerOf,
    offerOf,
    actionsOf: async (order, member) => (await offerOf(order, member)).actions,
  };
}
