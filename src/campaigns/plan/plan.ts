import type { Member } from '../../lib/index.ts';
import { newOrderId, newReference } from '../../orders/index.ts';
import { policyRefusal } from '../../policy/index.ts';
import type { CampaignsContext } from '../context.ts';
import { seedHash } from '../draw/ranking.ts';
import { type Campaign, offered } from '../model/campaign.ts';
import type { NewCampaign } from '../repository.ts';
import { judge } from './judge.ts';
import { price, type WantedCards } from './price.ts';

/** What somebody would give away. */
export interface CampaignWish
  extends Pick<
    Campaign,
    | ('kind' | 'channel' | 'place' | 'locale' | 'gift' | 'eligibility' | 'drawSeconds')
    | ('buysAtStart' | 'claimWithinMs' | 'startsAt' | 'endsAt' | 'repeats')
  > {
  /** Made by `newCampaignId`, where its places were written beforehand. */
  readonly id?: string;
  readonly member: Member;
  readonly items: readonly WantedCards[];
}

/**
 * Finds out what a campaign would cost and whether it may be, and writes it down. Throws a Problem. `place`: writes the
 * places that people have in it, once it is known that it may be.
 */
export async function plan(
  ctx: CampaignsContext,
  wish: CampaignWish,
  place = async (): Promise<void> => {},
): Promise<Campaign> {
  await ctx.orders.requirePurchasesOpen();
  const { member, items, id = newCampaignId(ctx), ...rest } = wish;
  const { parts, charged } = await price(ctx, items, member);
  const isDrawn = wish.kind === 'giveaway' || wish.drawSeconds !== undefined;
  const { guild, user: requester } = member;
  const at = ctx.clock.now();
  const said = offered(parts, charged);
  const campaign: NewCampaign = {
    ...rest,
    id,
    reference: newReference(ctx.random),
    guild,
    requester,
    parts,
    charged,
    places: parts.reduce((sum, { quantity }) => sum + quantity, 0),
    ...(isDrawn && { draw: { seedHash: seedHash(ctx.seedOf(id)), reached: 0 } }),
    state: 'planned',
    expiresAt: await quoteEndsAt(ctx, guild),
    history: [{ at, by: requester, state: 'planned', why: 'planned', offered: said }],
  };
  await requireAllowed(ctx, campaign, member);
  await place();
  return ctx.campaigns.create(campaign, () => newReference(ctx.random));
}

export function newCampaignId({ clock, random }: CampaignsContext): string {
  return newOrderId(clock.now(), random);
}

/** Until when what is offered now can be confirmed. */
export async function quoteEndsAt(
  { rules, clock }: CampaignsContext,
  guild: string,
): Promise<number> {
  return clock.now() + (await rules.termsOf(guild)).quoteLastsMs;
}

/** Throws every reason why it may not be. */
async function requireAllowed(ctx: CampaignsContext, campaign: NewCampaign, member: Member) {
  const { reference, charged } = campaign;
  const verdict = await judge(ctx, campaign, member);
  if (verdict.kind === 'refused')
    throw policyRefusal({ reference, currency: charged.currency }, verdict);
}
