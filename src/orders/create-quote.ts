import type { CardPlusPay } from '../cardpluspay/index.ts';
import { asking, type Shop } from '../catalog/index.ts';
import {
  type Clock,
  dayOf,
  isMoreThan,
  type Member,
  type Money,
  money,
  Problem,
  times,
} from '../lib/index.ts';
import { dayKey, type Ledger, type Rules, sentTo } from '../policy/index.ts';
import { newOrderId, newReference, type RandomBytes } from './model/ids.ts';
import type { Gift, Order, Quote } from './model/order.ts';
import { type Gate, passGate } from './purchase/circuit-breaker.ts';
import { type OrderBook, offerHold } from './repository.ts';

export const HIGHEST_QUANTITY = 100; // CardPlusPay's own limit for one order

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

interface Parts {
  book: OrderBook;
  giftCards: CardPlusPay;
  shop: Shop;
  ledger: Ledger;
  rules: Rules;
  gate: Gate;
  caps: Caps;
  clock: Clock;
  random: RandomBytes;
}

/** Finds out what a wish would cost, and writes it down as a quoted order. Throws a Problem that says what to do. */
export function createQuoting(parts: Parts): (wish: Wish) => Promise<Order> {
  const { book, giftCards, rules, clock, random } = parts;
  const requireRoom = createAffording(parts);

  async function makeQuote(wish: Wish): Promise<Quote> {
    const { itemCode, quantity } = wish;
    const [{ offer, each }, balance] = await Promise.all([
      parts.shop.stock(itemCode, quantity),
      asking(giftCards.balance()),
    ]);
    if (!each) throw new Problem('out_of_stock', { item: offer.name, quantity });
    // By the balance of now: the currency of an account may have changed since it was remembered.
    const unit = { ...each, currency: balance.currency };
    const charged = times(unit, quantity);
    await requireRoom(charged, balance, wish.member);
    const { name, brand, faceValue, deliveryType: delivery } = offer;
    const { quoteLastsMs, approvalLastsMs } = await rules.termsOf(wish.member.guild);
    const expiresAt = clock.now() + (wish.isApproved ? approvalLastsMs : quoteLastsMs);
    return {
      itemCode: offer.itemCode,
      name,
      brand,
      faceValue,
      delivery,
      quantity,
      each: unit,
      charged,
      ...((await rules.seesBalance(wish.member)) && { balance }),
      expiresAt,
    };
  }

  async function mayBeAsked(member: Member, quote: Quote): Promise<void> {
    const verdict = await rules.judge({ guild: member.guild, quote }, member);
    if (verdict.kind !== 'refused') return;
    const { currency } = quote.charged;
    throw new Problem('policy_refuses', { refusals: verdict.refusals, currency });
  }

  return async (wish) => {
    const { member, channel, locale, quantity, reason, insteadOf } = wish;
    if (!isQuantity(quantity)) throw new Problem('bad_quantity', { highest: HIGHEST_QUANTITY });
    await passGate(parts.gate);
    const quote = await makeQuote(wish);
    // An offer in place of another is made in the background: what its requester may do is judged at their press.
    if (insteadOf === undefined) await mayBeAsked(member, quote);
    const now = clock.now();
    return book.create(
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
        history: [
          insteadOf === undefined
            ? { at: now, by: member.user, status: 'quoted', why: 'asked' }
            : { at: now, by: 'cardigan', status: 'quoted', why: 'offered_again' },
        ],
      },
      () => newReference(random),
    );
  };
}

/** Who gets the cards, and what goes with them. */
function givenTo({ member, quantity, gift }: Wish): Pick<Order, 'recipients' | 'gift'> {
  const { to, ...rest } = gift ?? {};
  const recipients = [{ user: to ?? member.user, quantity }];
  return 'receipt' in rest ? { recipients, gift: rest } : { recipients };
}

export function isQuantity(quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= HIGHEST_QUANTITY;
}

/** The operator's caps (`MAX_ORDER_TOTAL`, `MAX_DAY_TOTAL`), as amounts in the account's currency. */
export interface Caps {
  readonly order: string;
  readonly day: string;
}

interface AffordingParts {
  ledger: Pick<Ledger, 'left'>;
  rules: Pick<Rules, 'seesBalance'>;
  caps: Caps;
  clock: Pick<Clock, 'now'>;
}

/**
 * Throws the Problem that tells why so much cannot be charged now: a cap, or the balance. What `except` has set aside is not
 * in its way.
 */
export function createAffording({ ledger, rules, caps, clock }: AffordingParts) {
  return async (charged: Money, balance: Money, member: Member, except = ''): Promise<void> => {
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
  };
}

interface OfferingParts {
  book: OrderBook;
  quote(wish: Wish): Promise<Order>;
}

/**
 * Offers once more what an order whose price rose was for. One offer is made for an order, by whatever process and
 * after any crash: asked again, it gives the one there is. Throws a Problem when no offer can be made.
 */
export function createOffering({
  book,
  quote,
}: OfferingParts): (repriced: Order) => Promise<Order> {
  return async (repriced) => {
    const { id, requester, guild, channel, locale, reason, approval, gift } = repriced;
    const { itemCode, quantity } = repriced.quote;
    const owner = await book.holder(offerHold(id));
    const made = owner === undefined ? undefined : await book.get(owner);
    // Nobody's rights are asked for: the press on the offer is checked.
    const member = { user: requester, guild, isManager: false };
    const isApproved = approval !== undefined;
    const wish = { member, channel, locale, itemCode, quantity, insteadOf: id, isApproved };
    const to = sentTo(repriced);
    return (
      made ??
      quote({
        ...wish,
        ...(reason !== undefined && { reason }),
        ...(gift && to !== undefined && { gift: { ...gift, to } }),
      })
    );
  };
}
