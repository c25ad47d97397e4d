import {
  approvalEndsAt,
  type Because,
  type Decider,
  isInvolved,
  rejectingVoice,
  type Verdict,
  voiceFor,
} from '../../policy/index.ts';
import { missingCards, type Order, type Status } from './order.ts';
import { isGiven, isUndelivered } from './parcels.ts';
import { isFinal, isMissing } from './state-machine.ts';

export const actions = [
  'confirm',
  'ask',
  'cancel',
  'reveal',
  'collect',
  'resend',
  'report',
  'again',
  // Of people who decide about an order that waits for approval.
  'approve',
  'reject',
  // Of people who decide about an order that waits for them, or that CardPlusPay did not show: see `Decision`.
  'ours',
  'none',
  'wait',
  'close',
] as const;
export type Action = (typeof actions)[number];

export interface Viewer extends Decider {
  /** What the policy says of the order, were they its requester. */
  readonly verdict?: Verdict['kind'];
  /** Why it needs approvals, where it does. */
  readonly because?: readonly Because[];
  readonly isAdmin?: boolean;
  /** An admin who looks from the owner guild at an order of another: who decides there may not be able to any more. */
  readonly isOutside?: boolean;
  /** Looks after the order: has Manage Server in its guild, or in the owner guild. Sees no code. */
  readonly oversees?: boolean;
}

function mayDecide(order: Order, viewer: Viewer): boolean {
  const isUndecided = order.status === 'needs_review' || isMissing(order);
  return isUndecided && viewer.isAdmin === true && !isInvolved(order, viewer);
}

/** Of one that a day of looking did not show, people have nothing more to say but that they have found it. */
const isWatched = ({ status }: Order): boolean => !isFinal(status);

function waits(order: Order, now: number): boolean {
  return order.status === 'awaiting_approval' && now < approvalEndsAt(order);
}

/** An order that a person closed keeps the codes that came: they are paid for. */
const withCodes: readonly Status[] = ['bought', 'held', 'delivered', 'needs_review', 'closed'];

/** It is settled: what is still under way might be bought twice. */
const repeatable: readonly Status[] = ['delivered', 'held', 'failed'];

/** Nothing can have been sent yet. */
const untilSent: readonly Status[] = ['quoted', 'awaiting_approval', 'approved'];

function isOffered({ status, requester, quote }: Order, { user }: Viewer, now: number): boolean {
  return status === 'quoted' && requester === user && now < quote.expiresAt;
}

const open: Record<Action, (order: Order, viewer: Viewer, now: number) => boolean> = {
  confirm: (order, viewer, now) => isOffered(order, viewer, now) && viewer.verdict === 'allowed',
  ask: (order, viewer, now) => isOffered(order, viewer, now) && viewer.verdict === 'needs',
  cancel: (order, viewer) =>
    untilSent.includes(order.status) &&
    (order.requester === viewer.user || (viewer.isOutside === true && !order.campaign)),
  reveal: (order, viewer) =>
    withCodes.includes(order.status) && order.cards.some((card) => card.recipient === viewer.user),
  collect: (order, viewer) => order.status === 'bought' && order.requester === viewer.user && missingCards(order) > 0,
  /**
   * Shows nothing, so it needs no look at who gets the codes; not while they are on their way. Cards of a campaign are not
   * sent at all: their recipients have them shown, as often as they like.
   */
  resend: (order, viewer) =>
    viewer.oversees === true &&
    !order.campaign &&
    withCodes.includes(order.status) &&
    order.cards.some(isGiven) &&
    order.purgedAt === undefined &&
    !isUndelivered(order),
  /** Of whoever has a card in their hands, whose code may not work. */
  report: (order, viewer) =>
    withCodes.includes(order.status) &&
    order.cards.some(({ recipient, deliveredAt }) => recipient === viewer.user && deliveredAt !== undefined),
  /** A new quote of the same cards. What was given away is given again by its own command. */
  again: ({ status, requester, gift, campaign }, viewer) =>
    repeatable.includes(status) && requester === viewer.user && !gift && !campaign,
  approve: (order, viewer, now) => waits(order, now) && voiceFor(order, viewer) !== undefined,
  reject: (order, viewer, now) => waits(order, now) && rejectingVoice(order, viewer) !== undefined,
  ours: (order, viewer) => mayDecide(order, viewer) && !order.remote,
  none: (order, viewer) => mayDecide(order, viewer) && isWatched(order) && !order.remote,
  wait: (order, viewer) => mayDecide(order, viewer) && order.remote !== undefined,
  close: (order, viewer) => mayDecide(order, viewer) && isWatched(order),
};

/** What this person may do with the order now. Buttons are drawn from it, and presses are checked by it. */
export function openActions(order: Order, viewer: Viewer, now: number): readonly Action[] {
  return actions.filter((action) => open[action](order, viewer, now));
}
