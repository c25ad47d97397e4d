import { Problem } from '../../lib/index.ts';
import type { Place } from '../../outbox/index.ts';
import type { OrdersContext } from '../context.ts';
import {
  announcementOf,
  isApprovedByOthers,
  isAwaited,
  isToldInPlace,
  isUntold,
  isWorthAMessage,
  toldOf,
} from '../model/news.ts';
import type { Order } from '../model/order.ts';
import type { Sequel, Stage } from '../model/ports.ts';
import { offerAgain } from '../quote/create-quote.ts';
import { approvalKey, syncNoticeOf } from './notice-outbox.ts';

// This is the one place from which a requester hears how their order stands.

/**
 * `mayBeOut`: an earlier process may have told it. `quietly`: the requester has it before their eyes, so it is worth
 * no new message.
 */
type How = 'mayBeOut' | 'quietly';

/**
 * Tells it if it is news: in the message that they follow the order by, or else in a new one; where others had to
 * decide, in both. What was told is recorded, so calling once more is no message more, and a start tells what an earlier process did not come to.
 * A price that rose comes with a new offer. Gives the order as it is afterwards. Throws what the store throws.
 * One after the other, so that two that tell do not tell it twice, nor what was before last.
 */
export function tell(ctx: OrdersContext, { id }: Pick<Order, 'id'>, how?: How): Promise<Order> {
  return ctx.telling.serialise(id, () => tellNow(ctx, id, how));
}

/** As `tell`, in the background; what goes wrong is logged. */
export function tellSoon(ctx: OrdersContext, order: Order, how?: How): void {
  tell(ctx, order, how).catch((err: unknown) =>
    ctx.log.error({ order: order.id, err }, 'the requester could not be told how the order stands'),
  );
}

/**
 * Shows what is under way. Not of an order that another process may be at as well: what it shows in the end might be
 * written over, for good.
 */
export function progress({ mailbox, memory }: OrdersContext, order: Order, stage: Stage): void {
  if (!memory.takenOver.has(order.id)) mailbox.progress(order, stage);
}

/** Puts right what the requester's message shows, where it can be edited, when something broke. */
export async function showAgain({ orders, mailbox }: OrdersContext, id: string): Promise<void> {
  const order = await orders.get(id);
  if (order) await mailbox.show(order);
}

/** Reads the order again: others may have told it meanwhile, or moved it on. */
async function tellNow(ctx: OrdersContext, id: string, how?: How): Promise<Order> {
  const { orders, mailbox } = ctx;
  const { toldUnrecorded } = ctx.memory;
  const order = await orders.require(id);
  if (!isUntold(order)) {
    // Left for the next start, or ended as a quote: no news, but what its message shows is put right.
    if (isLeft(order)) await mailbox.show(order);
    return order;
  }
  const mayBeOut = toldUnrecorded.has(id);
  toldUnrecorded.add(id);
  const announcement = announcementOf(order);
  if (announcement) await mailbox.announce(order, announcement, mayBeOut || how === 'mayBeOut');
  const place = await tellRequester(ctx, order, how ?? (mayBeOut ? 'mayBeOut' : undefined));
  const told = { told: toldOf(order), ...(place && { toldIn: place }) };
  const revision = await orders.revise(order, (current) => ({ ...current, ...told }));
  toldUnrecorded.delete(id);
  showOutcome(ctx, revision.order);
  return revision.order;
}

/** Those who approved it hear of it on its card. In the background: the rounds see to what goes wrong. */
function showOutcome(ctx: OrdersContext, { id, approval, campaign }: Order): void {
  if (!approval || campaign) return;
  syncNoticeOf(ctx, approvalKey(id)).catch((err: unknown) =>
    ctx.log.warn({ order: id, err }, 'the card of an approval is left for the next round'),
  );
}

const isLeft = ({ status, told }: Order) => status === 'approved' || (told === undefined && status !== 'buying');

/** Gives the direct message that says it, where it is one. */
async function tellRequester(ctx: OrdersContext, order: Order, how?: How): Promise<Place | undefined> {
  const { mailbox, clock } = ctx;
  const sequel = await sequelOf(ctx, order);
  const offer = sequel && 'offer' in sequel ? sequel.offer : undefined;
  // An offer that somebody has decided about was seen.
  if (offer && offer.status !== 'quoted' && offer.status !== 'expired') return undefined;
  const isOver = offer && (offer.status === 'expired' || clock.now() >= offer.quote.expiresAt);
  const fresh = isOver ? undefined : sequel;
  // What is under way for it is shown there anyway, and would be written over.
  const isShown = !isApprovedByOthers(order) && (await mailbox.show(order, fresh));
  const said = { sequel: fresh, mayBeOut: how === 'mayBeOut' };
  const isSeen = how === 'quietly' || !isWorthAMessage(order) || (isShown && !isAwaited(order));
  // An edit pings nobody: what they were told is made true in any case, while they may still look at it.
  const place = isToldInPlace(order, clock.now()) ? order.toldIn : undefined;
  if (place) return mailbox.tell(order, { ...said, place, isEditOnly: isSeen });
  return isSeen ? undefined : mailbox.tell(order, said);
}

/** The offer that follows an order whose price rose, or why there can be none. */
async function sequelOf(ctx: OrdersContext, order: Order): Promise<Sequel | undefined> {
  if (order.status !== 'repriced') return undefined;
  try {
    return { offer: await offerAgain(ctx, order) };
  } catch (error) {
    if (error instanceof Problem) return { problem: error };
    // The offer is made at the next start; until then the message must not say that it is being worked on.
    await ctx.mailbox.show(order);
    throw error;
  }
}
