import type { CardPlusPay } from '../cardpluspay/client.ts';
import type { Shop } from '../catalog/shop.ts';
import type { Clock } from '../clock.ts';
import { money } from '../money.ts';
import type { Store } from '../store/open.ts';
import { createBuying } from './buying.ts';
import { createChecking } from './checking.ts';
import { createCollecting } from './collecting.ts';
import { createConcluding } from './concluding.ts';
import { budgetSchema, createDayTotals } from './day-totals.ts';
import { createDeciding } from './deciding.ts';
import { createDelivering } from './delivering.ts';
import { createFlights } from './flights.ts';
import type { RandomBytes } from './ids.ts';
import { newOrderId } from './ids.ts';
import type { Member, Order } from './order.ts';
import { orderSchema } from './order.ts';
import type { OrderPage, Page } from './order-book.ts';
import { createOrderBook } from './order-book.ts';
import type { Mailbox, OrderLog, Progress } from './ports.ts';
import type { Wish } from './quoting.ts';
import { createQuoting } from './quoting.ts';
import { createRecovering } from './recovering.ts';
import type { Revealed } from './revealing.ts';
import { createRevealing } from './revealing.ts';
import { sealedAnswerSchema } from './sealed-answer.ts';
import { createSealing } from './sealing.ts';

/** Everything that can be done with orders. Each call checks again who asks and where the order stands now. */
export interface Purchasing {
  quote(wish: Wish): Promise<Order>;
  /** The requester says yes: approves, buys and delivers. Resolves when nothing more can be done now. */
  confirm(id: string, member: Member, progress: Progress): Promise<Order>;
  cancel(id: string, member: Member): Promise<Order>;
  /** The recipient's own codes, recorded as revealed. Call `seen` once they are before their eyes. */
  reveal(id: string, member: Member): Promise<Revealed>;
  seen(revealed: Revealed): Promise<Order>;
  /** Asks CardPlusPay for codes that have not come yet, and delivers what came. */
  collect(id: string, member: Member): Promise<Order>;
  /** An order as its requester or a recipient may see it. */
  get(id: string, member: Member): Promise<Order>;
  /** The guild that an order belongs to, for a press in a direct message. */
  guildOf(id: string): Promise<string | undefined>;
  ofMember(member: Member, page: Page): Promise<OrderPage>;
  /** Takes up all open orders after a start. */
  recover(): Promise<void>;
  /** Ends what got too old, and takes up what an error left behind. */
  lookAfter(): Promise<void>;
  /** Starts nothing more, and waits for what is under way, at most so long. */
  stop(withinMs: number): Promise<void>;
}

export interface PurchasingParts {
  store: Store;
  giftCards: CardPlusPay;
  shop: Shop;
  mailbox: Mailbox;
  caps: { order: string; day: string };
  purchaseTimeoutMs: number;
  clock: Clock;
  random: RandomBytes;
  log: OrderLog;
}

export function createPurchasing(parts: PurchasingParts): Purchasing {
  const { store, giftCards, mailbox, caps, clock, random, log } = parts;
  const stopping = new AbortController();
  const book = createOrderBook(store.records('orders', orderSchema));
  const vault = store.vault(sealedAnswerSchema);
  const fingerprint = (code: string) => store.fingerprint(code);
  const dayTotals = createDayTotals(store.records('budgets', budgetSchema), caps.day);
  const concluding = createConcluding({ book, dayTotals, fingerprint, clock, log });
  const delivering = createDelivering({ book, vault, fingerprint, mailbox, clock, log });
  const check = createChecking(giftCards, (currency) => money(caps.order, currency));
  const buy = createBuying({
    ...{ book, giftCards, check, dayTotals, concluding, clock },
    seal: createSealing({ vault, clock, log }),
    newAttemptId: () => newOrderId(clock.now(), random),
    purchaseTimeoutMs: parts.purchaseTimeoutMs,
    stopping: stopping.signal,
  });
  const flights = createFlights({ buy, deliver: delivering.deliver, mailbox, log });
  const recovering = createRecovering({
    ...{ book, vault, concluding, dayTotals, mailbox, clock, log, ...flights },
  });

  return {
    quote: createQuoting({
      ...{ book, giftCards, dayTotals, clock, random },
      shop: parts.shop,
      orderCap: caps.order,
      dayCap: caps.day,
    }),
    ...createDeciding({ book, concluding, clock, flights }),
    ...createRevealing({ book, delivering, clock }),
    collect: createCollecting({ book, vault, giftCards, flights, clock }),
    recover: () => recovering.takeUp('open'),
    lookAfter: () => recovering.takeUp('passing'),
    async stop(withinMs) {
      stopping.abort();
      await Promise.race([flights.landed(), clock.sleep(withinMs)]);
      const orders = flights.underWay();
      if (orders.length > 0)
        log.error({ orders }, 'not finished in time; the next start takes them up');
    },
  };
}
