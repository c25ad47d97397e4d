import type { Account } from '../catalog/account.ts';
import type { Shop } from '../catalog/shop.ts';
import { asking } from '../catalog/vendor-problem.ts';
import type { Money } from '../money.ts';
import { add, times } from '../money.ts';
import type { createAffording } from '../orders/affording.ts';
import type { Member } from '../orders/order.ts';
import { HIGHEST_QUANTITY } from '../orders/quoting.ts';
import { Problem } from '../problem.ts';
import type { Part } from './campaign.ts';

/** So many cards of a kind. */
export interface Wanted {
  readonly itemCode: string;
  readonly quantity: number;
}

/** What the cards of a campaign cost now. */
export interface Priced {
  readonly parts: Part[];
  readonly charged: Money;
  readonly balance: Money;
}

interface Parts {
  shop: Pick<Shop, 'stock'>;
  account: Pick<Account, 'balance'>;
  requireRoom: ReturnType<typeof createAffording>;
}

/**
 * Asks CardPlusPay what a campaign would cost, all of it, within the operator's caps: they hold for what one person
 * decides at once, however many orders it takes. Throws a Problem. What `campaign` has
 * set aside by now is not in its way.
 */
export function createPricing({ shop, account, requireRoom }: Parts) {
  /** Stock is told for as many as one order may have. */
  async function partOf({ itemCode, quantity }: Wanted, currency: string): Promise<Part> {
    const { offer, each } = await shop.stock(itemCode, Math.min(quantity, HIGHEST_QUANTITY));
    if (!each) throw new Problem('out_of_stock', { item: offer.name, quantity });
    const { name, brand, faceValue, deliveryType: delivery } = offer;
    return {
      ...{ itemCode: offer.itemCode, name, quantity, each: { ...each, currency } },
      ...(brand !== undefined && { brand }),
      ...(faceValue && { faceValue }),
      ...(delivery !== undefined && { delivery }),
    };
  }

  return async (wanted: readonly Wanted[], member: Member, campaign?: string): Promise<Priced> => {
    const { balance } = await asking(account.balance());
    const parts: Part[] = [];
    for (const each of wanted) parts.push(await partOf(each, balance.currency));
    const charged = totalOf(parts);
    await requireRoom(charged, balance, member, campaign);
    return { parts, charged, balance };
  };
}

export type Pricing = ReturnType<typeof createPricing>;

/** What so many parts cost together; there is at least one. */
export function totalOf(parts: readonly Pick<Part, 'each' | 'quantity'>[]): Money {
  const [first, ...rest] = parts.map(({ each, quantity }) => times(each, quantity));
  if (!first) throw new RangeError('a campaign without cards');
  return rest.reduce(add, first);
}
