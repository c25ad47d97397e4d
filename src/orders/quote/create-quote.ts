import { asking } from '../../catalog/index.ts';
import { dayOf, isMoreThan, type Member, type Money, money, Problem, times } from '../../lib/index.ts';
import { dayKey, MOST_OPEN, requireFewOffers, sentTo } from '../../policy/index.ts';
import type { OrdersContext } from '../context.ts';
import { newOrderId, newReference } from '../model/ids.ts';
import type { Gift, Order, Quote } from '../model/order.ts';
import { requirePurchasesOpen } from '../purchase/circuit-breaker.ts';
import { countOnHand } from '../purchase/on-hand.ts';
import { offerHold, offersOf } from '../repository.ts';

export const HIGHEST_QUANTITY = 100; // CardPlusPay's own limit for one order

export function isQuantity(quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= HIGHEST_QUANTITY;
}

export interface Wish {
  readonly member: Member;
  readonly channel: string;
  readonly locale: string;
  readonly itemCode: string;
  readonly quantity: number;
  readonly reason?: string;
  /** For somebody else than the member. */
  readonly gift?: Gift & { readonly to: string };
  /** The order whose price rose, in whose place this is offered: it gets one such offer, for ever the same. */
  readonly insteadOf?: string;
  /** That order was approved by others: the offer lives as long as an approval does. */
  readonly isApproved?: boolean;
}

/** Finds out what a wish would cost, and writes it down as a quoted order. Throws a Problem that says what to do. */
export async function createQuote(ctx: OrdersContext, wish: Wish): Promise<Order> {
  if (!isQuantity(wish.quantity)) throw new Problem('bad_quantity', { highest: HIGHEST_QUANTITY });
  if (wish.insteadOf !== undefined) return quoteFor(ctx, wish);
  const { guild, user } = wish.member;
  // Of two that count at the same moment, one would not see the other.
  return ctx.memory.offering.serialise(`${guild}/${user}`, async () => {
    const { orders } = await ctx.orders.listed(offersOf(guild, user), { limit: MOST_OPEN });
    requireFewOffers(
      orders.map(({ quote }) => quote),
      ctx.clock.now(),
    );
    return quoteFor(ctx, wish);
  });
}

async function quoteFor(ctx: OrdersContext, wish: Wish): Promise<Order> {
  const { clock, random } = ctx;
  const { member, channel, locale, reason, insteadOf } = wish;
  await requirePurchasesOpen(ctx);
  const quote = await priceOf(ctx, wish);
  // An offer in place of another is made in the background: what its requester may do is judged at their press.
  if (insteadOf === undefined) await requireAskable(ctx, member, quote);
  const now = clock.now();
  return ctx.orders.create(
    {
      id: newOrderId(now, random),
      reference: newReference(random),
      guild: member.guild,
      channel,
      requester: member.user,
      locale,
      ...(reason && { reason }),
      ...(insteadOf !== undefined && { insteadOf }),
      quote,
      status: 'quoted',
      ...givenTo(wish),
      cards: [],
      ...(insteadOf === undefined && { audited: 0 }),
      history: [
        insteadOf === undefined
          ? { at: now, by: member.user, status: 'quoted', why: 'asked' }
          : { at: now, by: 'cardigan', status: 'quoted', why: 'offered_again' },
      ],
    },
    () => newReference(random),
  );
}

async function priceOf(ctx: OrdersContext, wish: Wish): Promise<Quote> {
  const { shop, vendor, rules, clock } = ctx;
  const { itemCode, quantity, member } = wish;
  const [{ offer, each }, balance] = await Promise.all([shop.stock(itemCode, quantity), asking(vendor.balance())]);
  // What is on hand takes neither stock nor balance. Should it be gone by then, both are checked before it is bought.
  const isOnHand = (await countOnHand(ctx, { guild: member.guild, quote: offer })) >= quantity;
  const price = each ?? (isOnHand ? offer.charged : undefined);
  if (!price) throw new Problem('out_of_stock', { item: offer.name, quantity });
  // By the balance of now: the currency of an account may have changed since it was remembered.
  const unit = { ...price, currency: balance.currency };
  const charged = times(unit, quantity);
  await requireRoom(ctx, charged, isOnHand ? charged : balance, member);
  const { name, brand, faceValue, deliveryType: delivery } = offer;
  const { quoteLastsMs, approvalLastsMs } = await rules.termsOf(member.guild);
  return {
    itemCode: offer.itemCode,
    name,
    brand,
    faceValue,
    delivery,
    quantity,
    each: unit,
    charged,
    ...((await rules.seesBalance(member)) && { balance }),
    expiresAt: clock.now() + (wish.isApproved ? approvalLastsMs : quoteLastsMs),
  };
}

/**
 * Throws the Problem that tells why so much cannot be charged now: a cap, or the balance. What `except` has set aside is
 * not in its way.
 */
export async function requireRoom(
  { ledger, rules, caps, clock }: Pick<OrdersContext, 'ledger' | 'rules' | 'caps' | 'clock'>,
  charged: Money,
  balance: Money,
  member: Member,
  except = '',
): Promise<void> {
  const cap = money(caps.order, charged.currency);
  if (isMoreThan(charged, cap)) throw new Problem('over_order_cap', { charged, cap });
  const day = { key: dayKey(dayOf(clock.now())), cap: caps.day };
  const left = money(await ledger.left(day, except), charged.currency);
  if (isMoreThan(charged, left)) {
    const dayCap = money(caps.day, charged.currency);
    throw new Problem('over_day_cap', { charged, cap: dayCap, left });
  }
  if (isMoreThan(charged, balance)) {
    const isSeen = await rules.seesBalance(member);
    throw new Problem('balance_too_low', { charged, balance: isSeen ? balance : undefined });
  }
}

/** It may need an approval; what the policy does not let be had at all is not offered. */
async function requireAskable({ rules }: OrdersContext, member: Member, quote: Quote) {
  const verdict = await rules.judge({ guild: member.guild, quote }, member);
  if (verdict.kind !== 'refused') return;
  const { currency } = quote.charged;
  throw new Problem('policy_refuses', { refusals: verdict.refusals, currency });
}

/** Who gets the cards, and what goes with them. */
function givenTo({ member, quantity, gift }: Wish): Pick<Order, 'recipients' | 'gift'> {
  const { to, ...rest } = gift ?? {};
  const recipients = [{ user: to ?? member.user, quantity }];
  return 'receipt' in rest ? { recipients, gift: rest } : { recipients };
}

/**
 * Offers once more what an order whose price rose was for. One offer is made for an order, by whatever process and
 * after any crash: asked again, it gives the one there is. Throws a Problem when no offer can be made.
 */
export async function offerAgain(ctx: OrdersContext, repriced: Order): Promise<Order> {
  const { id, requester, guild, channel, locale, reason, approval, gift } = repriced;
  const owner = await ctx.orders.holder(offerHold(id));
  const made = owner === undefined ? undefined : await ctx.orders.get(owner);
  if (made) return made;
  const { itemCode, quantity } = repriced.quote;
  const to = sentTo(repriced);
  return createQuote(ctx, {
    // Nobody's rights are asked for: the press on the offer is checked.
    member: { user: requester, guild, isManager: false },
    channel,
    locale,
    itemCode,
    quantity,
    insteadOf: id,
    isApproved: approval !== undefined,
    ...(reason !== undefined && { reason }),
    ...(gift && to !== undefined && { gift: { ...gift, to } }),
  });
}
