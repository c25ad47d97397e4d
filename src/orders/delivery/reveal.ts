import { CardPlusPayError, type OrderCode } from '../../cardpluspay/index.ts';
import { asking } from '../../catalog/index.ts';
import { type Member, Problem } from '../../lib/index.ts';
import type { OrdersContext } from '../context.ts';
import { requireOrder } from '../lookup.ts';
import { type Card, type Order, remotesOf } from '../model/order.ts';
import { openActions } from '../model/permissions.ts';
import { type Code, toCode } from '../model/raw-answer.ts';
import { noted } from '../model/state-machine.ts';
import { tell } from '../notify/requester.ts';
import { codesOf, recordReceived } from './deliver.ts';

/** One recipient's codes, on their way to an ephemeral message that nobody else sees. */
export interface Revealed {
  readonly order: Order;
  readonly recipient: string;
  readonly codes: readonly Code[];
  /** By which its recipient knows each of these cards, from 1: the same as in their direct messages. */
  readonly numbers: readonly number[];
  /** How many of their cards CardPlusPay does not show any more, now that the codes are no longer kept here. */
  readonly gone: number;
}

const ONE_REVEAL_LASTS_MS = 60_000;

/**
 * The recipient's own codes. Recorded before anything is shown: a reveal that nobody knows of must not be. Call
 * `markSeen` once they are before their eyes.
 */
export async function reveal(ctx: OrdersContext, id: string, member: Member): Promise<Revealed> {
  const { user } = member;
  const known = await requireOrder(ctx, id);
  if (!known.recipients.some((each) => each.user === user)) throw new Problem('not_yours', {});
  const mayReveal = openActions(known, member, ctx.clock.now()).includes('reveal');
  const codes = mayReveal ? await keptOrRefetched(ctx, known, user) : [];
  if (codes.length === 0) throw nothingToShow(known);
  const theirs = known.cards.filter(({ recipient }) => recipient === user);
  const step = { at: ctx.clock.now(), by: user, why: 'revealed' as const };
  const { order } = await inTurn(ctx, id, () =>
    ctx.orders.revise(id, (current) => (isJustRevealed(current, step) ? current : noted(current, step))),
  );
  const gone = known.purgedAt === undefined ? 0 : theirs.length - codes.length;
  const places = theirs.map((card) => card.fingerprint);
  const numbers = codes.map(({ code }) => places.indexOf(ctx.fingerprint(code)) + 1);
  return { order, recipient: user, codes, numbers, gone };
}

/** Records that the codes of a reveal are before their recipient's eyes. */
export async function markSeen(ctx: OrdersContext, { order: { id }, recipient, codes }: Revealed): Promise<Order> {
  const order = await inTurn(ctx, id, () => recordReceived(ctx, id, recipient, codes));
  // Who sent them to somebody else did not see it.
  return tell(ctx, order, recipient === order.requester ? 'quietly' : undefined);
}

/** A hundred people may press for their cards of one order at once: of writes that all begin together only one goes well. */
const inTurn = <T>({ messaging }: OrdersContext, id: string, write: () => Promise<T>): Promise<T> =>
  messaging.serialise(`reveal/${id}`, write);

/** Pressing again within a minute is the same reveal: the record must not grow with every press. */
function isJustRevealed({ history }: Order, { at, by }: { at: number; by: string }): boolean {
  // Theirs: of an order with cards for many, others press in between.
  const last = history.findLast((step) => step.why === 'revealed' && step.by === by);
  return last !== undefined && at - last.at < ONE_REVEAL_LASTS_MS;
}

/** What is kept here comes first, also where the record says that it is about to be purged. */
async function keptOrRefetched(ctx: OrdersContext, order: Order, user: string): Promise<Code[]> {
  const kept = await codesOf(ctx, order, user);
  return kept.length > 0 || order.purgedAt === undefined ? kept : refetchCodes(ctx, order, user);
}

function nothingToShow(order: Order): Problem {
  const { reference, purgedAt } = order;
  const numbers = remotesOf(order).map(({ orderNo, orderId }) => orderNo ?? String(orderId));
  if (purgedAt === undefined || numbers.length === 0) return new Problem('nothing_to_reveal', { reference });
  const number = numbers.join(', ');
  return new Problem('codes_gone', { reference, number });
}

/**
 * The codes of one recipient from CardPlusPay, once they are no longer kept here. What it shows is matched by fingerprint
 * alone: whatever belongs to no card of this recipient is not theirs. Throws a Problem when it cannot be asked.
 */
async function refetchCodes(
  { vendor, fingerprint }: Pick<OrdersContext, 'vendor' | 'fingerprint'>,
  order: Order,
  user: string,
): Promise<Code[]> {
  const theirs = order.cards.filter(({ recipient }) => recipient === user);
  const byFingerprint = new Map<string, Code>();
  for (const { orderId } of remotesOf(order)) {
    const codes = await asking(codesShown(vendor, orderId));
    for (const code of codes) byFingerprint.set(fingerprint(code.code), toCode(code));
  }
  return theirs.flatMap((card) => {
    const code = byFingerprint.get(card.fingerprint);
    return code ? [withLack(code, card)] : [];
  });
}

async function codesShown(vendor: OrdersContext['vendor'], orderId: number): Promise<OrderCode[]> {
  try {
    const placed = await vendor.order(orderId);
    // Codes of another order are somebody else's.
    if (placed.orderId !== orderId) throw new Problem('vendor_unreadable', {});
    return placed.codes;
  } catch (error) {
    if (error instanceof CardPlusPayError && error.code === 'not_found') return [];
    throw error;
  }
}

function withLack(code: Code, { more }: Card): Code {
  if (code.metadata.length > 0 || more === undefined) return code;
  return { ...code, lacks: more === 'came' ? 'not_kept' : 'never_shown' };
}
