import type { Log } from '../../lib/index.ts';
import { isUntold } from '../model/news.ts';
import type { Order } from '../model/order.ts';
import { type Effort, isToBeBrought } from '../model/parcels.ts';
import type { Progress } from '../model/ports.ts';
import type { Telling } from '../notify/requester.ts';

/** The purchases and deliveries that this process has under way: one flight an order. */
export interface Flights {
  /** Buys and delivers as far as it goes now. A second call for the same order joins the first. */
  fly(id: string, effort?: Effort): Promise<Order>;
  /** Runs something of that name; who asks for it meanwhile joins. */
  join(name: string, run: () => Promise<Order>): Promise<Order>;
  isInFlight(id: string): boolean;
  /** Flies in the background, for an order that an earlier process left; its requester is told how it went. */
  carryOn(order: Order, effort: Effort): void;
  underWay(): string[];
  /** Resolves when nothing is under way. */
  landed(): Promise<void>;
}

interface Parts {
  buy(id: string): Promise<Order>;
  deliver(id: string, effort: Effort): Promise<Order>;
  progress: Progress;
  telling: Telling;
  log: Log;
}

export function createFlights({ buy, deliver, progress, telling, log }: Parts): Flights {
  const under = new Map<string, Promise<Order>>();

  async function take(id: string, effort: Effort): Promise<Order> {
    const order = await buy(id);
    // Only what ends in news: nothing else would take "being sent" off the message again.
    if (order.status === 'bought' && isUntold(order)) progress(order, 'delivering');
    const settled = isToBeBrought(order, effort) ? await deliver(id, effort) : order;
    log.info(factsOf(settled), 'an order was taken as far as it goes now');
    return settled;
  }

  function join(name: string, run: () => Promise<Order>): Promise<Order> {
    const already = under.get(name);
    if (already) return already;
    const flight = run().finally(() => under.delete(name));
    under.set(name, flight);
    return flight;
  }

  const fly = (id: string, effort: Effort = 'first'): Promise<Order> =>
    join(id, () => take(id, effort));

  async function carryOnQuietly(before: Order, effort: Effort): Promise<void> {
    try {
      await telling.tell(await fly(before.id, effort), 'mayBeOut');
    } catch (error) {
      log.error({ order: before.id, err: error }, 'an open order could not be taken up');
    }
  }

  return {
    fly,
    join,
    isInFlight: (id) => under.has(id),
    carryOn: (order, effort) => void carryOnQuietly(order, effort),
    underWay: () => [...under.keys()],
    async landed() {
      await Promise.allSettled(under.values());
    },
  };
}

/** What an operator needs to find an order that somebody names, and to see what became of it. */
function factsOf({ id, reference, requester, quote, status, remote, history }: Order) {
  const { itemCode, quantity, charged: quoted } = quote;
  const { why, detail } = history.at(-1) ?? {};
  const facts = {
    order: id,
    reference,
    requester,
    itemCode,
    quantity,
    quoted,
    status,
    why,
    detail,
  };
  return { ...facts, remote: remote?.orderId, charged: remote?.charged };
}
