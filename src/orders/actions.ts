import { approvalEndsAt } from './approval.ts';
import { isUndelivered } from './cards.ts';
import type { Order, Status } from './order.ts';
import { missingCards } from './order.ts';

export const actions = [
  ...(['confirm', 'ask', 'cancel', 'reveal', 'collect', 'resend'] as const),
  /** Of people who decide about an order that waits for approval. */
  ...(['approve', 'reject'] as const),
  /** Of people who decide about an order that waits for them: see `Decision`. */
  ...(['ours', 'none', 'wait', 'close'] as const),
] as const;
export type Action = (typeof actions)[number];

export interface Viewer {
  readonly user: string;
  /** Has Manage Server in `guild`. */
  readonly isManager: boolean;
  /** Where they act. Whoever decides about an order of others does it in its guild. */
  readonly guild?: string;
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

function mayApprove(order: Order, viewer: Viewer, now: number): boolean {
  return (
    order.status === 'awaiting_approval' &&
    viewer.isManager &&
    viewer.guild === order.guild &&
    !isInvolved(order, viewer) &&
    now < approvalEndsAt(order)
  );
}

/** An order that a person closed keeps the codes that came: they are paid for. */
const withCodes: readonly Status[] = ['bought', 'held', 'delivered', 'needs_review', 'closed'];

/** Nothing can have been sent yet. */
const untilSent: readonly Status[] = ['quoted', 'awaiting_approval', 'approved'];

function isOffered({ status, requester, quote }: Order, { user }: Viewer, now: number): boolean {
  return status === 'quoted' && requester === user && now < quote.expiresAt;
}

const open: Record<Action, (order: Order, viewer: Viewer, now: number) => boolean> = {
  confirm: (order, viewer, now) => isOffered(order, viewer, now) && viewer.isManager,
  /** Also of who may confirm, and was offered to ask before they could. */
  ask: isOffered,
  cancel: (order, viewer) => untilSent.includes(order.status) && order.requester === viewer.user,
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
  approve: mayApprove,
  reject: mayApprove,
  ours: (order, viewer) => mayDecide(order, viewer) && !order.remote,
  none: (order, viewer) => mayDecide(order, viewer) && !order.remote,
  wait: (order, viewer) => mayDecide(order, viewer) && order.remote !== undefined,
  close: mayDecide,
};

/** What this person may do with the order now. Buttons are drawn from it, and presses are checked by it. */
export function openActions(order: Order, viewer: Viewer, now: number): readonly Action[] {
  return actions.filter((action) => open[action](order, viewer, now));
}
