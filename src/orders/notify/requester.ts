import { type Log, Problem } from '../../lib/index.ts';
import {
  announcementOf,
  isApprovedByOthers,
  isAwaited,
  isUntold,
  isWorthAMessage,
  toldOf,
} from '../model/news.ts';
import type { Order } from '../model/order.ts';
import type { Mailbox, Sequel } from '../model/ports.ts';
import type { OrderBook } from '../repository.ts';

/** The one place from which a requester hears how their order stands. */
export interface Telling {
  /**
   * Tells it if it is news: in the message that they follow the order by, or else in a new one; where others had to
   * decide, in both. What was told is recorded, so calling once more is no message more, and a start tells what an earlier process did not come to.
   * A price that rose comes with a new offer. Gives the order as it is afterwards. Throws what the store throws.
   */
  tell(order: Pick<Order, 'id'>, how?: How): Promise<Order>;
  /** As `tell`, in the background; what goes wrong is logged. */
  tellSoon(order: Order, how?: How): void;
  /** Puts right what the requester's message shows, where it can be edited, when something broke. */
  show(id: string): Promise<void>;
  /** Resolves when nobody is being told anything. */
  settled(): Promise<void>;
}

/**
 * `mayBeOut`: an earlier process may have told it. `quietly`: the requester has it before their eyes, so it is worth
 * no new message.
 */
type How = 'mayBeOut' | 'quietly';

interface Parts {
  book: OrderBook;
  mailbox: Mailbox;
  /** Makes the offer that follows an order whose price rose; throws a Problem when there can be none. */
  offerAgain(order: Order): Promise<Order>;
  now(): number;
  log: Log;
}

export function createTelling({ book, mailbox, offerAgain, now, log }: Parts): Telling {
  const under = new Map<string, Promise<Order>>();
  /** Orders whose news this process began to tell, and did not record as told: it may be out. */
  const unrecorded = new Set<string>();

  async function sequelOf(order: Order): Promise<Sequel | undefined> {
    if (order.status !== 'repriced') return undefined;
    try {
      return { offer: await offerAgain(order) };
    } catch (error) {
      if (error instanceof Problem) return { problem: error };
      // The offer is made at the next start; until then the message must not say that it is being worked on.
      await mailbox.show(order);
      throw error;
    }
  }

  async function bring(order: Order, how?: How): Promise<void> {
    const sequel = await sequelOf(order);
    const offer = sequel && 'offer' in sequel ? sequel.offer : undefined;
    // An offer that somebody has decided about was seen.
    if (offer && offer.status !== 'quoted' && offer.status !== 'expired') return;
    const isOver = offer && (offer.status === 'expired' || now() >= offer.quote.expiresAt);
    const fresh = isOver ? undefined : sequel;
    // What is under way for it is shown there anyway, and would be written over.
    const isShown = !isApprovedByOthers(order) && (await mailbox.show(order, fresh));
    if (how === 'quietly' || !isWorthAMessage(order)) return;
    if (isShown && !isAwaited(order)) return;
    await mailbox.tell(order, { sequel: fresh, mayBeOut: how === 'mayBeOut' });
  }

  /** Reads the order again: others may have told it meanwhile, or moved it on. */
  async function tellNow(id: string, how?: How): Promise<Order> {
    const order = await book.get(id);
    if (!order) throw new Error(`no order has the id ${id}`);
    if (!isUntold(order)) {
      // Left for the next start, or ended as a quote: no news, but what its message shows is put right.
      if (isLeft(order)) await mailbox.show(order);
      return order;
    }
    const mayBeOut = unrecorded.has(id);
    unrecorded.add(id);
    const announcement = announcementOf(order);
    if (announcement) await mailbox.announce(order, announcement, mayBeOut || how === 'mayBeOut');
    await bring(order, how ?? (mayBeOut ? 'mayBeOut' : undefined));
    const told = toldOf(order);
    const revision = await book.revise(id, (current) => ({ ...current, told }));
    unrecorded.delete(id);
    return revision.order;
  }

  /** One after the other, so that two that tell do not tell it twice, nor what was before last. */
  function tell({ id }: Pick<Order, 'id'>, how?: How): Promise<Order> {
    const before = under.get(id) ?? Promise.resolve();
    const run = () => tellNow(id, how);
    const telling = before.then(run, run).finally(() => {
      if (under.get(id) === telling) under.delete(id);
    });
    under.set(id, telling);
    return telling;
  }

  return {
    tell,
    tellSoon(order, how) {
      tell(order, how).catch((err: unknown) =>
        log.error({ order: order.id, err }, 'the requester could not be told how the order stands'),
      );
    },
    async show(id) {
      const order = await book.get(id);
      if (order) await mailbox.show(order);
    },
    async settled() {
      await Promise.allSettled(under.values());
    },
  };
}

const isLeft = ({ status, told }: Order) =>
  status === 'approved' || (told === undefined && status !== 'buying');
