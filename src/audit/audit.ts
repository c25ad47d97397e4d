import { type Clock, type Log, type Member, Problem } from '../lib/index.ts';
import { noticeSchema, orderSchema, readReference } from '../orders/index.ts';
import type { Page, Store } from '../store/index.ts';
import {
  type AuditChain,
  auditLists,
  createAuditChain,
  type Deed,
  type Entry,
  entrySchema,
} from './chain.ts';
import { createAuditPosting } from './checkpoint.ts';
import type { AuditSource, Unaudited } from './sources.ts';

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
  log: Log;
}

/** Who did what, when and why, in one chain of numbered entries. */
export function createAudit({ store, sources, ownerGuild, isApprover, clock, log }: Parts): Audit {
  const chain = createAuditChain({
    records: store.records('audit', entrySchema),
    ...{ ownerGuild, clock },
  });
  const noticeRecords = store.records('notices', noticeSchema);
  const postDaily = createAuditPosting({ chain, noticeRecords, clock });
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

/** Which entries are wanted. */
export interface AuditFilter {
  /** Only what this person did, or what was done about their orders. */
  readonly member?: string | undefined;
  /** The id of an order. */
  readonly order?: string | undefined;
  /** Only what was done at that time or later, in milliseconds since 1970. */
  readonly since?: number | undefined;
}

export interface AuditPage {
  readonly entries: readonly Entry[];
  /** Where the next page begins; missing on the last one. */
  readonly next?: string;
}

const READ_BY = 100;
const DAY_MS = 24 * 60 * 60_000;
const MOST_DAYS = 3650;

/**
 * The time that was typed as a date such as "2026-11-01", which begins at midnight UTC, or as a number of days until now
 * such as "7" or "7 days". Undefined for anything else, and for a time to come.
 */
export function readSince(typed: string, now: number): number | undefined {
  const text = typed.trim().toLowerCase();
  const days = /^(\d{1,4})(?: ?d(?:ays?)?)?$/.exec(text)?.[1];
  if (days !== undefined) {
    return Number(days) >= 1 && Number(days) <= MOST_DAYS ? now - Number(days) * DAY_MS : undefined;
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = Date.parse(text);
  // 31 February is no date, although some parsers take it.
  const isDate = !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
  return isDate && at <= now ? at : undefined;
}

/** A page of what the approvers of a guild may read, newest first. */
export async function filtered(
  chain: Pick<AuditChain, 'listed'>,
  guild: string,
  filter: AuditFilter,
  { limit, before }: Page,
): Promise<AuditPage> {
  const found: Entry[] = [];
  let next = before;
  do {
    // As many as are still wanted: so the page that comes next begins right behind the last one read.
    const wanted = Math.min(READ_BY, limit - found.length);
    const page = await chain.listed(listFor(guild, filter), { limit: wanted, before: next });
    found.push(...page.entries.filter((entry) => isWanted(entry, guild, filter)));
    next = isOver(page.entries, filter) ? undefined : page.next;
  } while (next !== undefined && found.length < limit);
  return { entries: found, ...(next !== undefined && { next }) };
}

function listFor(guild: string, { order, member }: AuditFilter): string {
  if (order !== undefined) return auditLists.ofOrder(order);
  return member === undefined ? auditLists.ofGuild(guild) : auditLists.ofMember(guild, member);
}

function isWanted({ deed }: Entry, guild: string, { member, since = 0 }: AuditFilter): boolean {
  const { about, by, for: behalf } = deed;
  const isTheirs = member === undefined || [by, behalf, about?.member].includes(member);
  // What has no guild stands in the list of one only.
  return isTheirs && deed.at >= since && (deed.guild ?? guild) === guild;
}

/** Nothing is written down before it is done: below this, all is older. */
const isOver = (entries: readonly Entry[], { since = 0 }: AuditFilter) =>
  entries.some(({ at }) => at < since);
