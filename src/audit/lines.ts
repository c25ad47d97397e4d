import type { Member } from '../lib/index.ts';
import type { Page } from '../store/index.ts';
import { type AuditEntry, auditLists, listed } from './chain.ts';
import type { AuditContext } from './context.ts';
import { type AuditFilter, isPastSince, isWanted, listFor, requireApprover } from './query.ts';
import { tick } from './record.ts';

/** What one line of the list tells of, newest first: all there is of an order, or one entry of anything else. */
export interface AuditLine {
  /** The id of the order. */
  readonly order?: string;
  readonly entries: readonly AuditEntry[];
}

/** What a page reads at most, however rare what is wanted is; the page that comes next goes on from there. */
const MOST_READ = 1_000;
const MOST_ORDERS = 40;
/** Entries that are read at once: few at first, for ten lines may be ten entries. */
const FIRST_BATCH = 20;
const MOST_BATCH = 100;
/** Entries of an order that are read: its newest ones. */
const MOST_OF_ORDER = 30;

/**
 * A page of the audit, newest first, with one line an order, where its newest entry stands. What is wanted by its kind is
 * listed entry by entry, except for orders. Its cost does not grow with the audit. Throws `approvers_only`.
 */
export async function auditLines(ctx: AuditContext, member: Member, filter: AuditFilter, { limit, before }: Page) {
  await requireApprover(ctx, member);
  await tick(ctx);
  const found: AuditLine[] = [];
  const orders = createOrderLines(ctx, member.guild, filter);
  for await (const { entry, here } of wanted(ctx, member.guild, filter, before)) {
    if (!entry || orders.isTooMany(entry)) return { lines: found, next: here };
    const line = await orders.lineOf(entry);
    // One more than asked for tells whether there is another page.
    if (line && found.length === limit) return { lines: found, next: here };
    if (line) found.push(line);
  }
  return { lines: found };
}

/** The lines of entries, each order's once. */
function createOrderLines(ctx: AuditContext, guild: string, filter: AuditFilter) {
  const seen = new Set<string>();
  const isGrouped = filter.order === undefined && (filter.kind === undefined || filter.kind === 'orders');
  const orderOf = ({ deed }: AuditEntry) => (isGrouped ? deed.about?.order : undefined);
  return {
    isTooMany(entry: AuditEntry): boolean {
      const order = orderOf(entry);
      return order !== undefined && seen.size === MOST_ORDERS && !seen.has(order);
    },
    /** None, where the order has a newer entry: that is where its line stands. */
    async lineOf(entry: AuditEntry): Promise<AuditLine | undefined> {
      const order = orderOf(entry);
      if (order === undefined) return { entries: [entry] };
      if (seen.has(order)) return undefined;
      seen.add(order);
      const own = await listed(ctx, auditLists.ofOrder(order), { limit: MOST_OF_ORDER });
      const entries = own.entries.filter(({ deed }) => (deed.guild ?? guild) === guild);
      const newest = entries.find((each) => isWanted(each, guild, filter));
      // What is listed nowhere else is shown all the same.
      return newest && newest.number > entry.number ? undefined : { order, entries: newest ? entries : [entry] };
    },
  };
}

/** What is wanted, each with the cursor of a page that begins with it; at last, where one page has read enough, the cursor alone. */
async function* wanted(ctx: AuditContext, guild: string, filter: AuditFilter, cursor: string | undefined) {
  let { start, below } = readCursor(cursor);
  for (let [read, size] = [0, FIRST_BATCH]; read < MOST_READ; size = Math.min(size * 2, MOST_BATCH)) {
    const page = await listed(ctx, listFor(guild, filter), { limit: size, before: start });
    for (const entry of page.entries) {
      const isBehind = entry.number < below;
      if (isBehind && isWanted(entry, guild, filter)) yield { entry, here: `${start ?? ''}/${entry.number + 1}` };
    }
    if (page.next === undefined || isPastSince(page.entries, filter)) return;
    read += size;
    below = page.entries.at(-1)?.number ?? below;
    start = page.next;
  }
  if (start !== undefined) yield { here: start };
}

/** Where the list is read from, and the number that all entries of the page are below: a page may begin amid what is read at once. */
function readCursor(cursor = ''): { start: string | undefined; below: number } {
  const [start = '', below] = cursor.split('/', 2);
  return { start: start || undefined, below: below === undefined ? Number.POSITIVE_INFINITY : Number(below) };
}
