import { type Account, asking, type Shop } from '../../catalog/index.ts';
import { add, type Clock, type Member, type Money, Problem, times } from '../../lib/index.ts';
import {
  HIGHEST_QUANTITY,
  newOrderId,
  newReference,
  type Orders,
  type RandomBytes,
} from '../../orders/index.ts';
import type { Hindrance, Rules, Standing, Verdict } from '../../policy/index.ts';
import { seedHash } from '../draw/ranking.ts';
import { type Campaign, offered, type Part } from '../model/campaign.ts';
import type { CampaignBook, NewCampaign } from '../repository.ts';

/** What somebody would give away. */
export interface CampaignWish
  extends Pick<
    Campaign,
    | ('kind' | 'channel' | 'place' | 'locale' | 'gift' | 'eligibility' | 'drawSeconds')
    | ('buysAtStart' | 'claimWithinMs' | 'startsAt' | 'endsAt' | 'repeats')
  > {
  /** Made by `newId`, where its places were written beforehand. */
  readonly id?: string;
  readonly member: Member;
  readonly items: readonly Wanted[];
}

interface Parts {
  book: CampaignBook;
  price: Pricing;
  rules: Rules;
  orders: Pick<Orders, 'requirePurchasesOpen'>;
  /** The secret seed of a draw, the same for the same campaign, and known to nobody. */
  seedOf(campaign: string): string;
  clock: Clock;
  random: RandomBytes;
}

/** Finds out what a campaign would cost and whether it may be, and writes it down. Throws a Problem. */
export function createPlanning({ book, price, rules, orders, seedOf, clock, random }: Parts) {
  const newId = () => newOrderId(clock.now(), random);

  async function judge(campaign: Parameters<typeof asOrders>[0], member: Member): Promise<Verdict> {
    const views = asOrders(campaign);
    return together(await Promise.all(views.map((view) => rules.judge(view, member))));
  }

  /** Throws every reason why it may not be. */
  async function requireAllowed(campaign: NewCampaign, member: Member): Promise<void> {
    const verdict = await judge(campaign, member);
    if (verdict.kind !== 'refused') return;
    const { currency } = campaign.charged;
    throw new Problem('policy_refuses', { refusals: verdict.refusals, currency });
  }

  async function expiryIn(guild: string): Promise<number> {
    return clock.now() + (await rules.termsOf(guild)).quoteLastsMs;
  }

  return {
    newId,
    judge,
    expiryIn,
    /** `place`: writes the places that people have in it, once it is known that it may be. */
    async plan(
      wish: CampaignWish,
      place = async (): Promise<void> => {},
    ): Promise<{ campaign: Campaign; priced: Priced }> {
      await orders.requirePurchasesOpen();
      const { member, items, id = newId(), ...rest } = wish;
      const priced = await price(items, member);
      const { parts, charged } = priced;
      const { guild, user: requester } = member;
      const isDrawn = wish.kind === 'giveaway' || wish.drawSeconds !== undefined;
      const at = clock.now();
      const campaign: NewCampaign = {
        ...rest,
        ...{ id, reference: newReference(random), guild, requester, parts, charged },
        places: parts.reduce((sum, { quantity }) => sum + quantity, 0),
        ...(isDrawn && { draw: { seedHash: seedHash(seedOf(id)), reached: 0 } }),
        state: 'planned',
        expiresAt: await expiryIn(guild),
        history: [
          { at, by: requester, state: 'planned', why: 'planned', offered: offered(parts, charged) },
        ],
      };
      await requireAllowed(campaign, member);
      await place();
      return { campaign: await book.create(campaign, () => newReference(random)), priced };
    },
  };
}

export type Planning = ReturnType<typeof createPlanning>;

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

interface PricingParts {
  shop: Pick<Shop, 'stock'>;
  account: Pick<Account, 'balance'>;
  orders: Pick<Orders, 'requireRoom'>;
}

/**
 * Asks CardPlusPay what a campaign would cost, all of it, within the operator's caps: they hold for what one person
 * decides at once, however many orders it takes. Throws a Problem. What `campaign` has
 * set aside by now is not in its way.
 */
export function createPricing({ shop, account, orders }: PricingParts) {
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
    await orders.requireRoom(charged, balance, member, campaign);
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

type Facts = Pick<Campaign, 'id' | 'guild' | 'requester' | 'parts' | 'charged'> &
  Partial<Pick<Campaign, 'approval' | 'reserved'>>;

/**
 * A campaign as the rules look at an order, one view for each of its cards: what may be bought is asked of each card, and
 * what it costs is the whole of it, for the whole is what is decided about.
 */
export function asOrders(campaign: Facts) {
  return campaign.parts.map((part) => asOrder(campaign, part));
}

function asOrder({ id, guild, requester, charged, approval, reserved }: Facts, part: Part) {
  const { itemCode, name, brand, faceValue, delivery, each } = part;
  const quantity = Math.min(part.quantity, HIGHEST_QUANTITY);
  return {
    ...{ id, guild, requester },
    quote: { itemCode, name, brand, faceValue, delivery, each, quantity, charged },
    ...(approval && { approval }),
    ...(reserved && { reserved }),
  };
}

/** The view whose amount is set aside: the campaign's own. */
export function asOneOrder(campaign: Facts) {
  const [first] = asOrders(campaign);
  if (!first) throw new RangeError('a campaign without cards');
  return first;
}

/** What the rules say of all cards together: every reason against it, else the most approvals that any of them takes. */
export function together(verdicts: readonly Verdict[]): Verdict {
  const refusals = verdicts.flatMap((each) => (each.kind === 'refused' ? each.refusals : []));
  if (refusals.length > 0) return { kind: 'refused', refusals: unique(refusals) };
  const needs = verdicts.filter((each) => each.kind === 'needs');
  if (needs.length > 0) {
    const approvals = Math.max(...needs.map((each) => each.approvals));
    return { kind: 'needs', approvals, because: unique(needs.flatMap((each) => each.because)) };
  }
  const isOwn = verdicts.every((each) => each.kind === 'allowed' && each.rule === 'own_purchase');
  return { kind: 'allowed', rule: isOwn ? 'own_purchase' : 'within_free' };
}

/** How all cards together stand: the first thing in the way, else the stricter of all. */
export function standingTogether(each: readonly (Standing | Hindrance)[]): Standing | Hindrance {
  const hindrance = each.find((one) => !one.ok);
  if (hindrance) return hindrance;
  const standings = each.filter((one) => one.ok);
  return {
    ok: true,
    wanted: Math.max(0, ...standings.map(({ wanted }) => wanted)),
    lapsed: unique(standings.flatMap(({ lapsed }) => lapsed)),
  };
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
