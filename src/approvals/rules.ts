import Big from 'big.js';
import type { Clock } from '../clock.ts';
import type { Claim, Ledger } from '../orders/ledger.ts';
import type { Member, Order } from '../orders/order.ts';
import type { Members } from '../orders/ports.ts';
import type { Hindrance, Judged, Rules, Standing } from '../orders/rules.ts';
import type { BudgetEffect, Verdict } from '../verdict.ts';
import { budgetClaims, freeClaim } from './claims.ts';
import type { Spent, Wanted } from './judge.ts';
import { isApprover, judge, seesBalance } from './judge.ts';
import type { Policies } from './policies.ts';
import type { Policy } from './policy.ts';

/** Approvers who have named this member their delegate, for now. */
export interface Delegates {
  namersOf(guild: string, delegate: string): Promise<readonly string[]>;
}

/** With what it was found out by. */
type Stands = Standing & { requester: Member; verdict: Verdict };

interface Parts {
  policies: Pick<Policies, 'of'>;
  ledger: Ledger;
  members: Members;
  delegates: Delegates;
  clock: Clock;
}

/** The policy of each guild, with its budgets and the members as they are now. */
export function createRules({ policies, ledger, members, delegates, clock }: Parts): Rules {
  async function spentBy(
    policy: Policy,
    member: Member,
    order: Judged,
    at: number,
  ): Promise<Spent> {
    const spender = spenderOf(member);
    const free = freeClaim(policy, spender, at);
    const claims = budgetClaims(policy, spender, at);
    const [freeLeft, ...left] = await Promise.all(
      [free, ...claims].map((claim) => ledger.left(claim, order.id)),
    );
    const used = new Big(free.cap).minus(freeLeft ?? '0');
    const budgets = claims.map((claim, index) => ({ ...claim, left: left[index] ?? '0' }));
    return { freeToday: used.toFixed(), budgets };
  }

  async function judgeAt(order: Judged, member: Member, at: number): Promise<Verdict> {
    const policy = await policies.of(order.guild);
    const spent = await spentBy(policy, member, order, at);
    return judge(policy, spent, wantedOf(order), requesterOf(member));
  }

  async function isApproverNow(guild: string, user: string): Promise<boolean | 'unknown'> {
    const found = await members.find(guild, user);
    if (found === 'unknown') return found;
    return found !== 'none' && isApprover(await policies.of(guild), requesterOf(found));
  }

  const voicesOf: Rules['voicesOf'] = async (member) => {
    const { guild, user } = member;
    if (isApprover(await policies.of(guild), requesterOf(member))) return [user];
    const namers = await delegates.namersOf(guild, user);
    const may = await Promise.all(namers.map((namer) => isApproverNow(guild, namer)));
    return namers.filter((_, index) => may[index] === true);
  };

  /** The votes of approvers who may no longer approve. */
  async function lapsedIn(order: Order): Promise<string[] | 'unknown'> {
    const voices = order.approval?.votes.map(({ voice }) => voice) ?? [];
    const may = await Promise.all(voices.map((voice) => isApproverNow(order.guild, voice)));
    return may.includes('unknown') ? 'unknown' : voices.filter((_, index) => !may[index]);
  }

  async function standingOf(order: Order): Promise<Stands | Hindrance> {
    const requester = await members.find(order.guild, order.requester);
    if (requester === 'unknown') return { ok: false, why: 'discord_unreachable' };
    if (requester === 'none') return { ok: false, why: 'requester_left' };
    const verdict = await judgeAt(order, requester, reservedAt(order));
    if (verdict.kind === 'refused') {
      const detail = verdict.refusals.map(({ rule }) => rule).join(', ');
      return { ok: false, why: 'policy_refuses', detail };
    }
    const lapsed = await lapsedIn(order);
    if (lapsed === 'unknown') return { ok: false, why: 'discord_unreachable' };
    const wantedNow = verdict.kind === 'needs' ? verdict.approvals : 0;
    const wanted = Math.max(order.approval?.wanted ?? 0, wantedNow);
    return { ok: true, wanted, lapsed, requester, verdict };
  }

  const reservedAt = ({ reserved }: Order) => reserved?.at ?? clock.now();

  /** Where one budget has no room, what others hold by then is given back when the order ends. */
  const reserve: Rules['reserve'] = async (order, member, verdict, isWanted) => {
    const policy = await policies.of(order.guild);
    const at = reservedAt(order);
    const spender = spenderOf(member);
    const { amount } = order.quote.charged;
    const { budgets } = await spentBy(policy, member, order, at);
    const isFree = verdict.kind === 'allowed' && verdict.rule === 'within_free';
    const claims: Claim[] = budgetClaims(policy, spender, at);
    if (isFree) claims.push(freeClaim(policy, spender, at));
    for (const claim of claims) {
      if (await ledger.reserve(claim, order.id, amount, isWanted)) continue;
      const again = await judgeAt(order, member, at);
      // Somebody has given back meanwhile what was missing.
      if (again.kind === verdict.kind) return reserve(order, member, again, isWanted);
      return { ok: false, verdict: again };
    }
    const effects = budgets.map((budget) => effectOf(budget, amount));
    return { ok: true, budgets: claims.map(({ key }) => key), effects };
  };

  return {
    async termsOf(guild) {
      const { quoteMinutes, approvalHours, approvalsChannel } = await policies.of(guild);
      return {
        quoteLastsMs: quoteMinutes * 60_000,
        approvalLastsMs: approvalHours * 60 * 60_000,
        approvalsChannel,
      };
    },
    async seesBalance(member) {
      return seesBalance(await policies.of(member.guild), requesterOf(member));
    },
    judge: (order, member) => judgeAt(order, member, clock.now()),
    reserve,
    voicesOf,
    standing: standingOf,
    async recheck(order, isWanted) {
      const stands = await standingOf(order);
      if (!stands.ok) return stands;
      const { lapsed, wanted, requester, verdict } = stands;
      const votes = order.approval?.votes.length ?? 0;
      if (votes - lapsed.length < wanted) return { ok: false, why: 'approvals_lacking' };
      const reserved = await reserve(order, requester, verdict, isWanted);
      return reserved.ok
        ? { ok: true }
        : { ok: false, why: 'policy_refuses', detail: 'over_budget' };
    },
  };
}

export function requesterOf({ roles = [], isManager }: Member) {
  return { roles, isManager };
}

function spenderOf({ guild, user, roles = [] }: Member) {
  return { guild, user, roles };
}

function wantedOf({ quote }: Judged): Wanted {
  const { itemCode, brand, faceValue, delivery, quantity, charged } = quote;
  return {
    ...{ itemCode, brand, delivery, quantity },
    currency: faceValue?.currency,
    charged: charged.amount,
  };
}

function effectOf({ scope, period, limit, left }: Spent['budgets'][number], amount: string) {
  const after = new Big(left).minus(amount).toFixed();
  return { scope, period, limit, before: left, after } satisfies BudgetEffect;
}
