import type { OrdersDeps } from '../../src/orders/context.ts';
import { createOrders } from '../../src/orders/index.ts';
import { type Approvals, createApprovals } from '../policy/approvals.ts';

/** What a process of the bot has from outside. */
export type Outside = Omit<OrdersDeps, 'ledger' | 'rules' | 'breakages' | 'policies'>;

/** A process, put together as `main.ts` does it; `change`: with approvals that are not what they should be. */
export function openProcess(outside: Outside, change = (made: Approvals): Approvals => made) {
  const approvals = change(createApprovals(outside));
  return { approvals, orders: createOrders({ ...outside, ...approvals }) };
}
