import type { OrdersContext } from './context.ts';
import { newOrderId, newReference } from './model/ids.ts';
import { isPool, type OfCampaign, type Order, type Quote, type Step } from './model/order.ts';
import { isFree, isGiven, isUntried } from './model/parcels.ts';
import { isFinal, noted } from './model/state-machine.ts';
import { requirePurchasesOpen } from './purchase/circuit-breaker.ts';
import { run } from './purchase/runner.ts';
import { isQuantity } from './quote/create-quote.ts';
import type { NewOrder } from './repository.ts';

/** A part of what a campaign buys: at most 100 cards of one kind, by what was shown when it was confirmed. */
export type Commission = Pick<Order, 'guild' | 'channel' | 'requester' | 'locale' | 'recipients'> & {
  readonly quote: Omit<Quote, 'balance' | 'expiresAt'>;
  readonly campaign: OfCampaign;
  readonly gift: NonNullable<Order['gift']>;
  /** When it was set aside for the whole campaign, and in which budgets: it counts in the same periods. */
  readonly reserved: NonNullable<Order['reserved']>;
  /** Of the whole campaign, with its votes. */
  readonly approval?: NonNullable<Order['approval']>;
  readonly reason?: string;
  /** When those who get its cards were asked about: it may be bought for a while from then on. */
  readonly seenAt: number;
};

/**
 * Writes an order that is approved already, as a part of what was decided about as a whole. Where somebody gets their
 * card by another order of the campaign, that order is given back and none is made: whoever calls compares. Of each pool
 * there is one as well. Throws a Problem while purchases are stopped.
 */
export async function commission(ctx: OrdersContext, { seenAt, ...wanted }: Commission): Promise<Order> {
  requireWhole(wanted);
  await requirePurchasesOpen(ctx);
  const { clock, random } = ctx;
  const now = clock.now();
  const asked: Step = { at: now, by: wanted.requester, status: 'quoted', why: 'asked' };
  const decided: Step = { at: now, by: 'cardigan', status: 'approved', why: 'campaign' };
  const order: NewOrder = {
    ...wanted,
    id: newOrderId(now, random),
    reference: newReference(random),
    quote: { ...wanted.quote, expiresAt: now },
    status: 'approved',
    cards: [],
    approvedAt: seenAt,
    history: [asked, decided],
  };
  return ctx.orders.create(order, () => newReference(random));
}

/** Whoever makes up a campaign's orders sees to it: anything else is a bug. */
function requireWhole({ quote, recipients, campaign }: Omit<Commission, 'seenAt'>): void {
  const given = recipients.reduce((sum, { quantity }) => sum + quantity, 0);
  const known = campaign.pool === undefined ? quote.quantity : 0;
  if (!isQuantity(quote.quantity)) throw new RangeError('an order has from 1 to 100 cards');
  if (given !== known) throw new RangeError('an order has a card for each recipient');
}

/**
 * Buys and delivers it as far as it goes now; joins whoever is at it. `anew`: what a closed inbox refused or Discord
 * did not want is tried once more.
 */
export async function carryOut(ctx: OrdersContext, id: string, how?: 'anew'): Promise<Order> {
  const { status } = await commissioned(ctx, id);
  // Of one that is past that, an earlier process may have sent some codes.
  return run(ctx, id, status === 'approved' ? 'first' : (how ?? 'again'));
}

/** An order of a campaign, as it is now. */
export function commissioned({ orders }: OrdersContext, id: string): Promise<Order> {
  return orders.require(id);
}

/**
 * Gives one card of an order's pool, bought before anybody had claimed it, to somebody, for ever the same one, and
 * brings it to them. Undefined when there is none for them; where they have theirs by another order of the campaign,
 * that order.
 */
export async function assign(ctx: OrdersContext, id: string, user: string): Promise<Order | undefined> {
  const revision = await ctx.orders.revise(id, (order) => withClaimed(order, user, ctx.clock.now()));
  if (!revision.ok) return ctx.orders.get(revision.owner);
  const { order } = revision;
  return has(order, user) ? bring(ctx, order, user) : undefined;
}

/** Its campaign is over: what nobody claimed of it, also what comes later, is on hand for the server. May be repeated. */
export async function putOnHand(ctx: OrdersContext, id: string): Promise<void> {
  await ctx.orders.revise(id, (order) => withOnHand(order, ctx.clock.now()));
}

/** A run that was under way may have looked before the cards were theirs: the next one has not. */
async function bring(ctx: OrdersContext, given: Order, user: string): Promise<Order> {
  const order = await run(ctx, given.id, 'again');
  return isTried(order, given, user) ? order : run(ctx, given.id, 'again');
}

const has = ({ cards }: Order, user: string) => cards.some(({ recipient }) => recipient === user);

/** Whether a message was tried with each card that was theirs by then. */
function isTried({ cards }: Order, given: Order, user: string): boolean {
  const theirs = given.cards.filter(({ recipient }) => recipient === user);
  return theirs.every(({ fingerprint }) =>
    cards.some((card) => card.fingerprint === fingerprint && isGiven(card) && !isUntried(card)),
  );
}

/** Cards go in their order, so that nobody's number for one changes when they get more. */
function withClaimed(order: Order, user: string, at: number): Order {
  const place = order.cards.findIndex(isFree);
  const isForClaims = order.onHandSince === undefined && order.withheldSince === undefined;
  if (place < 0 || !isForClaims || has(order, user)) return order;
  const cards = order.cards.map((card, index) => (index === place ? { ...card, recipient: user } : card));
  const recipients = [...order.recipients, { user, quantity: 1 }];
  return noted({ ...order, cards, recipients }, { at, by: user, why: 'claimed' });
}

/** Of one that a day of looking did not show, somebody may yet find that it was bought. */
function withOnHand(order: Order, at: number): Order {
  const isNothing = isFinal(order.status) && order.status !== 'closed';
  if (!isPool(order) || isNothing || order.onHandSince !== undefined) return order;
  return noted({ ...order, onHandSince: at }, { at, by: 'cardigan', why: 'on_hand' });
}
