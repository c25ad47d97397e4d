import type { Clock, Log, Member } from '../lib/index.ts';
import { type Notice, noticeSchema, type Order, orderSchema } from '../orders/index.ts';
import type { Records, Store } from '../store/index.ts';
import { type AuditEntry, auditEntrySchema, CHAIN } from './chain.ts';
import type { AuditSource } from './sources.ts';

export interface AuditDeps {
  readonly store: Pick<Store, 'records'>;
  readonly sources: readonly AuditSource[];
  /** The guild whose approvers read what concerns the whole account. */
  readonly ownerGuild: string;
  /** Whether somebody may approve in their guild now: who may, may read the record. */
  isApprover(member: Member): Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}

/** What the functions of this folder work on. */
export interface AuditContext extends Omit<AuditDeps, 'store'> {
  /** The chain. */
  readonly records: Records<AuditEntry>;
  readonly orders: Records<Order>;
  readonly noticeRecords: Records<Notice>;
  readonly memory: {
    isStopping: boolean;
    /** The last tick that was begun or is queued. */
    under: Promise<void>;
    /** The tick that has not begun yet. */
    queued: Promise<void> | undefined;
    /** The UTC day on which the hash of the day before was seen to. */
    postedOn: string | undefined;
  };
}

export function createAuditContext({ store, ...deps }: AuditDeps): AuditContext {
  return {
    ...deps,
    records: store.records(CHAIN, auditEntrySchema),
    orders: store.records('orders', orderSchema),
    noticeRecords: store.records('notices', noticeSchema),
    memory: { isStopping: false, under: Promise.resolve(), queued: undefined, postedOn: undefined },
  };
}
