import { type Members, type MomentWords, Problem, parseMoment } from '../../lib/index.ts';
import type { Gift, Order, Orders, Wish } from '../../orders/index.ts';
import { requireOpenChannel, requireRoles } from '../../policy/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign } from '../model/campaign.ts';
import { type CampaignWish, plan } from './plan.ts';

/** A drop or a giveaway as somebody types it. */
export interface Offered
  extends Pick<
    CampaignWish,
    | ('kind' | 'member' | 'channel' | 'place' | 'locale' | 'gift' | 'eligibility')
    | ('drawSeconds' | 'buysAtStart' | 'claimWithinMs' | 'repeats')
  > {
  readonly itemCode: string;
  readonly cards: number;
  /** In their words; without one, at once, and with the last card. */
  readonly starts?: string;
  readonly ends?: string;
  readonly says: MomentWords;
}

/** Reads what somebody would give away, and writes it down to be confirmed. Throws a Problem for what cannot be, before anything is written. */
export async function offer(ctx: CampaignsContext, offered: Offered): Promise<Campaign> {
  const { itemCode, cards: quantity, starts: _, ends: __, says: ___, ...rest } = offered;
  const times = await timesOf(ctx, offered);
  await requireOpenChannel(ctx.places, rest.member.guild, rest.place);
  const eligibility = await eligibilityIn(ctx, offered);
  const { eligibility: ____, ...wish } = rest;
  return plan(ctx, { ...wish, ...times, ...eligibility, items: [{ itemCode, quantity }] });
}

/** When something ends there, as it was typed. Throws `bad_time`, `time_skipped` or `time_twice`. */
export async function readEnd(ctx: CampaignsContext, guild: string, text: string, says: MomentWords): Promise<number> {
  return (await readerIn(ctx, guild, says))(text, 'ends');
}

/** Reads times as people type them there. */
async function readerIn({ policies, clock }: CampaignsContext, guild: string, says: MomentWords) {
  const { timeZone } = await policies.of(guild);
  const now = clock.now();
  return (text: string, day: 'begins' | 'ends'): number => {
    const at = parseMoment(text, { now, timeZone, says, day });
    if (at === 'none') throw new Problem('bad_time', { text });
    if (typeof at === 'string') throw new Problem(`time_${at}`, { text });
    return at;
  };
}

async function timesOf(ctx: CampaignsContext, { member, starts, ends, says }: Offered) {
  const read = await readerIn(ctx, member.guild, says);
  const startsAt = starts === undefined ? undefined : read(starts, 'begins');
  const endsAt = ends === undefined ? undefined : read(ends, 'ends');
  if (endsAt !== undefined && endsAt <= (startsAt ?? ctx.clock.now())) throw new Problem('ends_too_early', {});
  return { ...(startsAt !== undefined && { startsAt }), ...(endsAt !== undefined && { endsAt }) };
}

/** Everybody has the role that is named like the guild: it asks nothing. */
export async function eligibilityIn(
  { places }: Pick<CampaignsContext, 'places'>,
  { member: { guild }, eligibility = {} }: Pick<Offered, 'member' | 'eligibility'>,
) {
  const { role, ...days } = eligibility;
  const isAsked = role !== undefined && role !== guild;
  if (isAsked) await requireRoles(places, guild, [role]);
  const asked = { ...days, ...(isAsked && { role }) };
  return Object.keys(asked).length > 0 ? { eligibility: asked } : {};
}

/** What somebody wants to send, and to whom. */
export interface Sending extends Omit<Wish, 'quantity' | 'gift' | 'insteadOf' | 'isApproved'> {
  readonly to: string;
  readonly gift: Gift;
}

interface Context {
  directory: Members;
  orders: Pick<Orders, 'quote'>;
}

/**
 * One card for one member: an order like any other, whose code goes to somebody else than its requester. Throws a Problem
 * for whoever can be sent nothing, and as a quote does.
 */
export async function sendOne(ctx: Context, { to, gift, ...wish }: Sending): Promise<Order> {
  const { user, guild } = wish.member;
  if (to === user) throw new Problem('recipient_self', {});
  await requireFit(ctx, guild, to);
  const { message, receipt } = gift;
  const words = message?.trim();
  return ctx.orders.quote({ ...wish, quantity: 1, gift: { to, receipt, ...(words && { message: words }) } });
}

async function requireFit({ directory }: Context, guild: string, user: string): Promise<void> {
  const found = await directory.find(guild, user);
  if (found === 'unknown') throw new Problem('recipient_unclear', {});
  if (found === 'none') throw new Problem('recipient_not_here', {});
  if (found.isBot) throw new Problem('recipient_bot', {});
}
