import type { DeliveryResult } from '../../outbox/index.ts';
import type { OrdersContext } from '../context.ts';
import type { Card, Order } from '../model/order.ts';
import {
  assignCards,
  type Effort,
  isToBeBrought,
  stepped,
  waitingParcels,
  withPosted,
  withReceived,
} from '../model/parcels.ts';
import { NotTried, type Parcel } from '../model/ports.ts';
import { type Code, codesIn } from '../model/raw-answer.ts';
import type { Reason } from '../model/reasons.ts';
import { noted } from '../model/state-machine.ts';

const reasonFor: Record<DeliveryResult, Reason> = {
  sent: 'dm_sent',
  closed: 'dm_closed',
  failed: 'dm_failed',
  withheld: 'dm_withheld',
};

/** Brings what is in the vault to its recipients, and gives the order as it is afterwards. */
export async function deliver(ctx: OrdersContext, id: string, effort: Effort): Promise<Order> {
  const known = await ctx.orders.require(id);
  if (!isToBeBrought(known, effort)) return known;
  const codes = await keptCodes(ctx, known);
  let order = await fixRecipients(ctx, id, [...codes.keys()]);
  const waiting = waitingParcels(order, effort);
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

/** What the vault has of an order, by fingerprint. */
export async function keptCodes(
  { vault, fingerprint }: Pick<OrdersContext, 'vault' | 'fingerprint'>,
  { id, remote }: Order,
): Promise<Map<string, Code>> {
  const sealed = remote && (await vault.open(id));
  const codes = sealed ? codesIn(sealed, remote.orderId) : [];
  return new Map(codes.map((code) => [fingerprint(code.code), code]));
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
async function post(
  { mailbox, log }: OrdersContext,
  parcel: Parcel,
  cards: readonly Card[],
): Promise<DeliveryResult | 'untried'> {
  const order = parcel.order.id;
  if (parcel.codes.length < cards.length) {
    log.error({ order, parcel: parcel.number }, 'codes of an order are not in the vault');
    return 'failed';
  }
  try {
    return await mailbox.deliver(parcel);
  } catch (err) {
    if (err instanceof NotTried) return 'untried';
    log.error({ order, err }, 'a parcel of codes could not be sent');
    return 'failed';
  }
}

async function recordPosted(
  { orders, clock }: OrdersContext,
  { order: { id }, number }: Parcel,
  cards: readonly Card[],
  how: DeliveryResult,
  allTried: boolean,
): Promise<Order> {
  const fingerprints = new Set(cards.map((card) => card.fingerprint));
  const { order } = await orders.revise(id, (current) => {
    const at = clock.now();
    const next = withPosted(current, { number, at, how, fingerprints });
    const after = stepped(next.order, { at, by: 'cardigan', why: reasonFor[how] }, allTried);
    // The same once more, or revealed meanwhile, is no step: the record must not grow with every try.
    return next.isNews || after.status !== current.status ? after : next.order;
  });
  return order;
}
