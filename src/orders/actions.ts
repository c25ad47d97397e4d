import { isUndelivered } from './cards.ts';
import type { Order, Status } from './order.ts';
import { missingCards } from './order.ts';

export const actions = ['confirm', 'cancel', 'reveal', 'collect', 'resend'] as const;
export type Action = (typeof actions)[number];

export interface Viewer {
  readonly user: string;
  readonly isManager: boolean;
  /** Has Manage Server in the order's guild, or in the one that owns the account. */
  readonly isAdmin?: boolean;
}

const withCodes: readonly Status[] = ['bought', 'held', 'delivered', 'needs_review'];

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
    viewer.isAdmin === true &&
    withCodes.includes(order.status) &&
    order.cards.length > 0 &&
    order.purgedAt === undefined &&
    !isUndelivered(order),
};

/** What this person may do with the order now. Buttons are drawn from it, and presses are checked by it. */
export function openActions(order: Order, viewer: Viewer, now: number): readonly Action[] {
  return actions.filter((action) => open[action](order, viewer, now));
}
