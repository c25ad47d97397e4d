import { type Member, type MomentWords, Problem, parsePast } from '../lib/index.ts';
import { readReference } from '../orders/index.ts';
import type { Page } from '../store/index.ts';
import { type AuditEntry, auditLists, type Deed, listed } from './chain.ts';
import type { AuditContext } from './context.ts';
import { tick } from './record.ts';

/** What one may want to see of the audit. */
export const auditKinds = ['orders', 'campaigns', 'settings', 'stops', 'reveals', 'delegates', 'cases'] as const;
export type AuditKind = (typeof auditKinds)[number];

/** What the code of a deed begins with. */
const begins: Record<Exclude<AuditKind, 'reveals'>, string> = {
  orders: 'order.',
  campaigns: 'campaign.',
  settings: 'settings.',
  stops: 'stop.',
  delegates: 'delegation.',
  cases: 'case.',
};

/** A budget is a setting. That a code was shown is a step of its order. */
function isOfKind({ what, why }: Pick<Deed, 'what' | 'why'>, kind: AuditKind | undefined): boolean {
  if (kind === undefined) return true;
  return kind === 'reveals' ? isOfKind({ what }, 'orders') && why === 'revealed' : what.startsWith(begins[kind]);
}

/** What is typed to choose from the record. */
interface TypedFilter {
  readonly member?: string | undefined;
  /** A reference. */
  readonly order?: string | undefined;
  readonly since?: string | undefined;
  readonly kind?: AuditKind | undefined;
}

/** Which entries are wanted. */
export interface AuditFilter {
  /** Only what this person did, or what was done about their orders. */
  readonly member?: string | undefined;
  /** The id of an order. */
  readonly order?: string | undefined;
  /** Only what was done at that time or later, in milliseconds since 1970. */
  readonly since?: number | undefined;
  readonly kind?: AuditKind | undefined;
}

const READ_BY = 100;
const MOST_DAYS = 3650;

/** What an approver typed, read and checked. Throws `approvers_only`, `order_not_found` or `bad_since`. */
export async function choose(
  ctx: AuditContext,
  member: Member,
  { member: who, order, since, kind }: TypedFilter,
  says: MomentWords,
): Promise<AuditFilter> {
  await requireApprover(ctx, member);
  const around = { now: ctx.clock.now(), timeZone: 'UTC', says };
  const from = since === undefined ? undefined : parsePast(since, around, MOST_DAYS);
  if (since !== undefined && from === undefined) throw new Problem('bad_since', { text: since });
  return {
    ...(who !== undefined && { member: who }),
    ...(order !== undefined && { order: await orderOf(ctx, order, member.guild) }),
    ...(from !== undefined && { since: from }),
    ...(kind !== undefined && { kind }),
  };
}

/**
 * A page of the chain up to now, as far as this approver's guild reads it, newest first. Throws `approvers_only`.
 */
export async function entries(ctx: AuditContext, member: Member, filter: AuditFilter, { limit, before }: Page) {
  await requireApprover(ctx, member);
  await tick(ctx);
  const { guild } = member;
  const found: AuditEntry[] = [];
  let next = before;
  do {
    // As many as are still wanted: so the page that comes next begins right behind the last one read.
    const wanted = Math.min(READ_BY, limit - found.length);
    const page = await listed(ctx, listFor(guild, filter), { limit: wanted, before: next });
    found.push(...page.entries.filter((entry) => isWanted(entry, guild, filter)));
    next = isPastSince(page.entries, filter) ? undefined : page.next;
  } while (next !== undefined && found.length < limit);
  // Where the next page begins; missing on the last one.
  return { entries: found, ...(next !== undefined && { next }) };
}

export async function requireApprover(ctx: AuditContext, member: Member): Promise<void> {
  if (!(await ctx.isApprover(member))) throw new Problem('approvers_only', {});
}

async function orderOf({ orders }: AuditContext, typed: string, guild: string): Promise<string> {
  const reference = readReference(typed);
  const id = reference && (await orders.holder(`reference/${reference}`));
  const order = id === undefined ? undefined : await orders.get(id);
  if (order?.guild !== guild) throw new Problem('order_not_found', {});
  return order.id;
}

export function listFor(guild: string, { order, member }: AuditFilter): string {
  if (order !== undefined) return auditLists.ofOrder(order);
  return member === undefined ? auditLists.ofGuild(guild) : auditLists.ofMember(guild, member);
}

export function isWanted({ deed }: AuditEntry, guild: string, { member, since = 0, kind }: AuditFilter) {
  const { about, by, for: behalf } = deed;
  const isTheirs = member === undefined || [by, behalf, about?.member].includes(member);
  // What has no guild stands in the list of one only.
  return isTheirs && isOfKind(deed, kind) && deed.at >= since && (deed.guild ?? guild) === guild;
}

/** Nothing is written down before it is done: below this, all is older. */
export const isPastSince = (page: readonly AuditEntry[], { since = 0 }: AuditFilter) =>
  page.some(({ at }) => at < since);
