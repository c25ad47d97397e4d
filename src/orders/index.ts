export type { CaseMove, CasePage } from './cases/cases.ts';
export {
  type Caps,
  createAffording,
  HIGHEST_QUANTITY,
  isQuantity,
  type Wish,
} from './create-quote.ts';
export type { Resent } from './delivery/resend.ts';
export type { Revealed } from './delivery/reveal.ts';
export { createExplaining, type Explaining, type Explanation } from './dry-run.ts';
export {
  type Listed,
  MOST_WAITING,
  type Sighted,
  type Waiting,
  type WaitingPage,
} from './lookup.ts';
export {
  type Case,
  type CaseAtHand,
  cardNumber,
  caseGuard,
  caseName,
  caseSchema,
  newestStep,
} from './model/case.ts';
export { newOrderId, newReference, type RandomBytes, readReference } from './model/ids.ts';
export { type Stop, stopGuard, stopSchema } from './model/kill-switch.ts';
export { isApprovedByOthers } from './model/news.ts';
export { noticeSchema, type Stranger } from './model/notice.ts';
export {
  type Card,
  type Gift,
  giftSchema,
  isPool,
  missingCards,
  OPERATOR,
  type Order,
  orderSchema,
  type Remote,
  type Status,
  type Step,
  statuses,
} from './model/order.ts';
export { deliveryRecord, isGiven, isToBeRetried, type RecipientRecord } from './model/parcels.ts';
export { type Action, isInvolved, mayReject, openActions, voiceFor } from './model/permissions.ts';
export {
  type Announcement,
  type Mailbox,
  type NoticeBoard,
  type NoticeContent,
  NotTried,
  type Parcel,
  type Sequel,
} from './model/ports.ts';
export type { Code } from './model/raw-answer.ts';
export { type Reason, reasons } from './model/reasons.ts';
export { hoursUntilReminder, isQuiet, remindersDue } from './model/reminders.ts';
export { awaitsDiscord } from './model/retry-schedule.ts';
export { approvalEndsAt, decisionOf, isFinal } from './model/state-machine.ts';
export { createNoticeList, type NoticeList } from './notify/notice-state.ts';
export { createOrders, type Orders } from './orders.ts';
export { type Gate, passGate } from './purchase/circuit-breaker.ts';
export { createConcluding } from './purchase/outcome.ts';
export { createReviewing, type Decision } from './reconcile/review.ts';
export { createOrderBook, endedWithNothing, holdsOf, tagsOf } from './repository.ts';
