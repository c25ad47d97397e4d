import type { CardPlusPay } from '../cardpluspay/client.ts';
import type { Shop } from '../catalog/shop.ts';
import { asking } from '../catalog/vendor-problem.ts';
import type { Clock } from '../clock.ts';
import { times } from '../money.ts';
import { Problem } from '../problem.ts';
import type { Caps } from './affording.ts';
import { createAffording } from './affording.ts';
import type { Gate } from './gate.ts';
import { passGate } from './gate.ts';
import type { Gift } from './gift.ts';
import type { RandomBytes } from './ids.ts';
import { newOrderId, newReference } from './ids.ts';
import type { Ledger } from './ledger.ts';
import type { Member, Order, Quote } from './order.ts';
import type { OrderBook } from './order-book.ts';
import type { Rules } from './rules.ts';

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
