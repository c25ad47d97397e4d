import type { Outcome } from './concluding.ts';
import type { Order } from './order.ts';

/**
 * Attempts of this process that are over, whose end the store did not take. It alone knows of them for certain that
 * nothing more of it will be sent, and how it went; any other process has to wait until nothing can be on its way.
 */
export interface LooseEnds {
  /** Does `work`, which writes down how an attempt ended; when it throws, that is kept for the next try. */
  keeping<T>(attemptId: string, outcome: Outcome, work: Promise<T>): Promise<T>;
  /** How the order's attempt went. `sealed`: the vault has its answer. Undefined: this process knows nothing of it. */
  outcomeOf(order: Order): Outcome | 'sealed' | undefined;
}

export function createLooseEnds(): LooseEnds {
  const kept = new Map<string, Outcome | 'sealed'>();
  return {
    async keeping(attemptId, outcome, work) {
      try {
        return await work;
      } catch (error) {
        // An answer was sealed before it was read: its codes do not belong here.
        kept.set(attemptId, 'placed' in outcome ? 'sealed' : outcome);
        throw error;
      }
    },
    outcomeOf: ({ attempt }) => (attempt ? kept.get(attempt.id) : undefined),
  };
}
