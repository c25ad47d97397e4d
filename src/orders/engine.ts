import type { CardPlusPay } from '../cardpluspay/index.ts';
import type { Shop } from '../catalog/index.ts';
import { type Clock, type Log, money } from '../lib/index.ts';
import type { Breakages, Ledger, Rules } from '../policy/index.ts';
import type { Store } from '../store/index.ts';
import { createCaseTelling } from './cases/notify.ts';
import { createOffering, createQuoting } from './create-quote.ts';
import { createDelivering } from './delivery/deliver.ts';
import { createCollecting } from './delivery/late-codes.ts';
import { createPurging, purgingSchema } from './delivery/purge.ts';
import { caseSchema } from './model/case.ts';
import { newOrderId, type RandomBytes } from './model/ids.ts';
import { orderSchema } from './model/order.ts';
import type { Mailbox, NoticeBoard } from './model/ports.ts';
import { sealedAnswerSchema } from './model/raw-answer.ts';
import type { LookLimits } from './model/retry-schedule.ts';
import { createTelling } from './notify/requester.ts';
import { createOversight } from './oversight.ts';
import { createConcluding, createLooseEnds } from './purchase/outcome.ts';
import { createChecking } from './purchase/preflight.ts';
import { createBuying } from './purchase/purchase.ts';
import { createFlights } from './purchase/runner.ts';
import { createSealing } from './purchase/seal-answer.ts';
import { createHandingOver, createReconciling } from './reconcile/reconcile.ts';
import { createRecovering } from './reconcile/recover.ts';
import { createLooks } from './reconcile/retry.ts';
import { createFinding } from './reconcile/search.ts';
import { createOrderBook } from './repository.ts';

const APPROVALS_SEEN_EVERY_MS = 60_000;

export interface OrdersDeps {
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
  log: Log;
}

/** What moves orders on, whoever asked for it: buys, delivers, tells, looks after them, and takes them up after a start. */
export function createEngine(parts: OrdersDeps) {
  const { store, giftCards, mailbox, rules, ledger, caps, clock, random, log } = parts;
  const stopping = new AbortController();
  const book = createOrderBook(store.records('orders', orderSchema));
  const vault = store.vault(sealedAnswerSchema);
  const fingerprint = (code: string) => store.fingerprint(code);
  const cases = store.records('cases', caseSchema);
  const caseTelling = createCaseTelling({ records: cases, book, mailbox, clock, log });
  const oversight = createOversight({ ...parts, book, cases });
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
    caps,
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

  let approvalsSeenAt = Number.NEGATIVE_INFINITY;
  /** They wait for days: a minute more or less is not worth a walk every few seconds. */
  async function expireApprovals(): Promise<void> {
    if (clock.now() < approvalsSeenAt + APPROVALS_SEEN_EVERY_MS) return;
    approvalsSeenAt = clock.now();
    await recovering.takeUp('awaiting');
  }

  return {
    ...{ book, oversight, concluding, delivering, fingerprint, quote, telling, flights, collect },
    ...{ cases, caseTelling },
    async recover() {
      await recovering.takeUp('open');
    },
    async lookAfter() {
      const looks = await recovering.takeUp('passing');
      await expireApprovals();
      purged = purge();
      await Promise.all([...looks, oversight.round(), caseTelling.round(), purged]);
    },
    async stop(withinMs: number) {
      stopping.abort();
      const finished = flights.landed().then(telling.settled);
      await Promise.race([Promise.allSettled([finished, purged]), clock.sleep(withinMs)]);
      const orders = flights.underWay();
      if (orders.length > 0)
        log.error({ orders }, 'not finished in time; the next start takes them up');
    },
  };
}
