import { type Clock, type Member, Problem } from '../lib/index.ts';
import type { Place } from '../outbox/index.ts';
import type { Because, Rules } from '../policy/index.ts';
import { readReference } from './model/ids.ts';
import type { Order } from './model/order.ts';
import { type Action, openActions, type Viewer, voiceFor } from './model/permissions.ts';
import type { Notices } from './notify/notices.ts';
import type { OrderBook } from './repository.ts';

/** An order as it was found by its reference, and who looks. */
export interface Sighted {
  readonly order: Order;
  readonly viewer: Viewer;
  /** Theirs as its requester or as one of its recipients. */
  readonly isOwn: boolean;
}

export interface LookingUp extends Awaiting {
  /** By the reference as a person typed it. Throws `order_not_found`, whether there is none or it is not for their eyes. */
  lookUp(typed: string, member: Member): Promise<Sighted>;
  /** Again, by the id that a button carries. */
  sight(id: string, member: Member): Promise<Sighted>;
  /** Those of a campaign, newest first; `open`: that have not ended. */
  ofCampaign(id: string, which?: 'open'): AsyncGenerator<Order, void>;
  /** How many there are in all. */
  countOfCampaign(id: string): Promise<number>;
}

interface Parts extends AwaitingParts {
  book: OrderBook;
  viewing: Viewing;
}

export function createLookingUp(parts: Parts): LookingUp {
  const { book, viewing } = parts;

  /** Who may not see it learns nothing, not even that there is such an order. */
  async function sighted(order: Order | undefined, member: Member): Promise<Sighted> {
    const { user, guild } = member;
    const isHere = order?.guild === guild;
    const { isManager, isAdmin = false } = member;
    // Admins of the owner guild look after the orders of all guilds.
    const oversees = (isManager && isHere) || isAdmin;
    const isTheirs =
      order?.requester === user || order?.recipients.some((each) => each.user === user);
    const isOwn = isHere && isTheirs === true;
    if (!order || !(isHere || oversees)) throw new Problem('order_not_found', {});
    const viewer = { ...(await viewing.viewerOf(order, member)), oversees };
    // Whoever is asked to decide about it sees it as long as it waits.
    const isAsked = viewer.voices !== undefined && viewer.voices.length > 0;
    if (!(isOwn || oversees || isAsked)) throw new Problem('order_not_found', {});
    return { order, viewer, isOwn };
  }

  return {
    ...createAwaiting(parts),
    async lookUp(typed, member) {
      const reference = readReference(typed);
      const order = reference === undefined ? undefined : await book.byReference(reference);
      return sighted(order, member);
    },
    sight: async (id, member) => sighted(await book.get(id), member),
    ofCampaign: (id, which) => book.walk(`campaign/${id}${which ? `/${which}` : ''}`),
    countOfCampaign: (id) => book.count(`campaign/${id}`),
  };
}

/** More than these are not kept while the list is read: the others move up as these are decided. */
export const MOST_WAITING = 200;

/** Something that waits for somebody, as they may decide about it. */
export interface Listed {
  readonly actions: readonly string[];
  /** The approver in whose name they would approve it; nobody, when their approval counts already. */
  readonly voice?: string | undefined;
  /** Since when it waits for approval. */
  readonly askedAt: number;
}

/** An order that waits for somebody. */
export interface Waiting extends Listed {
  readonly order: Order;
  readonly actions: readonly Action[];
  /** Where its card stands, if it is known. */
  readonly card?: Place | undefined;
}

export interface WaitingPage<Other extends Listed = never> {
  /** From 0; the last one, where a later one was asked for. */
  readonly page: number;
  readonly pages: number;
  /** How much there is on all pages. */
  readonly total: number;
  readonly waiting: readonly (Waiting | Other)[];
}

export interface Awaiting {
  /**
   * What waits for this member in their guild, by themselves or as a delegate: the longest first, and at the end what
   * they have approved already. `others`: what waits beside orders, and has its place among them. Throws
   * `approvers_only`.
   */
  awaiting<Other extends Listed = never>(
    member: Member,
    page: { number: number; size: number },
    others?: readonly Other[],
  ): Promise<WaitingPage<Other>>;
}

export interface AwaitingParts {
  book: Pick<OrderBook, 'walk'>;
  rules: Pick<Rules, 'voicesOf'>;
  notices: Pick<Notices, 'cardOf'>;
  clock: Clock;
}

export function createAwaiting({ book, rules, notices, clock }: AwaitingParts): Awaiting {
  async function orders(viewer: Viewer, guild: string): Promise<Waiting[]> {
    const found: Waiting[] = [];
    // From the newest offer on, as the store has them: those at the end have waited longest.
    for await (const order of book.walk(`awaiting/${guild}`)) {
      const actions = openActions(order, viewer, clock.now());
      if (!actions.includes('reject')) continue;
      found.push({ order, actions, voice: voiceFor(order, viewer), askedAt: askedAt(order) });
      if (found.length > MOST_WAITING) found.shift();
    }
    return found;
  }

  async function withCard<Other extends Listed>(one: Waiting | Other): Promise<Waiting | Other> {
    return isOrder(one) ? { ...one, card: await notices.cardOf(one.order) } : one;
  }

  return {
    async awaiting(member, { number, size }, others = []) {
      const { guild, user } = member;
      const voices = await rules.voicesOf(member);
      if (voices.length === 0) throw new Problem('approvers_only', {});
      const all = [...(await orders({ user, voices }, guild)), ...others].sort(
        (a, b) => Number(isDone(a)) - Number(isDone(b)) || a.askedAt - b.askedAt,
      );
      const pages = Math.max(1, Math.ceil(all.length / size));
      // It may have got shorter since the button was drawn, and a button may be forged.
      const page = Math.max(0, Math.min(Math.trunc(number) || 0, pages - 1));
      const shown = all.slice(page * size, (page + 1) * size);
      return { page, pages, total: all.length, waiting: await Promise.all(shown.map(withCard)) };
    },
  };
}

const isOrder = (listed: Listed): listed is Waiting => 'order' in listed;

/** Somebody else has to decide now. */
const isDone = ({ actions }: Listed) => !actions.includes('approve');

/** Since when an order waits for approval. */
export function askedAt({ history }: Pick<Order, 'history'>): number {
  return history.find(({ status }) => status === 'awaiting_approval')?.at ?? 0;
}

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

interface ViewingParts {
  rules: Rules;
  clock: Clock;
}

export function createViewing({ rules, clock }: ViewingParts): Viewing {
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
