import type { RawAnswer } from '../../cardpluspay/index.ts';
import { StoreError } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import type { Order } from '../model/order.ts';
import { sealable } from '../model/raw-answer.ts';
import { attemptOverAt } from '../model/retry-schedule.ts';

const TRY_EVERY_MS = 1000;
/**
 * So often an answer that the store does not take is tried again, for somebody to mend the store: ten minutes at least.
 * Counted, not timed: a process that was frozen, and finds its connection broken, has tried once.
 */
const MOST_TRIES = 600;

/**
 * Seals an answer in the vault. It exists once, in this process, and its PINs nowhere else: a store that fails must not
 * cost them as long as somebody can still free the disk. Throws the store's error when that took too long.
 */
export async function sealAnswer(ctx: OrdersContext, order: Order, answer: RawAnswer): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await seal(ctx, order, answer);
    } catch (err) {
      if (tries >= MOST_TRIES) throw err;
      if (tries === 1) {
        ctx.log.error(
          { order: order.id, err },
          'codes cannot be stored: mend the store within 10 minutes and leave Cardigan running',
        );
      }
      await ctx.clock.sleep(TRY_EVERY_MS);
    }
  }
}

async function seal({ vault, clock, limits }: OrdersContext, order: Order, answer: RawAnswer): Promise<void> {
  const { id } = order;
  // Asked again with each try: another process that was faster may have sealed what it matched this order with.
  const isLate = () => clock.now() >= attemptOverAt(order, limits);
  try {
    await vault.seal(id, (known) => sealable(answer, known, isLate()));
  } catch (error) {
    // A database that failed may hold what another process has sealed: only what nobody can read is replaced.
    if (!(error instanceof StoreError && error.isUnreadable)) throw error;
    await vault.seal(id, sealable(answer, undefined, isLate()));
  }
}
