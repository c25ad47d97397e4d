import type { Member } from '../lib/index.ts';
import type { Hindrance, Standing } from './approval.ts';
import { budgetClaims, effectOf, freeClaim, ownOf, spentBy } from './budgets/spent.ts';
import type { PolicyContext } from './context.ts';
import { evaluate, maySeeBalance, wantedOf } from './evaluate.ts';
import { isApproverNow } from './members.ts';
import { type RecordedSpend, type Reservation, type Spend, sentTo, type Verdict, type WaitingSpend } from './types.ts';

/** `Standing` with what it was found out by. */
type Stands = Standing & { requester: Member; verdict: Verdict };

/** What a guild has set that an order takes along. */
export async function termsOf({ settings }: PolicyContext, guild: string) {
  const policy = await settings.of(guild);
  const { quoteMinutes, approvalHours, timeZone, approvalsChannel, approvers } = policy;
  return {
    quoteLastsMs: quoteMinutes * 60_000,
    approvalLastsMs: approvalHours * 60 * 60_000,
    /** An IANA name. */
    timeZone,
    /** The channel set for approvals. */
    approvalsChannel,
    /** The roles that approve; none where whoever has Manage Server does. */
    approvers,
  };
}

export async function seesBalance({ settings }: PolicyContext, member: Member): Promise<boolean> {
  return maySeeBalance(await settings.of(member.guild), member);
}

interface WithPolicy {
  readonly settings: Pick<PolicyContext['settings'], 'of'>;
  readonly ledger: Pick<PolicyContext['ledger'], 'sums'>;
}

/**
 * What the policy says of this spend by this member, as one that counts from `at`, and what it was found out by: by the
 * policy and the ledger as they are now. Changes nothing.
 */
export async function evaluateNow(ctx: WithPolicy, spend: Spend, member: Member, at: number) {
  const policy = await ctx.settings.of(spend.guild);
  const spent = await spentBy(ctx, policy, member, at, ownOf(spend));
  const verdict = evaluate(policy, spent, wantedOf(spend), member);
  return { policy, spent, verdict };
}

/** What the policy says now of this order, were `member` its requester. */
export async function judge(ctx: PolicyContext, order: Spend, member: Member): Promise<Verdict> {
  return (await evaluateNow(ctx, order, member, ctx.clock.now())).verdict;
}

/**
 * Sets the order's amount aside in every budget it counts against, as `verdict` says. Again for the same order: no
 * change. Where one budget has no room, what others hold by then is given back when the order ends. For `isWanted` see
 * `reserve` of the ledger.
 */
export async function reserve(
  ctx: PolicyContext,
  order: RecordedSpend,
  member: Member,
  verdict: Verdict,
  isWanted: () => Promise<boolean>,
): Promise<Reservation> {
  // A retry counts in the same periods.
  const at = reservedAt(ctx, order);
  const policy = await ctx.settings.of(order.guild);
  const { amount } = order.quote.charged;
  const { budgets } = await spentBy(ctx, policy, member, at, ownOf(order));
  const free = isFree(order, verdict) ? [freeClaim(policy, member, at)] : [];
  const claims = [...budgetClaims(policy, member, at), ...free];
  for (const claim of claims) {
    if (await ctx.ledger.reserve(claim, order.id, amount, isWanted, order.campaign?.id)) continue;
    const again = (await evaluateNow(ctx, order, member, at)).verdict;
    if (!isAsGood(order, verdict, again)) return { ok: false, verdict: again };
    // Somebody has given back meanwhile what was missing.
    return reserve(ctx, { ...order, reserved: { at, budgets: [] } }, member, again, isWanted);
  }
  const effects = budgets.map((budget) => effectOf(budget, amount));
  return { ok: true, at, budgets: claims.map(({ key }) => key), effects };
}

/**
 * Whether an order that waits may still be approved: whether its requester and whom its card is sent to are still here,
 * the policy and the budgets of now.
 */
export async function standing(ctx: PolicyContext, order: WaitingSpend): Promise<Stands | Hindrance> {
  const requester = await ctx.members.find(order.guild, order.requester);
  if (requester === 'unknown') return { ok: false, why: 'discord_unreachable' };
  if (requester === 'none') return { ok: false, why: 'requester_left' };
  const inTheWay = await recipientGone(ctx, order);
  if (inTheWay) return { ok: false, why: inTheWay };
  const { verdict } = await evaluateNow(ctx, order, requester, reservedAt(ctx, order));
  if (verdict.kind === 'refused') {
    const detail = verdict.refusals.map(({ rule }) => rule).join(', ');
    return { ok: false, why: 'policy_refuses', detail };
  }
  const lapsed = await lapsedIn(ctx, order);
  if (lapsed === 'unknown') return { ok: false, why: 'discord_unreachable' };
  const wantedNow = verdict.kind === 'needs' ? verdict.approvals : 0;
  const wanted = Math.max(order.approval?.wanted ?? 0, wantedNow);
  return { ok: true, wanted, lapsed, requester, verdict };
}

/**
 * Right before it is bought: all that `standing` asks, that those who approved it still may, and its place in budgets
 * that were set since. For `isWanted` see `reserve` of the ledger.
 */
export async function recheck(
  ctx: PolicyContext,
  order: WaitingSpend,
  isWanted: () => Promise<boolean>,
): Promise<{ ok: true } | Hindrance> {
  const stands = await standing(ctx, order);
  if (!stands.ok) return stands;
  const { lapsed, wanted, requester, verdict } = stands;
  const votes = order.approval?.votes.length ?? 0;
  if (votes - lapsed.length < wanted) return { ok: false, why: 'approvals_lacking' };
  const reserved = await reserve(ctx, order, requester, verdict, isWanted);
  return reserved.ok ? { ok: true } : { ok: false, why: 'policy_refuses', detail: 'over_budget' };
}

const reservedAt = ({ clock }: PolicyContext, { reserved }: RecordedSpend) => reserved?.at ?? clock.now();

/** The votes of approvers who may no longer approve. */
async function lapsedIn(ctx: PolicyContext, order: WaitingSpend): Promise<string[] | 'unknown'> {
  const voices = order.approval?.votes.map(({ voice }) => voice) ?? [];
  const may = await Promise.all(voices.map((voice) => isApproverNow(ctx, order.guild, voice)));
  return may.includes('unknown') ? 'unknown' : voices.filter((_, index) => !may[index]);
}

/** Nobody could be reached who has left: their card would be paid for, and wait for ever. */
async function recipientGone({ members }: PolicyContext, order: WaitingSpend) {
  const to = sentTo(order);
  const found = to === undefined ? undefined : await members.find(order.guild, to);
  if (found === 'unknown') return 'discord_unreachable';
  return found === 'none' ? 'recipient_left' : undefined;
}

/** Counts as bought without an approval. What was approved does not, whatever the policy has come to say since. */
function isFree({ approval }: RecordedSpend, verdict: Verdict): boolean {
  return approval === undefined && verdict.kind === 'allowed' && verdict.rule === 'within_free';
}

/** Whoever confirms must need no approval; what was asked for or approved need not be allowed by itself. */
function isAsGood({ approval }: RecordedSpend, verdict: Verdict, again: Verdict): boolean {
  return approval === undefined ? again.kind === verdict.kind : again.kind !== 'refused';
}
