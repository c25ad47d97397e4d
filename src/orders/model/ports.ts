import type { Cut } from '../../cardpluspay/index.ts';
import type { Problem } from '../../lib/index.ts';
import type { DeliveryResult, MessageResult, Place, Posting } from '../../outbox/index.ts';
import type { Breakage } from '../../policy/index.ts';
import type { UnreadableRecord } from '../../store/index.ts';
import type { Alert } from '../notify/alerts/alert.ts';
import type { Case } from './case.ts';
import type { DmStop, Stop } from './kill-switch.ts';
import type { About } from './notice.ts';
import type { Order, Remote } from './order.ts';
import type { Code } from './raw-answer.ts';

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

/** Thrown by a mailbox that has not begun to send a parcel, because the process ends: it stays to be sent. */
export class NotTried extends Error {
  override readonly name = 'NotTried';
}

/** Thrown by a mailbox whose messages Discord takes for spam: whoever goes on makes it worse. */
export class Flagged extends Error {
  override readonly name = 'Flagged';
  /** Of Discord's answer. */
  readonly code: number;

  constructor(code: number) {
    super(`Discord takes direct messages for spam (code ${code})`);
    this.code = code;
  }
}

/** What is under way for an order. */
export type Stage = 'checking' | 'waiting' | 'buying' | 'delivering';
type Progress = (order: Order, stage: Stage) => void;

/** What follows an order that ended because its price rose: the offer made in its place, or why there is none. */
export type Sequel = { readonly offer: Order } | { readonly problem: Problem };

/** Takes codes to their recipient by direct message, and word of an order to its requester, without codes. */
export interface Mailbox {
  /** One that throws counts as `failed`, but for NotTried and Flagged. Those of campaigns wait for their turn. */
  deliver(parcel: Parcel): Promise<DeliveryResult>;
  /** Shows in the requester's message what is under way, if it can be edited. Nobody waits for it. */
  progress: Progress;
  /** Shows in the requester's message how the order stands; false when there is none that can be edited. */
  show(order: Order, sequel?: Sequel): Promise<boolean>;
  /**
   * Sends the requester a message of its own, or edits the one that they have had. Gives where it is, if it is a direct
   * message. One that cannot be sent is logged, no more.
   */
  tell(order: Order, message?: Notification): Promise<Place | undefined>;
  /** Sends whoever reported a card how far their case has come. `mayBeOut`: look before sending. */
  tellOfCase(record: Case, order: Order, mayBeOut: boolean): Promise<MessageResult>;
  /**
   * Says of a gift, where it was sent, what everybody there may read. One that cannot be said is logged, no more.
   * `mayBeOut`: an earlier process may have said it, look before saying it.
   */
  announce(order: Order, what: Announcement, mayBeOut: boolean): Promise<void>;
}

/** `waits`: its recipient takes no direct messages, and has to fetch it. `arrived`: they have it. */
export type Announcement = 'waits' | 'arrived';

export interface Notification {
  readonly sequel?: Sequel | undefined;
  /** It may be out already (an earlier process may have sent it): look before sending. */
  readonly mayBeOut: boolean;
  /** The direct message in which they were told before: it says from now on how the order stands. */
  readonly place?: Place | undefined;
  /** Worth no new message, where that one is no more. */
  readonly isEditOnly?: boolean;
}

/** What a notice says now. */
export type NoticeContent =
  | { kind: 'review'; order: Order }
  /** `approvers`: the roles that the policy names; none for whoever has Manage Server. */
  /** `sequel`: the offer in the place of one whose price rose. */
  | { kind: 'approval'; order: Order; approvers?: readonly string[]; sequel?: Order }
  /** `isDue`: its order waits still, and the next reminder has not come. */
  | { kind: 'reminder'; order: Order; number: number; card: Place; isDue: boolean }
  | { kind: 'stop'; stop: Stop }
  | { kind: 'dms_stopped'; stop: DmStop }
  | { kind: 'settings_broken'; breakage: Breakage; isMended: boolean }
  | { kind: 'case'; record: Case; order: Order }
  | { kind: 'alert'; alert: Alert }
  | { kind: 'waiting'; order: Order; since: number; for: 'approval' | 'review'; isOver: boolean }
  | { kind: 'charged_more'; order: Order }
  | { kind: 'charged_unclear'; order: Order }
  | { kind: 'answer_cut'; order: Order; cut: readonly Cut[] }
  | { kind: 'catalog_odd'; skipped: number; cut: number; isCut: boolean }
  | { kind: 'code_twice'; order: Order; other: string }
  | { kind: 'amount_differs'; order: Order; listed: Remote }
  /** `attached`: the reference of the order here that it belongs to by now. */
  | (Extract<About, { kind: 'stranger' }> & { attached?: string })
  | Extract<About, { kind: 'unserved' | 'welcome' | 'backup_failed' }>
  | ({ kind: 'unreadable' } & Pick<UnreadableRecord, 'namespace' | 'key' | 'fault'>)
  | { kind: 'audit_hash'; day: string; number: number; hash: string };

/** Where somebody asked for it; without a channel where they may not write in it themselves. */
export type AskedIn = Pick<Order, 'guild'> & Partial<Pick<Order, 'channel'>>;

/** Where the admins of the owner guild read, and those who may approve an order. Its messages carry no code. */
export interface NoticeBoard {
  /** Nothing when there is no channel that the bot may write in. Rejects when Discord did not take it. */
  post(content: NoticeContent, how: Posting): Promise<Place | undefined>;
  /**
   * The channel in which this order's approval can be asked for: the one that is `set` for approvals, or without one
   * where its requester asked, else that of the admins of its guild; undefined when the bot may write in none of them.
   * Rejects when Discord does not tell.
   */
  approvalChannel(asked: AskedIn, set: string | undefined): Promise<string | undefined>;
  /** False when its channel is no more. Of a message that somebody deleted in it an edit tells. */
  stands(place: Place): Promise<boolean>;
  /** Pings nobody. False when the message is no more. Rejects when Discord did not take the edit. */
  edit(place: Place, content: NoticeContent): Promise<boolean>;
  /** Takes the message away; without a place, if there is one. Rejects when Discord does not tell, or does not do it. */
  remove(content: NoticeContent, place: Place | undefined): Promise<void>;
}
