import { Problem } from '../problem.ts';
import type { Viewer } from './actions.ts';
import type { Awaiting, AwaitingParts } from './awaiting.ts';
import { createAwaiting } from './awaiting.ts';
import { readReference } from './ids.ts';
import type { Member, Order } from './order.ts';
import type { OrderBook } from './order-book.ts';
import type { Viewing } from './viewing.ts';

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
