import { watchVendor } from '../../src/catalog/watch-vendor.ts';
import type { OrdersDeps } from '../../src/orders/context.ts';
import { createOrders } from '../../src/orders/index.ts';
import { type Approvals, createApprovals } from '../policy/approvals.ts';

type Watching = Pick<OrdersDeps, 'seen' | 'ownerGuild' | 'upcomingNeeds' | 'lowDiskBytes'>;

/** What a process of the bot has from outside. */
export type Outside = Omit<OrdersDeps, 'ledger' | 'rules' | 'breakages' | 'policies' | keyof Watching> &
  Partial<Watching>;

/** A process, put together as `main.ts` does it; `change`: with approvals that are not what they should be. */
export function openProcess(outside: Outside, change = (made: Approvals): Approvals => made) {
  const approvals = change(createApprovals(outside));
  const { giftCards, seen } = watchVendor(outside.giftCards, outside.clock);
  const watching = { seen, ownerGuild: 'guild', lowDiskBytes: 1, upcomingNeeds: async () => [] };
  return { approvals, orders: createOrders({ ...watching, ...outside, giftCards, ...approvals }) };
}
