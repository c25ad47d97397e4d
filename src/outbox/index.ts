export { type DeliveryResult, deliveryResults, type MessageResult } from './delivery-result.ts';
export {
  ensureMessage,
  gapAfter,
  type Message,
  type MessageRecord,
  messageRecordSchema,
  nonceOf,
  type Outbox,
  type Place,
  type Posting,
  placeSchema,
  postOnce,
  renewMessage,
  syncMessage,
  TooManyEdits,
} from './outbox.ts';
