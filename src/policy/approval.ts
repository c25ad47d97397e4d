import { Problem } from '../lib/index.ts';
import type { Approval, BudgetEffect, Verdict } from './types.ts';

/** How a wait for approval ended. */
export type ApprovalEnd = 'approved' | 'rejected' | 'cancelled' | 'expired';

const hindrances = [
  /** Its server was taken off those that may use the bot. */
  'not_served',
  'requester_left',
  'recipient_left',
  'policy_refuses',
  'approvals_lacking',
  'discord_unreachable',
] as const;

/** What keeps an order from being approved, or from being bought. `detail` names the rules. */
export interface Hindrance {
  readonly ok: false;
  readonly why: (typeof hindrances)[number];
  readonly detail?: string;
}

/** How an order that waits for approval stands by the policy of now. */
export interface Standing {
  readonly ok: true;
  /** How many approvals it takes: the stricter of then and now. */
  readonly wanted: number;
  /** The approvers who have approved it, and may no longer: theirs does not count. */
  readonly lapsed: readonly string[];
}

/** What approvers decide about: an order, or a campaign as a whole. Each keeps its approval itself, and writes a vote together with its step. */
export interface Approvable {
  readonly reference: string;
  readonly requester: string;
  readonly recipients: readonly { readonly user: string }[];
  readonly approval?: Approval | undefined;
}

/** Who decides, and the approvers in whose name they may: themselves or, of a delegate, those who named them. */
export interface Decider {
  readonly user: string;
  readonly voices?: readonly string[];
  /** By person, of them and of those voices: whom they have named as their delegate, and who has named them. */
  readonly ties?: Readonly<Record<string, readonly string[]>>;
}

/** Asked for it, or gets cards of it: nobody decides about their own money. */
export function isInvolved(
  { requester, recipients }: Pick<Approvable, 'requester' | 'recipients'>,
  { user }: { readonly user: string },
): boolean {
  return requester === user || recipients.some((recipient) => recipient.user === user);
}

/** An approver and their delegate are one voice: neither decides about what the other has asked for or gets cards of. */
function isTooClose(asked: Pick<Approvable, 'requester' | 'recipients'>, { ties }: Decider, person: string): boolean {
  return [person, ...(ties?.[person] ?? [])].some((user) => isInvolved(asked, { user }));
}

/**
 * The approver whose decision this person's would be: of those in whose name they may decide, the first who is not
 * involved in it and has not approved it yet.
 */
export function voiceFor(asked: Omit<Approvable, 'reference'>, decider: Decider): string | undefined {
  const { user, voices = [] } = decider;
  const votes = asked.approval?.votes ?? [];
  if (isTooClose(asked, decider, user) || votes.some(({ by }) => by === user)) return undefined;
  return voices.find((voice) => !isTooClose(asked, decider, voice) && !votes.some((vote) => vote.voice === voice));
}

/** The approver in whose name this person would say no. Also of who has approved it: they may think better of it. */
export function rejectingVoice(
  asked: Omit<Approvable, 'reference' | 'approval'>,
  decider: Decider,
): string | undefined {
  const { user, voices = [] } = decider;
  if (isTooClose(asked, decider, user)) return undefined;
  return voices.find((voice) => !isTooClose(asked, decider, voice));
}

/** Until when it waits for somebody to decide. */
export function approvalEndsAt({ approval }: Pick<Approvable, 'approval'>): number {
  return approval?.endsAt ?? 0;
}

/** Since when it waits for approval; 0 where nobody was asked. It may have been asked for before, at an earlier price. */
export function askedAt({
  history,
}: {
  readonly history: readonly { readonly at: number; readonly why?: string | undefined }[];
}): number {
  return history.findLast(({ why }) => why === 'approval_asked')?.at ?? 0;
}

/** What is written down when the people who decide are asked, for what a policy lets be had no other way. */
export function newApproval(verdict: Verdict, { channel, endsAt, effects }: AskedOf): Approval {
  if (verdict.kind !== 'needs') throw new Error(`an approval of what is ${verdict.kind}`);
  const { approvals: wanted, because } = verdict;
  return { channel, wanted, because: [...because], budgets: [...effects], endsAt, votes: [] };
}

interface AskedOf {
  readonly channel: string;
  readonly endsAt: number;
  readonly effects: readonly BudgetEffect[];
}

/** Whoever decides, and in whose name, as a step of a history says it. */
export interface Signature {
  readonly by: string;
  readonly for?: string;
}

export function signatureOf({ user }: Decider, voice: string | undefined): Signature {
  return { by: user, ...(voice !== undefined && voice !== user && { for: voice }) };
}

/** With one approval more; `isComplete`: that makes as many as it takes, by those who may still approve. */
export function withVote(
  asked: Omit<Approvable, 'reference'>,
  decider: Decider,
  { wanted, lapsed }: Standing,
  at: number,
): { approval: Approval; signature: Signature; isComplete: boolean } {
  const voice = voiceFor(asked, decider);
  if (!asked.approval || voice === undefined) throw new Error('an approval without a voice');
  const votes = [...asked.approval.votes, { by: decider.user, voice, at }];
  const approval = { ...asked.approval, wanted: Math.max(wanted, asked.approval.wanted), votes };
  const counted = votes.filter((vote) => !lapsed.includes(vote.voice)).length;
  const isComplete = counted >= approval.wanted;
  return { approval, signature: signatureOf(decider, voice), isComplete };
}

/** What has changed for good since it was asked for, and not merely what Discord does not tell now. */
type Lasting = Exclude<Hindrance['why'], 'approvals_lacking' | 'discord_unreachable'>;

/** The step with which what has changed since it was asked for ends it. Throws `membership_unknown` for what is asked again. */
export function endedBy(
  { reference }: Pick<Approvable, 'reference'>,
  { why, detail }: Hindrance,
): { by: 'cardigan'; why: Lasting; detail?: string } {
  if (why === 'approvals_lacking' || why === 'discord_unreachable')
    throw new Problem('membership_unknown', { reference });
  return { by: 'cardigan', why, ...(detail && { detail }) };
}

/** Why somebody may not decide about what waits for approval. `over`: it does not any more, which only who decides is told. */
export function refusalOf(asked: Approvable, decider: Decider, over?: Problem): Problem {
  const { user, voices = [] } = decider;
  const { reference, approval } = asked;
  if (voices.length === 0) return new Problem('approvers_only', {});
  if (over) return over;
  if (isInvolved(asked, { user })) return new Problem('own_approval', { reference });
  if (isTooClose(asked, decider, user)) return new Problem('delegates_approval', { reference });
  if (approval?.votes.some(({ by, voice }) => by === user || voices.includes(voice)))
    return new Problem('approved_by_you', { reference });
  // Whoever named this delegate is involved in it, or their own delegate is.
  return new Problem('delegates_approval', { reference });
}

/** Why something may not be had as it was asked for. */
export function policyRefusal(
  { reference, currency }: { readonly reference: string; readonly currency: string },
  verdict: Verdict,
): Problem {
  if (verdict.kind !== 'refused') return new Problem('needs_approval', { reference });
  return new Problem('policy_refuses', { refusals: verdict.refusals, currency });
}
