import type { OrdersContext } from '../context.ts';
import type { Order } from '../model/order.ts';
import { parcelsToReveal, type Waiting } from '../model/parcels.ts';
import { Flagged, NotTried } from '../model/ports.ts';
import { keptCodes } from './kept-codes.ts';
import { recordPosted } from './record-posted.ts';

// Cards of campaigns are shown where their people press. Where the operator has asked for it, those who have not seen theirs
// are sent it as well: a few a minute, in the background. What a restart leaves of it is left: nobody lacks a card for it.

/** Has people of this order sent their cards by direct message, after all that is to be sent already. */
export function messageSoon(ctx: OrdersContext, { id }: Order): void {
  if (!ctx.campaignDms) return;
  ctx.memory.toMessage.add(id);
  ctx.messaging
    .join('campaigns', () => messageAll(ctx))
    .catch((err: unknown) => ctx.log.error({ err }, 'direct messages of campaigns are left'));
}

async function messageAll(ctx: OrdersContext): Promise<void> {
  const { toMessage } = ctx.memory;
  // What is added meanwhile comes last.
  for (const id of toMessage) {
    await messageOrder(ctx, id);
    toMessage.delete(id);
  }
}

async function messageOrder(ctx: OrdersContext, id: string): Promise<void> {
  const seen = new Set<number>();
  for (;;) {
    if (ctx.stopping.signal.aborted || (await ctx.dmStops.current())) return;
    // Read anew each time: in the hours that it takes, people press and have theirs.
    const order = await ctx.orders.require(id);
    const next = parcelsToReveal(order).find(({ number }) => !seen.has(number));
    if (!next) return;
    seen.add(next.number);
    if ((await mayWriteTo(ctx, order, next.recipient)) && !(await messageOne(ctx, order, next))) return;
  }
}

/** False: nothing more is to be sent. */
async function messageOne(ctx: OrdersContext, order: Order, { number, recipient, resendAt, cards }: Waiting) {
  const kept = await keptCodes(ctx, order);
  const codes = cards.flatMap(({ fingerprint }) => kept.get(fingerprint) ?? []);
  if (codes.length < cards.length) return true;
  const parcel = { order, number, recipient, resendAt, codes, mayBeOut: true };
  try {
    const how = await ctx.mailbox.deliver(parcel);
    // What was not taken is where it was: to be revealed.
    if (how === 'sent' || how === 'closed') await recordPosted(ctx, parcel, cards, how, true);
    return true;
  } catch (err) {
    if (err instanceof Flagged) await ctx.dmStops.stop(err.code);
    else if (!(err instanceof NotTried)) throw err;
    return false;
  }
}

/** How many of their newest orders are looked at. */
const LOOKED_AT = 20;

/** To people to whom a code has gone by direct message before: others may take the first one for spam, and so may Discord. */
async function mayWriteTo({ campaignDms, orders }: OrdersContext, { guild }: Order, user: string): Promise<boolean> {
  if (campaignDms?.to === 'strangers') return true;
  const page = { limit: LOOKED_AT };
  const [received, own] = await Promise.all([orders.receivedBy(guild, user, page), orders.ofMember(guild, user, page)]);
  return [...received.orders, ...own.orders].some(({ cards }) =>
    cards.some(({ recipient, posted }) => recipient === user && posted?.how === 'sent'),
  );
}
