import { isUndelivered } from './cards.ts';
import type { Order, Status } from './order.ts';
import { missingCards } from './order.ts';

export const actions = [
  ...(['confirm', 'cancel', 'reveal', 'collect', 'resend'] as const),
  /** Of people who decide about an order that waits for them: see `Decision`. */
  ...(['ours', 'none', 'wait', 'close'] as const),
] as const;
export type Action = (typeof actions)[number];

export interface Viewer {
  readonly user: string;
  readonly isManager: boolean;
  readonly isAdmin?: boolean;
  /** Looks after the order: has Manage Server in its guild, or in the owner guild. Sees no code. */
  readonly oversees?: boolean;
}

/** Asked for it, or gets cards of it: nobody decides about their own money. */
export function isInvolved({ requester, recipients }: Order, { user }: { user: string }): boolean {
  return requester === user || recipients.some((recipient) => recipient.user === user);
}

function mayDecide(order: Order, viewer: Viewer): boolean {
  return order.status === 'needs_review' && viewer.isAdmin === true && !isInvolved(order, viewer);
}

/** An order that a person closed keeps the codes that came: they are paid for. */
const withCodes: readonly Status[] = ['bought', 'held', 'delivered', 'needs_review', 'closed'];

const open: Record<Action, (order: Order, viewer: Viewer, now: number) => boolean> = {
  confirm: (order, viewer, now) =>
    order.status === 'quoted' &&
    order.requester === viewer.user &&
    viewer.isManager &&
    now < order.quote.expiresAt,
  cancel: (order, viewer) =>
    (order.status === 'quoted' || order.status === 'approved') && order.requester === viewer.user,
  reveal: (order, viewer) =>
    withCodes.includes(order.status) && order.cards.some((card) => card.recipient === viewer.user),
  collect: (order, viewer) =>
    order.status === 'bought' && order.requester === viewer.user && missingCards(order) > 0,
  /** Shows nothing, so it needs no look at who gets the codes; not while they are on their way. */
  resend: (order, viewer) =>
    viewer.oversees === true &&
    withCodes.includes(order.status) &&
    order.cards.length > 0 &&
    order.purgedAt === undefined &&
    !isUndelivered(order),
  ours: (order, viewer) => mayDecide(order, viewer) && !order.remote,
  none: (order, viewer) => mayDecide(order, viewer) && !order.remote,
  wait: (order, viewer) => mayDecide(order, viewer) && order.remote !== undefined,
  close: mayDecide,
};

/** What this person may do with the order now. Buttons are drawn from it, and presses are checked by it. */
export function openActions(order: Order, viewer: Viewer, now: number): readonly Action[] {
  return actions.filter((action) => open[action](order, viewer, now));
}
