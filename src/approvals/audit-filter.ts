import type { Page } from '../store/storage.ts';
import type { AuditChain } from './audit-chain.ts';
import { auditLists } from './audit-chain.ts';
import type { Entry } from './audit-entry.ts';

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
