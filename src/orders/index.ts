import { bind, type Member } from '../lib/index.ts';
import { approve, reject, requireVoice } from './approval/approve.ts';
import { requesterDetails, requesterHistory } from './approval/details.ts';
import { requireRoomToApprove } from './approval/room.ts';
import { awaiting, type Listed } from './approval/waiting-list.ts';
import { assign, carryOut, commission, commissioned, putOnHand } from './campaign-orders.ts';
import { casesOf, moveCase, openCases } from './cases/cases.ts';
import { report, reportable } from './cases/report.ts';
import { createContext, type OrdersDeps } from './context.ts';
import { resumeDms } from './delivery/dm-stop.ts';
import { collect } from './delivery/late-codes.ts';
import { resend } from './delivery/resend.ts';
import { markSeen, reveal } from './delivery/reveal.ts';
import { recover, settled, stop, tick } from './lifecycle.ts';
import {
  actionsOf,
  boughtLast,
  countOfCampaign,
  guildOf,
  lookUp,
  ofCampaign,
  offerOf,
  ofMember,
  openEverywhere,
  ownOrder,
  receivedBy,
  sight,
} from './lookup.ts';
import { storeFigures } from './notify/census.ts';
import { welcomeServer } from './notify/notices.ts';
import { requirePurchasesOpen, resumePurchases, stopPurchases } from './purchase/circuit-breaker.ts';
import { countOnHand, onHandFor } from './purchase/on-hand.ts';
import { ask, cancel, confirm } from './quote/confirm.ts';
import { createQuote, requireRoom } from './quote/create-quote.ts';
import { explain } from './quote/dry-run.ts';
import { ignoreStranger } from './reconcile/restored/strangers.ts';
import { decide, missing, nameRemote, review, reviews } from './reconcile/review.ts';

export type Orders = ReturnType<typeof createOrders>;

/** Everything that can be done with orders. Each call checks again who asks and where the order stands now. */
export function createOrders(deps: OrdersDeps) {
  const ctx = createContext(deps);
  return {
    ...bind(ctx, {
      // An order's life: offered, decided about and bought; then how its codes reach whom they are for.
      quote: createQuote,
      confirm,
      ask,
      cancel,
      requireVoice,
      requesterDetails,
      requesterHistory,
      approve,
      reject,
      reveal,
      seen: markSeen,
      collect,
      resend,
      // What people decide where Cardigan does not know.
      reviews,
      missing,
      review,
      nameRemote,
      ignoreStranger,
      decide,
      // A card that does not work.
      reportable,
      report,
      openCases,
      casesOf,
      moveCase,
      // Orders that are parts of a campaign.
      requireRoom,
      requireRoomToApprove,
      commission,
      carryOut,
      commissioned,
      assign,
      putOnHand,
      countOnHand,
      ofCampaign,
      countOfCampaign,
      // How orders stand, and what may be done with them.
      get: ownOrder,
      lookUp,
      sight,
      ofMember,
      boughtLast,
      openEverywhere,
      receivedBy,
      guildOf,
      actionsOf,
      offerOf,
      explain,
      onHandFor,
      // Whether anything is bought at all.
      requirePurchasesOpen,
      stopPurchases,
      resumePurchases,
      resumeDms,
      // What admins are told.
      welcome: welcomeServer,
      // What is measured.
      storeFigures,
      // What runs by itself.
      recover,
      tick,
      stop,
      settled,
    }),
    awaiting: <Other extends Listed = never>(
      member: Member,
      page: { number: number; size: number },
      others?: readonly Other[],
    ) => awaiting(ctx, member, page, others),
  };
}

export type { RequesterDetails, RequesterHistory } from './approval/details.ts';
export {
  type Listed,
  MOST_WAITING,
  type WaitingOrder,
  type WaitingPage,
} from './approval/waiting-list.ts';
export type { CaseMove, CasePage } from './cases/cases.ts';
export type { CampaignDms, Caps } from './context.ts';
export { deliveryRecord, type RecipientRecord } from './delivery/delivery-record.ts';
export type { Resent } from './delivery/resend.ts';
export type { Revealed } from './delivery/reveal.ts';
export type { Sighted } from './lookup.ts';
export {
  type Case,
  type CaseAtHand,
  cardNumber,
  caseGuard,
  caseLists,
  caseName,
  caseSchema,
  newestStep,
} from './model/case.ts';
export { newOrderId, newReference, type RandomBytes, readReference } from './model/ids.ts';
export { type DmStop, dmStopSchema, type Stop, stopGuard, stopInForce, stopSchema } from './model/kill-switch.ts';
export { isApprovedByOthers, isUntold } from './model/news.ts';
export { type Notice, noticeSchema, type Stranger } from './model/notice.ts';
export {
  type Candidate,
  type Card,
  type Gift,
  giftSchema,
  isPool,
  missingCards,
  OPERATOR,
  type Order,
  orderSchema,
  type Remote,
  remoteOfCard,
  remotesOf,
  type Status,
  type Step,
  statedOf,
  statuses,
} from './model/order.ts';
export { deliveredDay, isFree, isGiven, isToBeRetried } from './model/parcels.ts';
export { type Action, openActions } from './model/permissions.ts';
export {
  type Announcement,
  type AskedIn,
  Flagged,
  type Mailbox,
  type NoticeBoard,
  type NoticeContent,
  type Notification,
  NotTried,
  type Parcel,
  type Sequel,
} from './model/ports.ts';
export type { Code } from './model/raw-answer.ts';
export { type Reason, reasons } from './model/reasons.ts';
export type { ListRow } from './model/records.ts';
export { awaitsDiscord } from './model/retry-schedule.ts';
export { decisionOf, isCutOff, isFinal, isMissing, isNotListed } from './model/state-machine.ts';
export type { Alert, AlertFacts, AlertKind } from './notify/alerts/alert.ts';
export type { Need } from './notify/alerts/forecast.ts';
export { noteBackupFailed, noteBackupMade } from './notify/backup-notice.ts';
export { enqueueNotice } from './notify/notice-outbox.ts';
export { hoursUntilReminder, isQuiet, remindersDue } from './notify/reminders.ts';
export { recordProblem } from './notify/unreadable.ts';
export type { CardsOnHand } from './purchase/on-hand.ts';
export { HIGHEST_QUANTITY, isQuantity, type Wish } from './quote/create-quote.ts';
export type { Explanation } from './quote/dry-run.ts';
export { type BooksSeen, comparedAt, seeBooks } from './reconcile/books.ts';
export { type Difference, differencesOf } from './reconcile/differences.ts';
export { type Prepared, prepareRestored } from './reconcile/restored/prepare.ts';
export { newestKnownRemote, unknownRows } from './reconcile/restored/unknown-rows.ts';
export { type Decision, nameRemote, recordDecision } from './reconcile/review.ts';
export {
  createOrderRepository,
  endedWithNothing,
  holdsOf,
  tagsOf,
} from './repository.ts';
