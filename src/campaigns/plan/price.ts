import { asking } from '../../catalog/index.ts';
import { add, type Member, type Money, Problem, times } from '../../lib/index.ts';
import { HIGHEST_QUANTITY } from '../../orders/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Part } from '../model/campaign.ts';

/** So many cards of a kind. */
export interface WantedCards {
  readonly itemCode: string;
  readonly quantity: number;
}

/** What the cards of a campaign cost now. */
export interface Priced {
  readonly parts: Part[];
  readonly charged: Money;
}

/**
 * Asks CardPlusPay what a campaign would cost, all of it, within the operator's caps: they hold for what one person
 * decides at once, however many orders it takes. Throws a Problem. What `campaign` has set aside by now is not in its way.
 */
export async function price(
  ctx: CampaignsContext,
  wanted: readonly WantedCards[],
  member: Member,
  campaign?: string,
): Promise<Priced> {
  const { balance } = await asking(ctx.account.balance());
  const parts: Part[] = [];
  for (const each of wanted) parts.push(await partOf(ctx, each, balance.currency));
  const charged = totalOf(parts);
  await ctx.orders.requireRoom(charged, balance, member, campaign);
  return { parts, charged };
}

/** Stock is told for as many as one order may have. */
async function partOf(
  { shop }: CampaignsContext,
  { itemCode, quantity }: WantedCards,
  currency: string,
): Promise<Part> {
  const { offer, each } = await shop.stock(itemCode, Math.min(quantity, HIGHEST_QUANTITY));
  if (!each) throw new Problem('out_of_stock', { item: offer.name, quantity });
  const { name, brand, faceValue, deliveryType: delivery } = offer;
  return {
    itemCode: offer.itemCode,
    name,
    quantity,
    each: { ...each, currency },
    ...(brand !== undefined && { brand }),
    ...(faceValue && { faceValue }),
    ...(delivery !== undefined && { delivery }),
  };
}

/** What so many parts cost together; there is at least one. */
export function totalOf(parts: readonly Pick<Part, 'each' | 'quantity'>[]): Money {
  const [first, ...rest] = parts.map(({ each, quantity }) => times(each, quantity));
  if (!first) throw new RangeError('a campaign without cards');
  return rest.reduce(add, first);
}
