import type { Members } from '../../src/lib/member.ts';
import type { PurchasingParts } from '../../src/orders/engine.ts';
import { createPurchasing } from '../../src/orders/purchasing.ts';
import { type Approvals, createApprovals } from '../../src/policy/create-policy.ts';

/** What a process of the bot has from outside. */
export type Outside = Omit<PurchasingParts, 'ledger' | 'rules' | 'breakages'> & {
  members: Members;
};

/** A process, put together as `main.ts` does it; `change`: with approvals that are not what they should be. */
export function openProcess(outside: Outside, change = (made: Approvals): Approvals => made) {
  const approvals = change(createApprovals(outside));
  return { approvals, purchasing: createPurchasing({ ...outside, ...approvals }) };
}
