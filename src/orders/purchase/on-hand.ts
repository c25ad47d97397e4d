import { compare, type Member } from '../../lib/index.ts';
import { StoreError } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import { keptCodes, takeOver } from '../delivery/kept-codes.ts';
import { type FromHand, type Order, type Remote, remoteOfCard } from '../model/order.ts';
import { assignCards, cardsOnHand } from '../model/parcels.ts';
import type { Code } from '../model/raw-answer.ts';
import type { Reason } from '../model/reasons.ts';
import { transition } from '../model/state-machine.ts';
import { onHandIn, onHandOf } from '../repository.ts';
import { checkBreaker } from './circuit-breaker.ts';
import { endOrder, settle } from './outcome.ts';

/** Of which cards on hand there may be some: what they are, and whose. */
export type Wanted = Pick<Order, 'guild'> & { readonly quote: Pick<Order['quote'], 'itemCode' | 'faceValue'> };

/** `check`: as before a purchase, and why not. `mayServe`: whether the order, as it is at the write, may still be served. */
interface Asked {
  check(): Promise<{ ok: true } | { ok: false; why: Reason; detail?: string }>;
  mayServe(order: Order): boolean;
}

/**
 * Serves an approved order with cards on hand, where there are as many as it takes: nothing is sent to CardPlusPay, and
 * nothing is charged. Undefined where there are too few; `stale`: somebody else has taken one of them, or the order.
 */
export async function serveFromHand(
  ctx: OrdersContext,
  order: Order,
  asked: Asked,
): Promise<Order | 'stale' | undefined> {
  const fromHand = await findOnHand(ctx, order);
  if (!fromHand) return undefined;
  const checked = await asked.check();
  if (!checked.ok) return endOrder(ctx, order, 'failed', checked.why, checked.detail);
  const stop = await checkBreaker(ctx);
  if (stop) return endOrder(ctx, order, 'failed', 'stopped', stop.why);
  const written = await ctx.orders.revise(order.id, (current) =>
    asked.mayServe(current) ? servedWith(current, fromHand, ctx.clock.now()) : current,
  );
  if (!written.ok) return makeWay(ctx, written.owner);
  if (!written.order.fromHand) return 'stale';
  await settle(ctx, written.order);
  return written.order;
}

/** Whose cards go to whom is fixed by this write, which takes the hold of each card. */
function servedWith(order: Order, fromHand: FromHand[], at: number): Order {
  const cards = assignCards(
    order,
    fromHand.flatMap((served) => served.cards),
  );
  return transition(order, 'bought', { at, by: 'cardigan', why: 'from_hand' }, { fromHand, cards });
}

/**
 * Who was faster may not have lived to take the card over: then it would look as if it were on hand for ever. Where what is
 * theirs cannot be read it does so, and must not keep everybody else from a card: it is bought instead.
 */
async function makeWay(ctx: OrdersContext, owner: string): Promise<'stale' | undefined> {
  try {
    await takeOver(ctx, await ctx.orders.require(owner));
    return 'stale';
  } catch (err) {
    if (!(err instanceof StoreError && err.isUnreadable)) throw err;
    ctx.log.error({ order: owner, err }, 'cards on hand are of an order that cannot be read');
    return undefined;
  }
}

/** The oldest cards on hand, as many as the order takes; undefined where there are fewer. */
async function findOnHand(ctx: OrdersContext, order: Order): Promise<FromHand[] | undefined> {
  const sources = await sourcesOf(ctx, order);
  let wanted = order.quote.quantity;
  if (sources.reduce((sum, source) => sum + cardsOnHand(source).length, 0) < wanted) return undefined;
  const found: FromHand[] = [];
  // CardPlusPay may have sold one code twice: to one order it is one card.
  const codesTaken = new Set<string>();
  for (const source of sources) {
    if (wanted === 0) break;
    const codes = await readableCodes(ctx, source);
    const there = cardsOnHand(source).filter(
      (card) => codes.has(card.fingerprint) && !codesTaken.has(card.fingerprint),
    );
    const taken = there.slice(0, wanted).map(({ fingerprint }) => fingerprint);
    for (const code of taken) codesTaken.add(code);
    found.push(...servedBy(source, taken));
    wanted -= taken.length;
  }
  return wanted === 0 ? found : undefined;
}

/** One entry of the vault that cannot be read keeps nobody from the others, nor from buying. */
async function readableCodes(ctx: OrdersContext, source: Order): Promise<ReadonlyMap<string, Code>> {
  try {
    return await keptCodes(ctx, source);
  } catch (err) {
    if (!(err instanceof StoreError && err.isUnreadable)) throw err;
    ctx.log.error({ order: source.id, err }, 'cards on hand cannot be read');
    return new Map();
  }
}

/** By the orders at CardPlusPay that they are from: one that was served itself may have cards of several. */
function servedBy(source: Order, fingerprints: readonly string[]): FromHand[] {
  const byRemote = new Map<number, { remote: Remote; cards: string[] }>();
  for (const fingerprint of fingerprints) {
    const remote = remoteOfCard(source, fingerprint);
    if (!remote) throw new Error(`a card of the order ${source.id} is from no order at CardPlusPay`);
    const same = byRemote.get(remote.orderId) ?? { remote, cards: [] };
    same.cards.push(fingerprint);
    byRemote.set(remote.orderId, same);
  }
  return [...byRemote.values()].map((each) => ({ order: source.id, ...each }));
}

/** Orders with such cards on hand, oldest first. */
async function sourcesOf({ orders }: Pick<OrdersContext, 'orders'>, wanted: Wanted): Promise<Order[]> {
  const found: Order[] = [];
  for await (const order of orders.walk(onHandOf(wanted))) if (isSameCard(order, wanted)) found.unshift(order);
  return found;
}

/** An item may have come to show another amount since. */
function isSameCard({ quote: { faceValue: one } }: Wanted, { quote: { faceValue: other } }: Wanted): boolean {
  return !one || !other || (one.currency === other.currency && compare(one, other) === 0);
}

/** How many such cards are on hand. */
export async function countOnHand(ctx: Pick<OrdersContext, 'orders'>, wanted: Wanted): Promise<number> {
  const sources = await sourcesOf(ctx, wanted);
  return sources.reduce((sum, source) => sum + cardsOnHand(source).length, 0);
}

/** Cards of one kind that are on hand for a server. */
export interface CardsOnHand extends Pick<Order['quote'], 'itemCode' | 'name' | 'faceValue'> {
  readonly count: number;
}

/** What is on hand in a member's server, by item; nothing for whoever approves nothing there. `item`: of that one alone. */
export async function onHandFor(
  { orders, rules }: OrdersContext,
  member: Member,
  item?: string,
): Promise<CardsOnHand[]> {
  if ((await rules.voicesOf(member)).length === 0) return [];
  const { guild } = member;
  const list = item === undefined ? onHandIn(guild) : onHandOf({ guild, quote: { itemCode: item } });
  const found = new Map<string, CardsOnHand>();
  for await (const order of orders.walk(list)) {
    const { itemCode, name, faceValue } = order.quote;
    const kind = JSON.stringify([itemCode, faceValue]);
    const count = (found.get(kind)?.count ?? 0) + cardsOnHand(order).length;
    found.set(kind, { itemCode, name, count, ...(faceValue && { faceValue }) });
  }
  return [...found.values()];
}
