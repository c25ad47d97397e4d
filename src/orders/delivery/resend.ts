import { type Member, Problem } from '../../lib/index.ts';
import type { DeliveryResult } from '../../outbox/index.ts';
import type { OrdersContext } from '../context.ts';
import { type Sighted, sight } from '../lookup.ts';
import type { Order } from '../model/order.ts';
import { isGiven, isUndelivered, newestParcel, withResend } from '../model/parcels.ts';
import { openActions } from '../model/permissions.ts';
import { noted } from '../model/state-machine.ts';
import { deliver } from './deliver.ts';

/** How it went for one recipient. */
interface ResendOutcome {
  readonly user: string;
  readonly cards: number;
  readonly how: DeliveryResult | undefined;
}

/** `turn`: what the answer to the question has to carry, so that it is good for one sending. */
export type Resent =
  | { readonly kind: 'asks'; readonly order: Order; readonly turn: number }
  | { readonly kind: 'done'; readonly order: Order; readonly outcomes: readonly ResendOutcome[] };

/**
 * Sends all cards of an order to their recipients once more, by direct messages of their own. Without a turn, it asks
 * first where somebody has had theirs already. Throws a Problem.
 */
export async function resend(ctx: OrdersContext, id: string, member: Member, asked?: number): Promise<Resent> {
  const { running } = ctx;
  const sighted = await sight(ctx, id, member);
  const order = requireResendable(ctx, sighted, asked);
  const turn = newestParcel(order);
  const wasReceived = order.cards.some(({ deliveredAt }) => deliveredAt !== undefined);
  if (asked === undefined && wasReceived) return { kind: 'asks', order, turn };
  if (running.has(id)) throw new Problem('being_delivered', { reference: order.reference });
  const after = await running.join(id, async () => {
    await recordResend(ctx, sighted, turn);
    return deliver(ctx, id, 'first');
  });
  return { kind: 'done', order: after, outcomes: outcomesOf(after, turn) };
}

/** The order after the press, if it may be sent again as it stands now. Throws a Problem. */
function requireResendable({ clock }: OrdersContext, { order, viewer }: Sighted, turn: number | undefined): Order {
  const { reference } = order;
  if (!viewer.oversees) throw new Problem('only_admins_resend', {});
  if (isUndelivered(order)) throw new Problem('being_delivered', { reference });
  if (!openActions(order, viewer, clock.now()).includes('resend')) {
    throw new Problem('nothing_to_resend', { reference });
  }
  if (turn !== undefined && turn !== newestParcel(order)) {
    throw new Problem('resent_meanwhile', { reference });
  }
  return order;
}

/**
 * Recorded first: codes that nobody knows to be out must not be. Who dies before they are sent leaves them in the
 * record as to be sent, and the round that looks after orders goes on with them.
 */
async function recordResend(ctx: OrdersContext, sighted: Sighted, turn: number): Promise<void> {
  const step = { at: ctx.clock.now(), by: sighted.viewer.user, why: 'resent' as const };
  await ctx.orders.revise(sighted.order.id, (order) =>
    noted(withResend(requireResendable(ctx, { ...sighted, order }, turn), step.at), step),
  );
}

function outcomesOf({ cards }: Order, turn: number): ResendOutcome[] {
  const sent = Map.groupBy(
    cards.filter(isGiven).filter(({ parcel }) => parcel > turn),
    ({ recipient }) => recipient,
  );
  return [...sent].map(([user, theirs]) => {
    return { user, cards: theirs.length, how: theirs[0]?.posted?.how };
  });
}
