import Big from 'big.js';
import type { Member } from '../lib/index.ts';
import type { Hindrance, Standing } from './approval.ts';
import type { Claim, Requesting } from './budgets/ledger.ts';
import { type BudgetClaim, budgetClaims, effectOf, freeClaim, ownOf, spentBy } from './budgets/spent.ts';
import type { PolicyContext } from './context.ts';
import { evaluate, isApprover, mayAsk, maySeeBalance, wantedOf } from './evaluate.ts';
import { REQUESTS_PART } from './limits.ts';
import { isApproverNow, isServed, voicesOf } from './members.ts';
import type { Policy } from './policy.ts';
import {
  type RecordedSpend,
  type Refusal,
  type Reservation,
  type Spend,
  sentTo,
  type Verdict,
  type WaitingSpend,
} from './types.ts';

/** `Standing` with what it was found out by. */
type Stands = Standing & { requester: Member; verdict: Verdict; policy: Policy };

/** What a guild has set that an order takes along. */
export async function termsOf({ settings }: PolicyContext, guild: string) {
  const policy = await settings.of(guild);
  const { quoteMinutes, approvalHours, timeZone, approvalsChannel, approvers, buyCodes } = policy;
  return {
    quoteLastsMs: quoteMinutes * 60_000,
    approvalLastsMs: approvalHours * 60 * 60_000,
    /** An IANA name. */
    timeZone,
    /** The channel set for approvals. */
    approvalsChannel,
    /** Whoever buys for themselves has the codes shown in the answer as well. */
    showsCodes: buyCodes === 'both',
    /** The roles that approve; none where whoever has Manage Server does. */
    approvers,
  };
}

/** What somebody may do in their guild now, for what they are told about. */
export async function abilitiesOf(ctx: PolicyContext, member: Member) {
  const policy = await ctx.settings.of(member.guild);
  const voices = await voicesOf(ctx, member);
  return {
    buys: mayAsk(policy, member),
    seesBalance: maySeeBalance(policy, member),
    approves: isApprover(policy, member),
    /** For themselves, or as a delegate. */
    decides: voices.length > 0,
  };
}

/** See `abilitiesOf`. */
export type Abilities = Awaited<ReturnType<typeof abilitiesOf>>;

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

/** What something is set aside for: a request that others are to decide about, or what somebody has said yes to. */
type For = 'request' | 'purchase';

/**
 * Sets the order's amount aside in every budget it counts against, as `verdict` says. Again for the same order: no
 * change. Where one budget has no room, what others hold by then is given back when the order ends. A request has to fit
 * into its member's part of a budget that others spend from, too. For `isWanted` see `reserve` of the ledger.
 */
export async function reserve(
  ctx: PolicyContext,
  order: RecordedSpend,
  member: Member,
  verdict: Verdict,
  isWanted: () => Promise<boolean>,
  what: For = 'purchase',
): Promise<Reservation> {
  return reserveBy(ctx, await ctx.settings.of(order.guild), order, member, verdict, isWanted, what);
}

/** By that policy, as it was read for the verdict. */
async function reserveBy(
  ctx: PolicyContext,
  policy: Policy,
  order: RecordedSpend,
  member: Member,
  verdict: Verdict,
  isWanted: () => Promise<boolean>,
  what: For,
): Promise<Reservation> {
  // A retry counts in the same periods.
  const at = reservedAt(ctx, order);
  const { amount } = order.quote.charged;
  // Only who is asked to approve it reads what it does to each of them.
  const effects = what === 'request' ? await effectsOf(ctx, policy, order, member, at) : [];
  const free = isFree(order, verdict) ? [freeClaim(policy, member, at)] : [];
  const claims = [...budgetClaims(policy, member, at), ...free];
  for (const claim of claims) {
    const requesting = what === 'request' ? requestOf(claim, member) : undefined;
    if (await ctx.ledger.reserve(claim, order.id, amount, isWanted, order.campaign?.id, requesting)) continue;
    const overPart = requesting && (await overPartOf(ctx, claim, requesting, order));
    if (overPart) return { ok: false, verdict: { kind: 'refused', refusals: [overPart] } };
    const again = await evaluateNow(ctx, order, member, at);
    if (!isAsGood(order, verdict, again.verdict)) return { ok: false, verdict: again.verdict };
    // Somebody has given back meanwhile what was missing.
    const counted = { ...order, reserved: { at, budgets: [] } };
    return reserveBy(ctx, again.policy, counted, member, again.verdict, isWanted, what);
  }
  return { ok: true, at, budgets: claims.map(({ key }) => key), effects };
}

/** What it does to each of the budgets that it counts against. */
async function effectsOf(ctx: PolicyContext, policy: Policy, order: RecordedSpend, member: Member, at: number) {
  const { budgets } = await spentBy(ctx, policy, member, at, ownOf(order));
  return budgets.map((budget) => effectOf(budget, order.quote.charged.amount));
}

/** Of a budget that only one member spends from, all may be theirs. */
function requestOf(claim: Claim | BudgetClaim, { user: by }: Member): Requesting | undefined {
  const isShared = 'scope' in claim && (claim.scope.kind === 'guild' || claim.scope.kind === 'role');
  return isShared ? { by, most: new Big(claim.cap).times(REQUESTS_PART).toFixed() } : undefined;
}

/** Undefined where it fits into its member's part: the budget itself has no room. */
async function overPartOf(
  { ledger }: PolicyContext,
  claim: Claim | BudgetClaim,
  { by, most }: Requesting,
  { id, quote }: RecordedSpend,
): Promise<Refusal | undefined> {
  if (!('scope' in claim)) return undefined;
  const { scope, period, limit } = claim;
  const rest = new Big(most).minus(await ledger.requested(claim.key, by, id));
  if (rest.gte(quote.charged.amount)) return undefined;
  return { rule: 'over_part', scope, period, limit, most, left: rest.lt(0) ? '0' : rest.toFixed() };
}

/**
 * Whether an order that waits may still be approved: whether its guild is still served, its requester and whom its card
 * is sent to are still here, the policy and the budgets of now.
 */
export async function standing(ctx: PolicyContext, order: WaitingSpend): Promise<Stands | Hindrance> {
  if (!isServed(ctx, order.guild)) return { ok: false, why: 'not_served' };
  const requester = await requesterOf(ctx, order);
  if (requester === 'unknown') return { ok: false, why: 'discord_unreachable' };
  if (requester === 'none') return { ok: false, why: 'requester_left' };
  const inTheWay = await recipientGone(ctx, order);
  if (inTheWay) return { ok: false, why: inTheWay };
  const { verdict, policy } = await evaluateNow(ctx, order, requester, reservedAt(ctx, order));
  if (verdict.kind === 'refused') {
    const detail = verdict.refusals.map(({ rule }) => rule).join(', ');
    return { ok: false, why: 'policy_refuses', detail };
  }
  const lapsed = await lapsedIn(ctx, order);
  if (lapsed === 'unknown') return { ok: false, why: 'discord_unreachable' };
  const wantedNow = verdict.kind === 'needs' ? verdict.approvals : 0;
  const wanted = Math.max(order.approval?.wanted ?? 0, wantedNow);
  return { ok: true, wanted, lapsed, requester, verdict, policy };
}

/** Of what nobody else was asked about it is their own press that goes on: a moment ago that has told who they are. */
async function requesterOf({ members }: PolicyContext, { guild, requester, approval }: WaitingSpend) {
  const pressed = approval === undefined ? members.justPressed?.(guild, requester) : undefined;
  return pressed ?? members.find(guild, requester);
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
  const { lapsed, wanted, requester, verdict, policy } = stands;
  const votes = order.approval?.votes.length ?? 0;
  if (votes - lapsed.length < wanted) return { ok: false, why: 'approvals_lacking' };
  const reserved = await reserveBy(ctx, policy, order, requester, verdict, isWanted, 'purchase');
  return reserved.ok ? { ok: true } : { ok: false, why: 'policy_refuses', detail: 'over_budget' };
}

const reservedAt = ({ clock }: PolicyContext, { reserved }: RecordedSpend) => reserved?.at ?? clock.now();

/** The votes of approvers who may no longer approve. */
async function lapsedIn(ctx: PolicyContext, order: WaitingSpend): Promise<string[] | 'unknown'> {
  const voices = order.approval?.votes.map(({ voice }) => voice) ?? [];
  const may = await Promise.all(voices.map((voice) => isApproverNow(ctx, order.guild, voice)));
  return may.includes('unknown') ? 'unknown' : voices.filter((_, index) => !may[index]);
}

/** So long who gets cards of a campaign need not be asked about again: there may be a hundred of them in an order. */
const SEEN_LASTS_MS = 60_000;

/** Nobody gets a card who has left: it would be paid for, and wait for ever. */
async function recipientGone(ctx: PolicyContext, order: WaitingSpend) {
  const found = await Promise.all(recipientsToAsk(ctx, order).map((user) => ctx.members.find(order.guild, user)));
  if (found.includes('unknown')) return 'discord_unreachable';
  return found.includes('none') ? 'recipient_left' : undefined;
}

function recipientsToAsk({ clock }: PolicyContext, order: WaitingSpend): readonly string[] {
  const { campaign, approvedAt, recipients = [] } = order;
  if (!campaign) return [sentTo(order) ?? []].flat();
  const isSeen = approvedAt === undefined || clock.now() < approvedAt + SEEN_LASTS_MS;
  return isSeen ? [] : recipients.map(({ user }) => user);
}

/** Counts as bought without an approval. What was approved does not, whatever the policy has come to say since. */
function isFree({ approval }: RecordedSpend, verdict: Verdict): boolean {
  return approval === undefined && verdict.kind === 'allowed' && verdict.rule === 'within_free';
}

/** Whoever confirms must need no approval; what was asked for or approved need not be allowed by itself. */
function isAsGood({ approval }: RecordedSpend, verdict: Verdict, again: Verdict): boolean {
  return approval === undefined ? again.kind === verdict.kind : again.kind !== 'refused';
}
