import type { Clock } from '../clock.ts';
import { readReference } from '../orders/ids.ts';
import { noticeSchema } from '../orders/notice.ts';
import { createNoticeList } from '../orders/notice-list.ts';
import type { Member } from '../orders/order.ts';
import { orderSchema } from '../orders/order.ts';
import type { OrderLog } from '../orders/ports.ts';
import { Problem } from '../problem.ts';
import type { Store } from '../store/open.ts';
import type { Page } from '../store/storage.ts';
import { createAuditChain } from './audit-chain.ts';
import type { Deed } from './audit-entry.ts';
import { entrySchema } from './audit-entry.ts';
import type { AuditFilter, AuditPage } from './audit-filter.ts';
import { filtered, readSince } from './audit-filter.ts';
import { createAuditPosting } from './audit-posting.ts';
import type { AuditSource, Unaudited } from './audit-source.ts';

/** Records of each source that are taken into the chain at once. */
const BATCH = 100;

/** What is typed to choose from the record. */
export interface TypedFilter {
  readonly member?: string | undefined;
  /** A reference. */
  readonly order?: string | undefined;
  readonly since?: string | undefined;
}

export interface Audit {
  /**
   * Takes into the chain what is on record, and has the newest hash of a day posted. Of several calls at once one works,
   * and it sees all that was written before the last of them. Never rejects.
   */
  round(): Promise<void>;
  /** What an approver typed, read and checked. Throws `approvers_only`, `order_not_found` or `bad_since`. */
  choose(member: Member, typed: TypedFilter): Promise<AuditFilter>;
  /** The chain up to now, as far as this approver's guild reads it, newest first. Throws `approvers_only`. */
  entries(member: Member, filter: AuditFilter, page: Page): Promise<AuditPage>;
  /** Begins nothing more, and waits for what is under way, at most so long. */
  stop(withinMs: number): Promise<void>;
}

interface Parts {
  store: Pick<Store, 'records'>;
  sources: readonly AuditSource[];
  /** The guild whose approvers read what concerns the whole account. */
  ownerGuild: string;
  /** Whether somebody may approve in their guild now: who may, may read the record. */
  isApprover(member: Member): Promise<boolean>;
  clock: Clock;
  log: OrderLog;
}

/** Who did what, when and why, in one chain of numbered entries. */
export function createAudit({ store, sources, ownerGuild, isApprover, clock, log }: Parts): Audit {
  const chain = createAuditChain({
    records: store.records('audit', entrySchema),
    ...{ ownerGuild, clock },
  });
  const notices = createNoticeList({ records: store.records('notices', noticeSchema), clock });
  const postDaily = createAuditPosting({ chain, notices, clock });
  const orders = store.records('orders', orderSchema);
  let isStopping = false;
  let under = Promise.resolve();
  let queued: Promise<void> | undefined;

  async function takeIn(): Promise<void> {
    let found: Unaudited[][];
    do {
      found = await Promise.all(sources.map((source) => source.unaudited(BATCH)));
      const records = found.flat();
      await chain.append(byTime(records));
      for (const { done } of records) await done();
    } while (!isStopping && found.some(({ length }) => length === BATCH));
  }

  async function work(): Promise<void> {
    queued = undefined;
    if (isStopping) return;
    try {
      await takeIn();
      await postDaily();
    } catch (err) {
      log.error({ err }, 'the audit could not be brought up to date; it is tried again');
    }
  }

  function round(): Promise<void> {
    queued ??= under.then(work);
    under = queued;
    return queued;
  }

  async function requireApprover(member: Member): Promise<void> {
    if (!(await isApprover(member))) throw new Problem('approvers_only', {});
  }

  async function orderOf(typed: string, guild: string): Promise<string> {
    const reference = readReference(typed);
    const id = reference && (await orders.holder(`reference/${reference}`));
    const order = id === undefined ? undefined : await orders.get(id);
    if (order?.guild !== guild) throw new Problem('order_not_found', {});
    return order.id;
  }

  return {
    round,
    async choose(member, { member: who, order, since }) {
      await requireApprover(member);
      const from = since === undefined ? undefined : readSince(since, clock.now());
      if (since !== undefined && from === undefined)
        throw new Problem('bad_since', { text: since });
      return {
        ...(who !== undefined && { member: who }),
        ...(order !== undefined && { order: await orderOf(order, member.guild) }),
        ...(from !== undefined && { since: from }),
      };
    },
    async entries(member, filter, page) {
      await requireApprover(member);
      await round();
      return filtered(chain, member.guild, filter, page);
    },
    async stop(withinMs) {
      isStopping = true;
      await Promise.race([under, clock.sleep(withinMs)]);
    },
  };
}

/** Oldest first across all records, each in its own order, also where a clock was set back meanwhile. */
function byTime(records: readonly Unaudited[]): Deed[] {
  const timed = records.flatMap(({ deeds }) => {
    let latest = Number.NEGATIVE_INFINITY;
    return deeds.map((deed) => {
      latest = Math.max(latest, deed.at);
      return { deed, latest };
    });
  });
  return timed.sort((a, b) => a.latest - b.latest).map(({ deed }) => deed);
}
