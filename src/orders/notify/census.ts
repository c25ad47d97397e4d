import { dayOf } from '../../lib/index.ts';
import type { StoreFigures } from '../../monitoring/index.ts';
import { dayKey } from '../../policy/index.ts';
import { unlessUnreadable } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import { countInto, newCensus } from './census-round.ts';

/** However many are open, a look costs no more than so many reads: where there are more, the next look goes on. */
const PAGES = 10;
const PAGE = 50;

/** How the whole store stands, for whoever measures it; never a question to CardPlusPay. */
export async function storeFigures(ctx: OrdersContext): Promise<StoreFigures> {
  const now = ctx.clock.now();
  await goRound(ctx);
  const [reviews, day, stop, dmStop] = await Promise.all([
    ctx.orders.count('review'),
    unlessUnreadable(() => ctx.ledger.sums(dayKey(dayOf(now))), undefined),
    unlessUnreadable(() => ctx.killSwitch.current(), 'unreadable' as const),
    unlessUnreadable(() => ctx.dmStops.current(), 'unreadable' as const),
  ]);
  const { last } = ctx.memory.census;
  return {
    ...(last && { orders: last.orders, codesHeld: last.codesHeld }),
    ...(last && { oldestUnconfirmedMs: Math.max(0, now - Math.min(now, last.unconfirmedSince)) }),
    ...(day && { spentToday: Number(day.settled) + Number(day.held) }),
    reviews,
    purchasesStopped: stop !== undefined,
    directMessagesStopped: dmStop !== undefined,
  };
}

/** Goes on with a round. Only a whole one counts. */
async function goRound({ orders, memory: { census } }: OrdersContext): Promise<void> {
  for (let page = 0; page < PAGES; page++) {
    const { orders: found, next } = await orders.listed('open', { limit: PAGE, before: census.before });
    for (const order of found) countInto(census.counted, order);
    census.before = next;
    if (next !== undefined) continue;
    census.last = census.counted;
    census.counted = newCensus();
    return;
  }
}
