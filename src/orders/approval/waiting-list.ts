import { type Member, Problem } from '../../lib/index.ts';
import type { Place } from '../../outbox/index.ts';
import { askedAt, voiceFor } from '../../policy/index.ts';
import { unlessUnreadable } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import type { Order } from '../model/order.ts';
import { type Action, openActions, type Viewer } from '../model/permissions.ts';
import { cardOf } from '../notify/notices.ts';

/** More than these are not kept while the list is read: the others move up as these are decided. */
export const MOST_WAITING = 200;

/** Something that waits for somebody, as they may decide about it. */
export interface Listed {
  readonly actions: readonly string[];
  /** The approver in whose name they would approve it; nobody, when their approval counts already. */
  readonly voice?: string | undefined;
  /** Since when it waits for approval. */
  readonly askedAt: number;
}

/** An order that waits for somebody. */
export interface WaitingOrder extends Listed {
  readonly order: Order;
  readonly actions: readonly Action[];
  /** Where its card stands, if it is known. */
  readonly card?: Place | undefined;
}

export interface WaitingPage<Other extends Listed = never> {
  /** From 0; the last one, where a later one was asked for. */
  readonly page: number;
  readonly pages: number;
  /** How much there is on all pages. */
  readonly total: number;
  readonly waiting: readonly (WaitingOrder | Other)[];
}

/**
 * What waits for this member in their guild, by themselves or as a delegate: the longest first, and at the end what
 * they have approved already. `others`: what waits beside orders, and has its place among them. Throws
 * `approvers_only`.
 */
export async function awaiting<Other extends Listed = never>(
  ctx: OrdersContext,
  member: Member,
  { number, size }: { number: number; size: number },
  others: readonly Other[] = [],
): Promise<WaitingPage<Other>> {
  const decider = await ctx.rules.deciderOf(member);
  if (decider.voices.length === 0) throw new Problem('approvers_only', {});
  const orders = await ordersAwaiting(ctx, decider, member.guild);
  const all = [...orders, ...others].sort((a, b) => Number(isDone(a)) - Number(isDone(b)) || a.askedAt - b.askedAt);
  const pages = Math.max(1, Math.ceil(all.length / size));
  // It may have got shorter since the button was drawn, and a button may be forged.
  const page = Math.max(0, Math.min(Math.trunc(number) || 0, pages - 1));
  const shown = all.slice(page * size, (page + 1) * size);
  const waiting = await Promise.all(shown.map((one) => withCard(ctx, one)));
  return { page, pages, total: all.length, waiting };
}

async function ordersAwaiting(
  { orders, clock }: OrdersContext,
  viewer: Viewer,
  guild: string,
): Promise<WaitingOrder[]> {
  const found: WaitingOrder[] = [];
  // From the newest offer on, as the store has them: those at the end have waited longest.
  for await (const order of orders.walk(`awaiting/${guild}`)) {
    const actions = openActions(order, viewer, clock.now());
    if (!actions.includes('reject')) continue;
    found.push({ order, actions, voice: voiceFor(order, viewer), askedAt: askedAt(order) });
    if (found.length > MOST_WAITING) found.shift();
  }
  return found;
}

async function withCard<Other extends Listed>(
  ctx: OrdersContext,
  one: WaitingOrder | Other,
): Promise<WaitingOrder | Other> {
  return isOrder(one) ? { ...one, card: await unlessUnreadable(() => cardOf(ctx, one.order), undefined) } : one;
}

const isOrder = (listed: Listed): listed is WaitingOrder => 'order' in listed;

/** Somebody else has to decide now. */
const isDone = ({ actions }: Listed) => !actions.includes('approve');
