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
import { createFinding } from './finding.ts';
import { createFlights } from './flights.ts';
import { createHandingOver } from './handing-over.ts';
import type { RandomBytes } from './ids.ts';
import { newOrderId } from './ids.ts';
import type { LookLimits } from './looking.ts';
import type { LookingUp } from './looking-up.ts';
import { createLookingUp } from './looking-up.ts';
import { createLooks } from './looks.ts';
import type { Member, Order } from './order.ts';
import { orderSchema } from './order.ts';
import type { OrderPage, Page } from './order-book.ts';
import { createOrderBook } from './order-book.ts';
import type { Mailbox, OrderLog, Progress } from './ports.ts';
import { createPurging, purgingSchema } from './purging.ts';
import type { Wish } from './quoting.ts';
import { createQuoting } from './quoting.ts';
import { createRecalling } from './recalling.ts';
import { createReconciling } from './reconciling.ts';
import { createRecovering } from './recovering.ts';
import type { Resending } from './resending.ts';
import { createResending } from './resending.ts';
import type { Revealed } from './revealing.ts';
import { createRevealing } from './revealing.ts';
import { sealedAnswerSchema } from './sealed-answer.ts';
import { createSealing } from './sealing.ts';

/** Everything that can be done with orders. Each call checks again who asks and where the order stands now. */
export interface Purchasing extends LookingUp, Resending {
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
  /**
   * Ends what got too old, takes up what an error left behind, looks for lost orders and late codes, and purges codes
   * that were kept long enough, when it is time to. To be called every few seconds.
   */
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
  /** How long an order without an answer is looked for before it counts as not found. */
  reconcileForMs: number;
  /** How long codes are kept after their order was delivered. */
  keepCodesMs: number;
  /** The guild whose admins look after the whole account. */
  ownerGuild: string;
  /** No other process can have the store while this one runs. */
  ownsStore: boolean;
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
  const limits: LookLimits = parts;
  const handOver = createHandingOver({ book, clock, log });
  const { collect, collectLate } = createCollecting({
    ...{ book, vault, giftCards, flights, handOver, clock, log },
  });
  const find = createFinding({ book, giftCards });
  const reconcile = createReconciling({
    ...{ book, vault, concluding, find, handOver, clock, log, limits },
  });
  const look = createLooks({
    ...{ book, reconcile, collectLate, flights, mailbox, clock, log, limits },
  });
  const recovering = createRecovering({
    ...{ book, vault, concluding, dayTotals, mailbox, clock, log, limits, look, ...flights },
    ownsStore: parts.ownsStore,
  });

  const purge = createPurging({
    ...{ book, vault, fingerprint, clock, log },
    records: store.records('purging', purgingSchema),
    keepMs: parts.keepCodesMs,
    stopping: stopping.signal,
  });
  let purged = Promise.resolve();
  const lookingUp = createLookingUp(book, parts.ownerGuild);

  return {
    quote: createQuoting({
      ...{ book, giftCards, dayTotals, clock, random },
      shop: parts.shop,
      orderCap: caps.order,
      dayCap: caps.day,
    }),
    ...createDeciding({ book, concluding, clock, flights }),
    ...createRevealing({
      ...{ book, delivering, clock },
      recall: createRecalling({ giftCards, fingerprint }),
    }),
    collect,
    ...lookingUp,
    ...createResending({ book, lookingUp, delivering, flights, clock }),
    async recover() {
      await recovering.takeUp('open');
    },
    async lookAfter() {
      await Promise.all(await recovering.takeUp('passing'));
      purged = purge();
      await purged;
    },
    async stop(withinMs) {
      stopping.abort();
      const ended = Promise.allSettled([flights.landed(), purged]);
      await Promise.race([ended, clock.sleep(withinMs)]);
      const orders = flights.underWay();
      if (orders.length > 0)
        log.error({ orders }, 'not finished in time; the next start takes them up');
    },
  };
}
