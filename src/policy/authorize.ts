import type { Clock, Member, Members } from '../lib/index.ts';
import type { Hindrance, Standing } from './approval.ts';
import { budgetClaims, freeClaim } from './budgets/budget-keys.ts';
import type { Claim, Ledger } from './budgets/ledger.ts';
import {
  createJudging,
  effectOf,
  isApprover,
  ownOf,
  requesterOf,
  seesBalance,
  spenderOf,
} from './evaluate.ts';
import type { Policies } from './settings/settings.ts';
import { type Judged, type Rules, type Spending, sentTo, type Waiting } from './spending.ts';
import type { Verdict } from './types.ts';

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
  const judging = createJudging({ policies, ledger });

  async function judgeAt(order: Judged, member: Member, at: number): Promise<Verdict> {
    return (await judging.judge(order, member, at)).verdict;
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
  async function lapsedIn(order: Waiting): Promise<string[] | 'unknown'> {
    const voices = order.approval?.votes.map(({ voice }) => voice) ?? [];
    const may = await Promise.all(voices.map((voice) => isApproverNow(order.guild, voice)));
    return may.includes('unknown') ? 'unknown' : voices.filter((_, index) => !may[index]);
  }

  /** Nobody could be reached who has left: their card would be paid for, and wait for ever. */
  async function recipientGone(order: Waiting): Promise<Hindrance | undefined> {
    const to = sentTo(order);
    const found = to === undefined ? undefined : await members.find(order.guild, to);
    if (found === 'unknown') return { ok: false, why: 'discord_unreachable' };
    return found === 'none' ? { ok: false, why: 'recipient_left' } : undefined;
  }

  async function standingOf(order: Waiting): Promise<Stands | Hindrance> {
    const requester = await members.find(order.guild, order.requester);
    if (requester === 'unknown') return { ok: false, why: 'discord_unreachable' };
    if (requester === 'none') return { ok: false, why: 'requester_left' };
    const gone = await recipientGone(order);
    if (gone) return gone;
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

  const reservedAt = ({ reserved }: Spending) => reserved?.at ?? clock.now();

  /** Where one budget has no room, what others hold by then is given back when the order ends. */
  const reserve: Rules['reserve'] = async (order, member, verdict, isWanted) => {
    // A retry counts in the same periods.
    const at = reservedAt(order);
    const policy = await policies.of(order.guild);
    const spender = spenderOf(member);
    const { amount } = order.quote.charged;
    const { budgets } = await judging.spentBy(policy, member, at, ownOf(order));
    const claims: Claim[] = budgetClaims(policy, spender, at);
    if (isFree(order, verdict)) claims.push(freeClaim(policy, spender, at));
    for (const claim of claims) {
      if (await ledger.reserve(claim, order.id, amount, isWanted, order.campaign?.id)) continue;
      const again = await judgeAt(order, member, at);
      // Somebody has given back meanwhile what was missing.
      const reserved = { at, budgets: [] };
      if (isAsGood(order, verdict, again))
        return reserve({ ...order, reserved }, member, again, isWanted);
      return { ok: false, verdict: again };
    }
    const effects = budgets.map((budget) => effectOf(budget, amount));
    return { ok: true, at, budgets: claims.map(({ key }) => key), effects };
  };

  return {
    async termsOf(guild) {
      const policy = await policies.of(guild);
      const { quoteMinutes, approvalHours, timeZone, approvalsChannel, approvers } = policy;
      return {
        quoteLastsMs: quoteMinutes * 60_000,
        approvalLastsMs: approvalHours * 60 * 60_000,
        ...{ timeZone, approvalsChannel, approvers },
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

/** Counts as bought without an approval. What was approved does not, whatever the policy has come to say since. */
function isFree({ approval }: Spending, verdict: Verdict): boolean {
  return approval === undefined && verdict.kind === 'allowed' && verdict.rule === 'within_free';
}

/** Whoever confirms must need no approval; what was asked for or approved need not be allowed by itself. */
function isAsGood({ approval }: Spending, verdict: Verdict, again: Verdict): boolean {
  return approval === undefined ? again.kind === verdict.kind : again.kind !== 'refused';
}
