import type { MeasuredPurchase, Metrics } from '../../monitoring/index.ts';
import type { WriteResult } from '../../store/index.ts';
import type { Order, Status } from '../model/order.ts';
import { enteredAt } from '../model/retry-schedule.ts';

export type StepMetrics = Pick<Metrics, 'orderMoved' | 'purchased'>;

/** What an attempt to buy has come to, by the step that says so. */
const outcomes: Partial<Record<`${Status} ${Status}`, MeasuredPurchase>> = {
  'buying bought': 'bought',
  'buying failed': 'failed',
  'buying unconfirmed': 'unconfirmed',
  'unconfirmed bought': 'found',
  'unconfirmed not_found': 'not_found',
  'unconfirmed needs_review': 'review',
  'approved bought': 'on_hand',
};

/** An order is being written as `after`; tells of the step that it has taken once it is. */
export async function measured(
  metrics: StepMetrics | undefined,
  writing: Promise<WriteResult>,
  after: Pick<Order, 'status' | 'history'>,
  before?: Order,
): Promise<WriteResult> {
  const written = await writing;
  if (metrics && written.ok) measureStep(metrics, after, before);
  return written;
}

/** Of what leaves the status alone there is nothing to tell. */
function measureStep(metrics: StepMetrics, after: Pick<Order, 'status' | 'history'>, before?: Order): void {
  if (!before) metrics.orderMoved(after.status);
  if (!before || before.status === after.status) return;
  const leftAt = after.history.at(-1)?.at ?? 0;
  // A clock that was set back in between.
  const afterMs = Math.max(0, leftAt - enteredAt(before));
  metrics.orderMoved(after.status, { status: before.status, afterMs });
  const outcome = outcomes[`${before.status} ${after.status}`];
  if (outcome) metrics.purchased(outcome);
}
