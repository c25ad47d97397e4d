import type { Member } from '../orders/order.ts';
import { Problem } from '../problem.ts';

/** Throws `managers_only` for whoever has no Manage Server in their guild now. */
export function requireManager({ isManager }: Member): void {
  if (!isManager) throw new Problem('managers_only', {});
}
