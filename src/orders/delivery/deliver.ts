import type { DeliveryResult } from '../../outbox/index.ts';
import type { OrdersContext } from '../context.ts';
import type { Card, Order } from '../model/order.ts';
import {
  assignCards,
  type Effort,
  isToBeBrought,
  stepped,
  type Waiting,
  waitingParcels,
  withPosted,
  withReceived,
} from '../model/parcels.ts';
import { Flagged, NotTried, type Parcel } from '../model/ports.ts';
import type { Code } from '../model/raw-answer.ts';
import { noted } from '../model/state-machine.ts';
import { tellOfTwins } from '../notify/twins.ts';
import { messageSoon } from './campaign-messages.ts';
import { stopDms } from './dm-stop.ts';
import { keptCodes, takeOver } from './kept-codes.ts';
import { recordPosted } from './record-posted.ts';

/** Discord's code for direct messages that were opened too fast. */
const DMS_TOO_FAST = 40003;

/**
 * Brings what is in the vault to its recipients, and gives the order as it is afterwards. `seen`: the order, or as it was
 * read just now.
 */
export async function deliver(ctx: OrdersContext, seen: string | Order, effort: Effort): Promise<Order> {
  const known = typeof seen === 'string' ? await ctx.orders.require(seen) : seen;
  if (!isToBeBrought(known, effort)) return known;
  await takeOver(ctx, known);
  const codes = await keptCodes(ctx, known);
  const fixed = await fixRecipients(ctx, known.id, [...codes.keys()]);
  const isKnown = new Set(known.cards.map(({ fingerprint }) => fingerprint));
  const fresh = fixed.cards.filter(({ fingerprint }) => !isKnown.has(fingerprint));
  const travelling = waitingParcels(fixed, effort).flatMap(({ cards }) => cards);
  // Before they travel: their recipients read it beside them.
  let order = await tellOfTwins(ctx, fixed, [...new Set([...fresh, ...travelling])]);
  const waiting = waitingParcels(order, effort);
  if (order.campaign) return layOut(ctx, order, waiting, codes);
  for (const [at, { number, recipient, resendAt, cards }] of waiting.entries()) {
    const theirs = cards.flatMap((card) => codes.get(card.fingerprint) ?? []);
    const mayBeOut = effort !== 'first';
    const parcel = { order, number, recipient, resendAt, mayBeOut, codes: theirs };
    const how = await post(ctx, parcel, cards);
    // The process ends: the next one goes on from here.
    if (how === 'untried') return order;
    order = await recordPosted(ctx, parcel, cards, how, at === waiting.length - 1);
  }
  return order;
}

/**
 * Of a campaign nothing travels: each card is shown to its recipient where they press. All of them are recorded in one write,
 * for a press to find.
 */
async function layOut(
  ctx: OrdersContext,
  seen: Order,
  parcels: readonly Waiting[],
  codes: ReadonlyMap<string, Code>,
): Promise<Order> {
  const isKept = ({ fingerprint }: Card) => codes.has(fingerprint);
  const lost = parcels.filter(({ cards }) => !cards.every(isKept));
  if (lost.length > 0)
    ctx.log.error({ order: seen.id, parcels: lost.length }, 'codes of an order are not in the vault');
  const { order } = await ctx.orders.revise(seen, (current) => {
    const at = ctx.clock.now();
    let next = current;
    let isNews = false;
    for (const { number, cards } of parcels) {
      const fingerprints = new Set(cards.map(({ fingerprint }) => fingerprint));
      const how = cards.every(isKept) ? 'to_reveal' : 'failed';
      const posted = withPosted(next, { number, at, how, fingerprints });
      if (!posted.isNews) continue;
      next = posted.order;
      isNews = true;
    }
    const after = stepped(next, { at, by: 'cardigan', why: 'to_reveal' }, true);
    return isNews || after.status !== current.status ? after : current;
  });
  messageSoon(ctx, order);
  return order;
}

/** The codes of one recipient, by fingerprint. */
export async function codesOf(ctx: OrdersContext, order: Order, user: string): Promise<Code[]> {
  const codes = await keptCodes(ctx, order);
  return order.cards.filter((card) => card.recipient === user).flatMap((card) => codes.get(card.fingerprint) ?? []);
}

/** Records that the recipient has seen these codes in a reveal. */
export async function recordReceived(
  ctx: OrdersContext,
  id: string,
  user: string,
  codes: readonly Code[],
): Promise<Order> {
  const fingerprints = new Set(codes.map(({ code }) => ctx.fingerprint(code)));
  const { order } = await ctx.orders.revise(id, (current) => {
    const at = ctx.clock.now();
    const next = withReceived(current, user, at, fingerprints);
    return next === current ? current : stepped(next, { at, by: user, why: 'received' }, false);
  });
  return order;
}

async function fixRecipients(
  { orders, clock }: OrdersContext,
  id: string,
  fingerprints: readonly string[],
): Promise<Order> {
  const revision = await orders.revise(id, (order) => {
    const cards = assignCards(order, fingerprints);
    if (order.status !== 'bought' || cards.length === order.cards.length) return order;
    return noted(order, { at: clock.now(), by: 'cardigan', why: 'codes_came' }, { cards });
  });
  return revision.order;
}

/** A mailbox that breaks must not keep the other parcels, nor the recipient from a reveal. */
async function post(ctx: OrdersContext, parcel: Parcel, cards: readonly Card[]): Promise<DeliveryResult | 'untried'> {
  const { mailbox, log } = ctx;
  const order = parcel.order.id;
  if (parcel.codes.length < cards.length) {
    log.error({ order, parcel: parcel.number }, 'codes of an order are not in the vault');
    return 'failed';
  }
  try {
    return await mailbox.deliver(parcel);
  } catch (err) {
    if (err instanceof NotTried) return 'untried';
    if (err instanceof Flagged) return afterFlag(ctx, err);
    log.error({ order, err }, 'a parcel of codes could not be sent');
    return 'failed';
  }
}

/** Opened too fast is a matter of time. Of a bot that is barred from writing to people, more tries are what Discord does not want. */
async function afterFlag(ctx: OrdersContext, { code }: Flagged): Promise<DeliveryResult> {
  await stopDms(ctx, code);
  return code === DMS_TOO_FAST ? 'failed' : 'withheld';
}
