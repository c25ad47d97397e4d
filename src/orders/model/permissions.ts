import type { Because, Verdict } from '../../policy/index.ts';
import { missingCards, type Order, type Status } from './order.ts';
import { isGiven, isUndelivered } from './parcels.ts';
import { approvalEndsAt } from './state-machine.ts';

export const actions = [
  ...(['confirm', 'ask', 'cancel', 'reveal', 'collect', 'resend', 'report'] as const),
  /** Of people who decide about an order that waits for approval. */
  ...(['approve', 'reject'] as const),
  /** Of people who decide about an order that waits for them: see `Decision`. */
  ...(['ours', 'none', 'wait', 'close'] as const),
] as const;
export type Action = (typeof actions)[number];

export interface Viewer {
  readonly user: string;
  /** What the policy says of the order, were they its requester. */
  readonly verdict?: Verdict['kind'];
  /** Why it needs approvals, where it does. */
  readonly because?: readonly Because[];
  /** The approvers in whose name they decide in the order's guild: their own or, of a delegate, those who named them. */
  readonly voices?: readonly string[];
  readonly isAdmin?: boolean;
  /** Looks after the order: has Manage Server in its guild, or in the owner guild. Sees no code. */
  readonly oversees?: boolean;
}

/** Whom it concerns, of an order or of a whole campaign. */
export interface Involving {
  readonly requester: string;
  readonly recipients: readonly { readonly user: string }[];
}

/** What approvers decide about. */
export type Decided = Involving & Pick<Order, 'approval'>;

/** Asked for it, or gets cards of it: nobody decides about their own money. */
export function isInvolved(
  { requester, recipients }: Involving,
  { user }: { user: string },
): boolean {
  return requester === user || recipients.some((recipient) => recipient.user === user);
}

function mayDecide(order: Order, viewer: Viewer): boolean {
  return order.status === 'needs_review' && viewer.isAdmin === true && !isInvolved(order, viewer);
}

/**
 * The approver whose decision this person's would be: of those in whose name they may decide, the first who is not
 * involved in it and has not approved it yet.
 */
export function voiceFor(
  decided: Decided,
  { user, voices = [] }: Pick<Viewer, 'user' | 'voices'>,
): string | undefined {
  const votes = decided.approval?.votes ?? [];
  if (isInvolved(decided, { user }) || votes.some(({ by }) => by === user)) return undefined;
  return voices.find(
    (voice) => !isInvolved(decided, { user: voice }) && !votes.some((vote) => vote.voice === voice),
  );
}

function waits(order: Order, now: number): boolean {
  return order.status === 'awaiting_approval' && now < approvalEndsAt(order);
}

/** Also of who has approved it: they may think better of it. */
export function mayReject(
  decided: Involving,
  { user, voices = [] }: Pick<Viewer, 'user' | 'voices'>,
): boolean {
  return (
    !isInvolved(decided, { user }) && voices.some((voice) => !isInvolved(decided, { user: voice }))
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
  confirm: (order, viewer, now) => isOffered(order, viewer, now) && viewer.verdict === 'allowed',
  ask: (order, viewer, now) => isOffered(order, viewer, now) && viewer.verdict === 'needs',
  cancel: (order, viewer) => untilSent.includes(order.status) && order.requester === viewer.user,
  reveal: (order, viewer) =>
    withCodes.includes(order.status) && order.cards.some((card) => card.recipient === viewer.user),
  collect: (order, viewer) =>
    order.status === 'bought' && order.requester === viewer.user && missingCards(order) > 0,
  /** Shows nothing, so it needs no look at who gets the codes; not while they are on their way. */
  resend: (order, viewer) =>
    viewer.oversees === true &&
    withCodes.includes(order.status) &&
    order.cards.some(isGiven) &&
    order.purgedAt === undefined &&
    !isUndelivered(order),
  /** Of whoever has a card in their hands, whose code may not work. */
  report: (order, viewer) =>
    withCodes.includes(order.status) &&
    order.cards.some(
      ({ recipient, deliveredAt }) => recipient === viewer.user && deliveredAt !== undefined,
    ),
  approve: (order, viewer, now) => waits(order, now) && voiceFor(order, viewer) !== undefined,
  reject: (order, viewer, now) => waits(order, now) && mayReject(order, viewer),
  ours: (order, viewer) => mayDecide(order, viewer) && !order.remote,
  none: (order, viewer) => mayDecide(order, viewer) && !order.remote,
  wait: (order, viewer) => mayDecide(order, viewer) && order.remote !== undefined,
  close: mayDecide,
};

/** What this person may do with the order now. Buttons are drawn from it, and presses are checked by it. */
export function openActions(order: Order, viewer: Viewer, now: number): readonly Action[] {
  return actions.filter((action) => open[action](order, viewer, now));
}
