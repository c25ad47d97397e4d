import { type Member, Problem } from '../lib/index.ts';
import type { Decider } from './approval.ts';
import type { PolicyContext } from './context.ts';
import { isApprover } from './evaluate.ts';

/** Throws `managers_only` for whoever has no Manage Server in their guild now. */
export function requireManager({ isManager }: Member): void {
  if (!isManager) throw new Problem('managers_only', {});
}

/** Whether this guild may use the bot. One that was taken off the list buys nothing more. */
export const isServed = ({ guilds }: Pick<PolicyContext, 'guilds'>, guild: string): boolean => guilds.includes(guild);

/** Throws `left_server`: whoever is no member any more decides, claims and steers nothing there. */
export function requireHere({ hasLeft }: Member): void {
  if (hasLeft) throw new Problem('left_server', {});
}

/** Somebody whom the asker has named, as they are in the asker's guild now; the asker, as they are known already. */
export async function namedMember(
  { members }: Pick<PolicyContext, 'members'>,
  asker: Member,
  user: string,
): Promise<Member> {
  if (user === asker.user) return asker;
  const found = await members.find(asker.guild, user);
  if (found === 'none') throw new Problem('not_a_member', {});
  if (found === 'unknown') throw new Problem('member_unclear', {});
  return found;
}

export async function isApproverNow(
  { members, settings }: PolicyContext,
  guild: string,
  user: string,
): Promise<boolean | 'unknown'> {
  const found = await members.find(guild, user);
  if (found === 'unknown') return found;
  return found !== 'none' && isApprover(await settings.of(guild), found);
}

/**
 * The approvers in whose name this member may decide in their guild now: their own or, of a delegate, those who named
 * them; none for whoever may not.
 */
export async function voicesOf(ctx: PolicyContext, member: Member): Promise<readonly string[]> {
  const { guild, user, hasLeft } = member;
  if (hasLeft) return [];
  if (isApprover(await ctx.settings.of(guild), member)) return [user];
  const delegators = await ctx.delegates.delegatorsOf(guild, user);
  const may = await Promise.all(delegators.map((each) => isApproverNow(ctx, guild, each)));
  return delegators.filter((_, index) => may[index] === true);
}

/** As whom, and as the delegate of whom, this member decides in their guild now. */
export async function deciderOf(ctx: PolicyContext, member: Member): Promise<Required<Decider>> {
  const { guild, user } = member;
  const voices = await voicesOf(ctx, member);
  const people = voices.length === 0 ? [] : [...new Set([user, ...voices])];
  const ties = await Promise.all(people.map(async (each) => [each, await tiedTo(ctx, guild, each)] as const));
  return { user, voices, ties: Object.fromEntries(ties) };
}

/** Whom they have named as their delegate, and who has named them, for now. */
async function tiedTo({ delegates }: PolicyContext, guild: string, user: string): Promise<string[]> {
  const [named, delegators] = await Promise.all([delegates.of(guild, user), delegates.delegatorsOf(guild, user)]);
  return [...(named ? [named.delegate] : []), ...delegators];
}
