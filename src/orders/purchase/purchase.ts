import { type CardPlusPay, CardPlusPayError, type RawAnswer } from '../../cardpluspay/index.ts';
import { type Clock, dayOf } from '../../lib/index.ts';
import { dayKey, type Ledger } from '../../policy/index.ts';
import { laneOf, type Order } from '../model/order.ts';
import type { Progress } from '../model/ports.ts';
import { transition } from '../model/state-machine.ts';
import { laneHold, type OrderBook } from '../repository.ts';
import type { Gate } from './circuit-breaker.ts';
import type { Concluding, LooseEnds, Outcome } from './outcome.ts';
import type { Checked } from './preflight.ts';

/** How long an approval may be carried out. */
export const APPROVAL_LASTS_MS = 15 * 60_000;
/** Tries of the POST start within this of the `buying` write. */
const TRIES_START_WITHIN_MS = 10_000;
/** The `buying` write comes within this of the checks' beginning, which may be slow but not stale. */
const CHECKS_LAST_MS = 30_000;
const LANE_POLL_MS = 500;

interface Parts {
  book: OrderBook;
  giftCards: CardPlusPay;
  check(order: Order, isWanted: () => Promise<boolean>): Promise<Checked>;
  /** Asked right before the `buying` write. */
  gate: Gate;
  ledger: Ledger;
  /** `MAX_DAY_TOTAL`. */
  dayCap: string;
  concluding: Concluding;
  looseEnds: LooseEnds;
  progress: Progress;
  /** Puts an answer into the vault before anybody reads it. */
  seal(id: string, answer: RawAnswer): Promise<void>;
  clock: Clock;
  newAttemptId(): string;
  purchaseTimeoutMs: number;
  /** Ends all waiting for a lane, when the process is about to end. */
  stopping: AbortSignal;
}

/**
 * Buys an approved order: checks, the `buying` write that one process wins, and the one POST. Gives the order
 * as it stands when nothing more can be done now: bought, ended, unconfirmed, or taken up by somebody else.
 */
export function createBuying(parts: Parts): (id: string) => Promise<Order> {
  const { book, clock, concluding, ledger, looseEnds, progress } = parts;

  /** The right to send: nobody else can have it for this order, or for one that could be mistaken for it. */
  function start(id: string, attemptId: string, watermark: number, checkedAt: number) {
    return book.revise(id, (order) => {
      const now = clock.now();
      const isStale = isTooLate(order, now) || now - checkedAt > CHECKS_LAST_MS;
      if (order.status !== 'approved' || isStale || parts.stopping.aborted) return order;
      const attempt = { id: attemptId, startedAt: now, watermark, lane: laneOf(order) };
      return transition(order, 'buying', { at: now, by: 'cardigan' }, { attempt });
    });
  }

  async function laneIsFree(order: Order): Promise<void> {
    while (!parts.stopping.aborted && !isTooLate(order, clock.now())) {
      if ((await book.holder(laneHold(order))) === undefined) return;
      if ((await book.get(order.id))?.status !== 'approved') return; // cancelled meanwhile
      await clock.sleep(LANE_POLL_MS);
    }
  }

  async function post(order: Order, startedAt: number): Promise<Outcome> {
    const { itemCode, quantity } = order.quote;
    try {
      const placed = await parts.giftCards.createOrder(
        { itemCode, quantity },
        {
          tryUntil: startedAt + TRIES_START_WITHIN_MS,
          deadline: startedAt + parts.purchaseTimeoutMs,
          seal: (answer) => parts.seal(order.id, answer),
        },
      );
      return { placed };
    } catch (error) {
      return { error };
    }
  }

  /** One try to get from `approved` to `buying` and on: the order where it ended, or why to look again. */
  async function attempt(order: Order): Promise<Order | 'lane_taken' | 'stale'> {
    const checkedAt = clock.now();
    const isWanted = async () => (await book.get(order.id))?.status === 'approved';
    const checked = await parts.check(order, isWanted);
    if (!checked.ok) return concluding.end(order, checked.to, checked.why, checked.detail);
    const day = { key: dayKey(dayOf(order.approvedAt ?? checkedAt)), cap: parts.dayCap };
    const { amount } = order.quote.charged;
    if (!(await ledger.reserve(day, order.id, amount, isWanted, order.campaign?.id))) {
      return concluding.end(order, 'failed', 'over_day_cap');
    }
    const stop = await parts.gate();
    if (stop) return concluding.end(order, 'failed', 'stopped', stop.why);
    const attemptId = parts.newAttemptId();
    // The write may have arrived although it was not answered: then the right to send was had, and not used.
    const unused = { error: new CardPlusPayError('too_late', 'not_sent', 'the store failed') };
    const starting = start(order.id, attemptId, checked.watermark, checkedAt);
    const started = await looseEnds.keeping(attemptId, unused, starting);
    if (!started.ok) return 'lane_taken';
    if (started.order.attempt?.id !== attemptId) return 'stale';
    progress(order, 'buying');
    const outcome = await post(started.order, started.order.attempt.startedAt);
    return looseEnds.keeping(attemptId, outcome, concluding.conclude(order.id, outcome));
  }

  return async (id) => {
    for (;;) {
      const order = await book.get(id);
      if (!order) throw new Error(`no order has the id ${id}`);
      if (order.status !== 'approved') {
        // Somebody may have ended it just before its amount was reserved.
        await concluding.settle(order);
        return order;
      }
      if (parts.stopping.aborted) return order;
      if (isTooLate(order, clock.now())) return concluding.end(order, 'expired', 'too_late');
      progress(order, 'checking');
      const result = await attempt(order);
      if (typeof result === 'object') return result;
      if (result === 'lane_taken') {
        progress(order, 'waiting');
        await laneIsFree(order);
      }
    }
  };
}

function isTooLate(order: Order, now: number): boolean {
  return now >= (order.approvedAt ?? 0) + APPROVAL_LASTS_MS;
}
