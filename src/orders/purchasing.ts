import type { CardPlusPay } from '../cardpluspay/client.ts';
import type { Shop } from '../catalog/shop.ts';
import type { Clock } from '../clock.ts';
import { money } from '../money.ts';
import type { Store } from '../store/open.ts';
import type { Action } from './actions.ts';
import type { Approving } from './approving.ts';
import { createApproving } from './approving.ts';
import type { Breakages } from './breakage.ts';
import { createBuying } from './buying.ts';
import { createChecking } from './checking.ts';
import { createCollecting } from './collecting.ts';
import { createConcluding } from './concluding.ts';
import { createDeciding } from './deciding.ts';
import { createDelivering } from './delivering.ts';
import { createFinding } from './finding.ts';
import { createFlights } from './flights.ts';
import { createHandingOver } from './handing-over.ts';
import type { RandomBytes } from './ids.ts';
import { newOrderId } from './ids.ts';
import type { Ledger } from './ledger.ts';
import type { LookLimits } from './looking.ts';
import type { LookingUp } from './looking-up.ts';
import { createLookingUp } from './looking-up.ts';
import { createLooks } from './looks.ts';
import { createLooseEnds } from './loose-ends.ts';
import { createOffering } from './offering.ts';
import type { Member, Order } from './order.ts';
import { orderSchema } from './order.ts';
import type { OrderPage, Page } from './order-book.ts';
import { createOrderBook } from './order-book.ts';
import type { StopAndResume } from './oversight.ts';
import { createOversight } from './oversight.ts';
import type { Mailbox, NoticeBoard, OrderLog } from './ports.ts';
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
import type { Reviewing } from './reviewing.ts';
import { createReviewing } from './reviewing.ts';
import type { Rules } from './rules.ts';
import { sealedAnswerSchema } from './sealed-answer.ts';
import { createSealing } from './sealing.ts';
import { createTelling } from './telling.ts';
import { createViewing } from './viewing.ts';

const APPROVALS_SEEN_EVERY_MS = 60_000;

/** Everything that can be done with orders. Each call checks again who asks and where the order stands now. */
export interface Purchasing extends Approving, LookingUp, Resending, Reviewing, StopAndResume {
  quote(wish: Wish): Promise<Order>;
  /** The requester says yes: approves, buys, delivers and tells. Resolves when nothing more can be done now. */
  confirm(id: string, member: Member): Promise<Order>;
  /** The requester asks for an approval, in the channel that the order names from then on. */
  ask(id: string, member: Member): Promise<Order>;
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
  /** What this person may do with the order now. */
  actionsOf(order: Order, member: Member): Promise<readonly Action[]>;
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
  board: NoticeBoard;
  rules: Rules;
  ledger: Ledger;
  breakages: Breakages;
  caps: { order: string; day: string };
  purchaseTimeoutMs: number;
  /** How long an order without an answer is looked for before it counts as not found. */
  reconcileForMs: number;
  /** How long codes are kept after their order was delivered. */
  keepCodesMs: number;
  /** No other process can have the store while this one runs. */
  ownsStore: boolean;
  clock: Clock;
  random: RandomBytes;
  log: OrderLog;
}

export function createPurchasing(parts: PurchasingParts): Purchasing {
  const { store, giftCards, mailbox, board, rules, ledger, caps, clock, random, log } = parts;
  const stopping = new AbortController();
  const book = createOrderBook(store.records('orders', orderSchema));
  const vault = store.vault(sealedAnswerSchema);
  const fingerprint = (code: string) => store.fingerprint(code);
  const oversight = createOversight({ ...parts, book });
  const { books, gate, notices } = oversight;
  const concluding = createConcluding({ book, ledger, fingerprint, notices, clock, log });
  const delivering = createDelivering({ book, vault, fingerprint, mailbox, clock, log });
  const orderCap = (currency: string) => money(caps.order, currency);
  const check = createChecking({ giftCards, books, orderCap, rules });
  const looseEnds = createLooseEnds();
  const { progress } = mailbox;
  const quote = createQuoting({
    ...{ book, giftCards, ledger, rules, gate, clock, random },
    shop: parts.shop,
    orderCap: caps.order,
    dayCap: caps.day,
  });
  const offerAgain = createOffering({ book, quote });
  const telling = createTelling({ book, mailbox, offerAgain, now: clock.now, log });
  const buy = createBuying({
    ...{ book, giftCards, check, gate, ledger, concluding, looseEnds, progress, clock },
    dayCap: caps.day,
    seal: createSealing({ vault, clock, log }),
    newAttemptId: () => newOrderId(clock.now(), random),
    purchaseTimeoutMs: parts.purchaseTimeoutMs,
    stopping: stopping.signal,
  });
  const flights = createFlights({ buy, deliver: delivering.deliver, progress, telling, log });
  const limits: LookLimits = parts;
  const handOver = createHandingOver({ book, clock, log });
  const { collect, collectLate } = createCollecting({
    ...{ book, vault, giftCards, flights, handOver, telling, clock, log },
  });
  const find = createFinding({ book, giftCards });
  const reconcile = createReconciling({
    ...{ book, vault, concluding, find, handOver, clock, log, limits },
  });
  const look = createLooks({
    ...{ book, reconcile, collectLate, flights, telling, clock, log, limits },
  });
  const recovering = createRecovering({
    ...{ book, vault, concluding, ledger, looseEnds, telling, clock, log, limits, look },
    ...flights,
    ownsStore: parts.ownsStore,
  });

  const purge = createPurging({
    ...{ book, vault, fingerprint, clock, log },
    records: store.records('purging', purgingSchema),
    keepMs: parts.keepCodesMs,
    stopping: stopping.signal,
  });
  let purged = Promise.resolve();
  const viewing = createViewing({ rules, clock });
  const lookingUp = createLookingUp({ book, viewing, rules, notices, clock });

  let approvalsSeenAt = Number.NEGATIVE_INFINITY;
  /** They wait for days: a minute more or less is not worth a walk every few seconds. */
  async function expireApprovals(): Promise<void> {
    if (clock.now() < approvalsSeenAt + APPROVALS_SEEN_EVERY_MS) return;
    approvalsSeenAt = clock.now();
    await recovering.takeUp('awaiting');
  }

  return {
    quote,
    ...createDeciding({ book, concluding, clock, flights, gate, rules, board, notices, telling }),
    ...createApproving({
      ...{ book, rules, viewing, concluding, flights, gate, notices, telling, clock },
    }),
    actionsOf: viewing.actionsOf,
    ...createRevealing({
      ...{ book, delivering, telling, clock },
      recall: createRecalling({ giftCards, fingerprint }),
    }),
    ...createReviewing({ book, giftCards, concluding, flights, telling, clock }),
    ...oversight.commands,
    collect,
    ...lookingUp,
    ...createResending({ book, lookingUp, delivering, flights, clock }),
    async recover() {
      await recovering.takeUp('open');
    },
    async lookAfter() {
      const looks = await recovering.takeUp('passing');
      await expireApprovals();
      purged = purge();
      await Promise.all([...looks, oversight.round(), purged]);
    },
    async stop(withinMs) {
      stopping.abort();
      const finished = flights.landed().then(telling.settled);
      await Promise.race([Promise.allSettled([finished, purged]), clock.sleep(withinMs)]);
      const orders = flights.underWay();
      if (orders.length > 0)
        log.error({ orders }, 'not finished in time; the next start takes them up');
    },
  };
}
