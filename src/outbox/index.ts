export { type DeliveryResult, deliveryResults, type MessageResult } from './delivery-result.ts';
export {
  createKeeping,
  keptSchema,
  type Message,
  nonceOf,
  type Place,
  type Posting,
  placeSchema,
} from './outbox.ts';
