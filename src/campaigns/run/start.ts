import { isMoreThan, type Member, nextTime, Problem } from '../../lib/index.ts';
import { newReference } from '../../orders/index.ts';
import { newApproval } from '../../policy/index.ts';
import type { CampaignsContext } from '../context.ts';
import { seedHash } from '../draw/proof.ts';
import { type Campaign, offered, unblocked } from '../model/campaign.ts';
import { begunCampaign, isCalledOff, transitionCampaign } from '../model/state-machine.ts';
import { approvalStanding, judge } from '../plan/judge.ts';
import { newCampaignId, price } from '../plan/plan.ts';
import { blockedFor } from './blocked.ts';
import { reserve, reserveBudgets } from './reserve.ts';

/**
 * Starts a campaign whose time has come, through the policy of this moment; nothing that is not due. What keeps it from
 * starting is on record.
 */
export async function startDue(ctx: CampaignsContext, campaign: Campaign): Promise<void> {
  const { startsAt = 0, guild, requester } = campaign;
  if (campaign.state !== 'scheduled' || ctx.clock.now() < startsAt) return;
  if (await isSeriesOver(ctx, campaign)) return void (await callOff(ctx, campaign));
  const member = await ctx.directory.find(guild, requester);
  if (member === 'unknown') return;
  if (member === 'none') return void (await halt(ctx, campaign, 'requester_left'));
  try {
    await start(ctx, campaign, member);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await halt(ctx, campaign, error.code);
  }
}

/** Whoever called off the one before wanted no more of them; it may not have been there yet to be called off with it. */
async function isSeriesOver({ campaigns }: CampaignsContext, { follows }: Campaign) {
  const before = follows === undefined ? undefined : await campaigns.get(follows);
  return before !== undefined && isCalledOff(before);
}

async function start(ctx: CampaignsContext, campaign: Campaign, member: Member): Promise<void> {
  const isRepetition = campaign.follows !== undefined;
  const current = isRepetition ? await repriced(ctx, campaign, member) : campaign;
  if (!current) return;
  const standing = await approvalStanding(ctx, current);
  if (!standing.ok && standing.why === 'discord_unreachable') return;
  if (!standing.ok) return void (await halt(ctx, current, standing.why, standing.detail));
  const votes = (current.approval?.votes ?? []).filter(({ voice }) => !standing.lapsed.includes(voice));
  // The policy may have become stricter since it was approved.
  if (votes.length < standing.wanted) await askFor(ctx, current, member);
  else await begin(ctx, current, member);
}

/** A repetition costs what its cards cost now, and no more than was confirmed for the first one. */
async function repriced(ctx: CampaignsContext, campaign: Campaign, member: Member) {
  const { parts, charged } = await price(ctx, campaign.parts, member);
  const { currency } = campaign.charged;
  if (charged.currency !== currency || isMoreThan(charged, campaign.charged)) {
    await halt(ctx, campaign, 'price_rose');
    return undefined;
  }
  return whileScheduled(ctx, campaign, (current) => ({ ...current, parts, charged }));
}

async function askFor(ctx: CampaignsContext, campaign: Campaign, member: Member): Promise<void> {
  const { approvalsChannel, approvalLastsMs } = await ctx.rules.termsOf(campaign.guild);
  const channel = await ctx.board.approvalChannel(campaign, approvalsChannel);
  const verdict = await judge(ctx, campaign, member);
  if (verdict.kind !== 'needs') return begin(ctx, campaign, member);
  if (channel === undefined) return void (await halt(ctx, campaign, 'no_approval_channel'));
  const { reserved, effects } = await reserveBudgets(ctx, campaign, member, verdict);
  await whileScheduled(ctx, campaign, (current, at) => {
    const approval = newApproval(verdict, { channel, endsAt: at + approvalLastsMs, effects });
    const step = { at, by: 'cardigan', why: 'approval_asked' as const };
    return transitionCampaign(current, 'awaiting_approval', step, { approval, reserved });
  });
}

async function begin(ctx: CampaignsContext, campaign: Campaign, member: Member): Promise<void> {
  const verdict = await judge(ctx, campaign, member);
  const { reserved } = await reserve(ctx, campaign, member, verdict);
  await whileScheduled(ctx, campaign, (current, at) => {
    const said = offered(current.parts, current.charged);
    const step = { at, by: 'cardigan', why: 'started' as const, offered: said };
    return begunCampaign(current, step, { reserved });
  });
}

/** Left to a person, who goes on with it or ends it. */
const halt = (ctx: CampaignsContext, campaign: Campaign, why: string, detail?: string) =>
  whileScheduled(ctx, campaign, (current, at) => {
    const blocked = blockedFor(why, at, undefined, detail);
    const parts = current.parts.map((part) => ({ ...part, blocked }));
    const step = { at, by: 'cardigan', why: 'blocked' as const, detail: why };
    return transitionCampaign(current, 'halted', step, { parts });
  });

const callOff = (ctx: CampaignsContext, campaign: Campaign) =>
  whileScheduled(ctx, campaign, (current, at) =>
    transitionCampaign(current, 'cancelled', { at, by: 'cardigan', why: 'called_off' }),
  );

/** What somebody else has taken further meanwhile stays as it is. */
const whileScheduled = (
  { campaigns, clock }: CampaignsContext,
  { id }: Campaign,
  make: (campaign: Campaign, at: number) => Campaign,
): Promise<Campaign> =>
  campaigns.revise(id, (current) => (current.state === 'scheduled' ? make(current, clock.now()) : current));

/** In the place of each that repeats, one is made for its next time, once. */
export async function repeat(ctx: CampaignsContext, campaign: Campaign): Promise<void> {
  const { repeats, startedAt, startsAt = startedAt, endsAt } = campaign;
  if (!repeats || startsAt === undefined || isCalledOff(campaign)) return;
  if (await ctx.campaigns.follower(campaign.id)) return;
  const at = ctx.clock.now();
  const { firstAt = startsAt } = campaign;
  const { timeZone } = await ctx.rules.termsOf(campaign.guild);
  const next = nextTime({ first: firstAt, repeats, timeZone }, Math.max(at, startsAt));
  const id = newCampaignId(ctx);
  const said = offered(campaign.parts, campaign.charged);
  await ctx.campaigns.create(
    {
      ...sameAgain(campaign),
      id,
      follows: campaign.id,
      firstAt,
      state: 'scheduled',
      startsAt: next,
      reference: newReference(ctx.random),
      ...(endsAt !== undefined && { endsAt: next + endsAt - startsAt }),
      ...(campaign.draw && { draw: { seedHash: seedHash(ctx.seedOf(id)), reached: 0 } }),
      history: [{ at, by: 'cardigan', state: 'scheduled', why: 'repeated', offered: said }],
    },
    () => newReference(ctx.random),
  );
}

/** What every repetition has in common; nothing of how one went. */
function sameAgain(campaign: Campaign) {
  const { kind, guild, channel, place, requester, locale, places, charged, expiresAt } = campaign;
  const { gift, eligibility, drawSeconds, buysAtStart, claimWithinMs, repeats } = campaign;
  return {
    kind,
    guild,
    channel,
    place,
    requester,
    locale,
    places,
    charged,
    expiresAt,
    gift,
    parts: campaign.parts.map(unblocked),
    ...(eligibility && { eligibility }),
    ...(drawSeconds !== undefined && { drawSeconds }),
    ...(buysAtStart !== undefined && { buysAtStart }),
    ...(claimWithinMs !== undefined && { claimWithinMs }),
    ...(repeats && { repeats }),
  };
}
