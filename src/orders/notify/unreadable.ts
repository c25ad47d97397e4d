import { Problem } from '../../lib/index.ts';
import { isUnreadable } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import { enqueueNotice } from './notice-outbox.ts';

/** What to say to whoever a record stopped that cannot be read. */
export function recordProblem(error: unknown): Problem | undefined {
  return isUnreadable(error) ? new Problem('record_unreadable', { namespace: error.record.namespace }) : undefined;
}

/**
 * Has admins told of each record that this process has met and could not read, once for each damage to it, whatever
 * namespace it is of. One whose own notice cannot be read is in the log alone.
 */
export async function tellOfUnreadable(ctx: OrdersContext): Promise<void> {
  const { toldUnreadable } = ctx.memory;
  for (const { namespace, key, fault, mark } of ctx.unreadable()) {
    const notice = `unreadable/${namespace}/${key}/${mark}`;
    if (toldUnreadable.has(notice)) continue;
    const about = { kind: 'unreadable' as const, namespace, key, fault };
    await enqueueNotice(ctx, notice, about);
    ctx.log.error({ namespace, key, fault }, 'a record cannot be read: what depends on it is refused');
    toldUnreadable.add(notice);
  }
}
