import { createApprovals } from '../../src/approvals/approvals.ts';
import type { PurchasingParts } from '../../src/orders/engine.ts';
import type { Members } from '../../src/orders/ports.ts';
import { createPurchasing } from '../../src/orders/purchasing.ts';

/** What a process of the bot has from outside. */
export type Outside = Omit<PurchasingParts, 'ledger' | 'rules' | 'breakages'> & {
  members: Members;
};

/** A process, put together as `main.ts` does it. */
export function openProcess(outside: Outside) {
  const approvals = createApprovals(outside);
  return { approvals, purchasing: createPurchasing({ ...outside, ...approvals }) };
}
