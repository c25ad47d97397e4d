import { type Member, type MomentWords, Problem, parseUntil } from '../lib/index.ts';
import type { MessageResult } from '../outbox/index.ts';
import type { PolicyContext } from './context.ts';
import type { NamedDelegate } from './delegates.ts';
import { isApprover } from './evaluate.ts';

/** Whom an approver would name, and for how long. */
interface DelegateWish {
  /** A Discord user id. */
  readonly delegate: string;
  /** As it was typed. */
  readonly until: string;
  readonly says: MomentWords;
}

export interface Appointed {
  readonly named: NamedDelegate;
  /** What it replaces. */
  readonly before?: NamedDelegate | undefined;
  /** How the delegate was told. */
  readonly told: MessageResult;
}

/** What lasts: whom somebody has named, and who has named them. */
export interface Delegations {
  readonly named?: NamedDelegate | undefined;
  readonly delegators: readonly NamedDelegate[];
}

/**
 * An approver names somebody to decide in their name for a time. Throws a Problem for whoever is no approver themselves,
 * and for whom or what cannot be named.
 */
export async function appointDelegate(
  ctx: PolicyContext,
  member: Member,
  { delegate, until: text, says }: DelegateWish,
): Promise<Appointed> {
  const { guild, user: approver } = member;
  const policy = await ctx.settings.of(guild);
  // A delegate has no right of their own, so they cannot pass it on.
  if (!isApprover(policy, member)) throw new Problem('approvers_only', {});
  const { timeZone } = policy;
  const until = parseUntil(text, { now: ctx.clock.now(), timeZone, says });
  if (until === 'none') throw new Problem('bad_until', { text });
  if (typeof until === 'string') throw new Problem(`time_${until}`, { text });
  await requireFit(ctx, member, delegate);
  const named = { guild, approver, delegate, until };
  const before = await ctx.delegates.name(named);
  return { named, before, told: await ctx.delegateWord.tell(named) };
}

/** Ends it at once, also for who is an approver no more. Throws `no_delegate` when there is none. */
export async function endDelegation(ctx: PolicyContext, { guild, user }: Member): Promise<NamedDelegate> {
  const ended = await ctx.delegates.end(guild, user);
  if (!ended) throw new Problem('no_delegate', {});
  return ended;
}

export async function delegationsOf({ delegates }: PolicyContext, { guild, user }: Member): Promise<Delegations> {
  const [named, delegators] = await Promise.all([delegates.of(guild, user), delegates.to(guild, user)]);
  return { named, delegators };
}

/** Whoever approves already decides in their own name, and would never decide in another's. */
async function requireFit(ctx: PolicyContext, member: Member, delegate: string): Promise<void> {
  if (delegate === member.user) throw new Problem('delegate_self', {});
  const found = await ctx.members.find(member.guild, delegate);
  if (found === 'unknown') throw new Problem('delegate_unclear', {});
  if (found === 'none') throw new Problem('delegate_not_here', {});
  if (found.isBot) throw new Problem('delegate_bot', {});
  if (isApprover(await ctx.settings.of(member.guild), found)) throw new Problem('delegate_approves', {});
}
