import { type Member, type MemberFacts, Problem } from '../../lib/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign, Eligibility } from '../model/campaign.ts';
import { peopleBehind } from './sides.ts';

/** A card that was bought beforehand may be in an older order than the one they got last. */
const LOOKED_AT = 5;

/** Somebody who presses, as Discord shows them. */
export type Presser = Member & Partial<Pick<MemberFacts, 'joinedAt' | 'createdAt'>>;

/** Nobody who decided about it, or steers it, has a card of it. Throws a Problem. */
export async function requireEligible(ctx: CampaignsContext, campaign: Campaign, member: Presser) {
  const { reference } = campaign;
  if (member.isBot) throw new Problem('recipient_bot', {});
  // Of an offer that was made anew as well: what they approved then is what is given.
  if (peopleBehind(campaign).includes(member.user)) throw new Problem('own_campaign', { reference });
  const lacking = await lackedBy(ctx, campaign, member);
  if (lacking.length > 0) throw new Problem('not_eligible', { lacking });
}

export async function lackedBy(
  ctx: CampaignsContext,
  { eligibility = {} }: Campaign,
  member: Presser,
): Promise<Lack[]> {
  const isAsked = eligibility.quietDays !== undefined;
  const rewarded = isAsked ? await rewardedAt(ctx, member) : undefined;
  const candidate = { ...member, roles: member.roles ?? [], rewardedAt: rewarded };
  return lacks(eligibility, candidate, ctx.clock.now());
}

/** When they got the newest card that somebody sent them here, under their own name or, once that was erased, another one. */
async function rewardedAt({ orders, pseudonym }: CampaignsContext, { guild, user }: Member) {
  const names = [user, pseudonym(guild, user)];
  const received = await Promise.all(
    names.map((name) => orders.receivedBy({ guild, user: name, isManager: false }, { limit: LOOKED_AT })),
  );
  const times = received
    .flatMap((page) => page.orders)
    .flatMap(({ cards, history }) => {
      const theirs = cards.filter(({ recipient }) => recipient !== undefined && names.includes(recipient));
      return [history[0]?.at ?? 0, ...theirs.flatMap(({ deliveredAt }) => deliveredAt ?? [])];
    });
  return times.length > 0 ? Math.max(...times) : undefined;
}

const DAY_MS = 24 * 60 * 60_000;

/** What is asked of somebody who would have a card. */
interface Candidate {
  readonly roles: readonly string[];
  /** When their account at Discord was made, and when they joined the server. Unknown counts as not long enough. */
  readonly createdAt?: number | undefined;
  readonly joinedAt?: number | undefined;
  /** When somebody sent them a card here last. */
  readonly rewardedAt?: number | undefined;
}

type DaysRule = 'account' | 'member' | 'quiet';

/** What somebody lacks. */
export type Lack =
  | { readonly rule: 'role'; readonly role: string }
  | { readonly rule: DaysRule; readonly days: number };

/** All that somebody lacks, so that they read it at once; none for whoever may have one. */
export function lacks(rules: Eligibility, candidate: Candidate, now: number): Lack[] {
  const { role, accountDays, memberDays, quietDays } = rules;
  const { roles, createdAt = now, joinedAt = now, rewardedAt } = candidate;
  const lacksDays = (rule: DaysRule, days: number | undefined, since: number | undefined): Lack[] =>
    days && since !== undefined && now - since < days * DAY_MS ? [{ rule, days }] : [];
  return [
    ...(role !== undefined && !roles.includes(role) ? [{ rule: 'role' as const, role }] : []),
    ...lacksDays('account', accountDays, createdAt),
    ...lacksDays('member', memberDays, joinedAt),
    ...lacksDays('quiet', quietDays, rewardedAt),
  ];
}
