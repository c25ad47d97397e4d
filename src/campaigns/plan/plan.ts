import { asking } from '../../catalog/index.ts';
import { add, type Member, type Money, Problem, times } from '../../lib/index.ts';
import { HIGHEST_QUANTITY, newOrderId, newReference } from '../../orders/index.ts';
import { MOST_OPEN, requireFewOffers } from '../../policy/index.ts';
import type { CampaignsContext } from '../context.ts';
import { seedHash } from '../draw/proof.ts';
import { type Campaign, offered, type Part } from '../model/campaign.ts';
import type { NewCampaign } from '../repository.ts';
import { judge, requireNoRefusal } from './judge.ts';

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
 * places that people have in it, once it is known that it may be, and is told the balance of the account.
 */
export async function plan(
  ctx: CampaignsContext,
  wish: CampaignWish,
  place: (balance: Money) => Promise<void> = async () => {},
): Promise<Campaign> {
  const { guild, user } = wish.member;
  // Of two that count at the same moment, one would not see the other.
  return ctx.memory.offering.serialise(`${guild}/${user}`, async () => {
    requireFewOffers(await ctx.campaigns.offers(guild, user, MOST_OPEN), ctx.clock.now());
    return writePlan(ctx, wish, place);
  });
}

async function writePlan(
  ctx: CampaignsContext,
  wish: CampaignWish,
  place: (balance: Money) => Promise<void>,
): Promise<Campaign> {
  await ctx.orders.requirePurchasesOpen();
  const { member, items, id = newCampaignId(ctx), ...rest } = wish;
  const { parts, charged, balance } = await price(ctx, items, member);
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
    audited: 0,
    history: [{ at, by: requester, state: 'planned', why: 'planned', offered: said }],
  };
  requireNoRefusal(campaign, await judge(ctx, campaign, member));
  await place(balance);
  return ctx.campaigns.create(campaign, () => newReference(ctx.random));
}

export function newCampaignId({ clock, random }: CampaignsContext): string {
  return newOrderId(clock.now(), random);
}

/** Until when what is offered now can be confirmed. */
export async function quoteEndsAt({ rules, clock }: CampaignsContext, guild: string) {
  return clock.now() + (await rules.termsOf(guild)).quoteLastsMs;
}

/** So many cards of a kind. */
export interface WantedCards {
  readonly itemCode: string;
  readonly quantity: number;
}

/**
 * Asks CardPlusPay what a campaign would cost, all of it, within the operator's caps: they hold for what one person
 * decides at once, however many orders it takes. Throws a Problem. What `campaign` has set aside by now is not in its way.
 */
export async function price(ctx: CampaignsContext, wanted: readonly WantedCards[], member: Member, campaign?: string) {
  const { balance } = await asking(ctx.account.balance());
  const found: Awaited<ReturnType<typeof partOf>>[] = [];
  for (const each of wanted) found.push(await partOf(ctx, each, balance.currency, member));
  const parts = found.map(({ part }) => part);
  const charged = totalOf(parts);
  // What is on hand takes no balance.
  const isOnHand = found.every((each) => each.isOnHand);
  await ctx.orders.requireRoom(charged, isOnHand ? charged : balance, member, campaign);
  return { parts, charged, balance };
}

/** Stock is told for as many as one order may have; what is on hand takes none. */
async function partOf(
  { shop, orders }: CampaignsContext,
  { itemCode, quantity }: WantedCards,
  currency: string,
  { guild }: Member,
): Promise<{ part: Part; isOnHand: boolean }> {
  const { offer, each: inStock } = await shop.stock(itemCode, Math.min(quantity, HIGHEST_QUANTITY));
  const isOnHand = (await orders.countOnHand({ guild, quote: offer })) >= quantity;
  const each = inStock ?? (isOnHand ? offer.charged : undefined);
  if (!each) throw new Problem('out_of_stock', { item: offer.name, quantity });
  const { name, brand, faceValue, deliveryType: delivery } = offer;
  const part: Part = {
    itemCode: offer.itemCode,
    name,
    quantity,
    each: { ...each, currency },
    ...(brand !== undefined && { brand }),
    ...(faceValue && { faceValue }),
    ...(delivery !== undefined && { delivery }),
  };
  return { part, isOnHand };
}

/** What so many parts cost together; there is at least one. */
export function totalOf(parts: readonly Pick<Part, 'each' | 'quantity'>[]): Money {
  const [first, ...rest] = parts.map(({ each, quantity }) => times(each, quantity));
  if (!first) throw new RangeError('a campaign without cards');
  return rest.reduce(add, first);
}
