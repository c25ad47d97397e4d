import type { Order, Posted } from './order.ts';
import type { Code } from './sealed-answer.ts';

/** Codes on their way to one person. The same parcel always holds the same cards, also after a crash. */
export interface Parcel {
  readonly order: Order;
  readonly number: number;
  readonly recipient: string;
  readonly codes: readonly Code[];
  /** When an admin asked to send these once more, for those that were. */
  readonly resendAt?: number | undefined;
  /** It may be out already (an earlier process may have sent it): look before sending. */
  readonly mayBeOut: boolean;
}

export type { Posted };

/** Takes codes to their recipient by direct message. */
export interface Mailbox {
  /** One that throws counts as `failed`. */
  deliver(parcel: Parcel): Promise<Posted>;
  /** Tells the requester how their order stands, without codes. A message that cannot be sent is logged, no more. */
  tell(order: Order): Promise<void>;
}

/** What an onlooker may be told while an order is being bought. */
export type Progress = (stage: 'checking' | 'waiting' | 'buying' | 'delivering') => void;

export interface OrderLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
