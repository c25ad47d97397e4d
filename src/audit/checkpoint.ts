import { dayOf } from '../lib/index.ts';
import { enqueueNotice } from '../orders/index.ts';
import { type AuditEntry, auditLists, listed } from './chain.ts';
import type { AuditContext } from './context.ts';

const READ_BY = 50;

/**
 * Has the newest hash posted once a UTC day is over: that of the last entry before midnight, under the day of that entry.
 * So a day is told once whoever comes to it and however late, and one on which nothing was done is not told at all.
 */
export async function postDaily(ctx: AuditContext): Promise<void> {
  const today = dayOf(ctx.clock.now());
  if (ctx.memory.postedOn === today) return;
  const last = await lastBefore(ctx, today);
  if (last) {
    const { number, hash } = last;
    const day = dayOf(last.at);
    await enqueueNotice(ctx, `audit/${day}`, { kind: 'audit_hash', day, number, hash });
  }
  ctx.memory.postedOn = today;
}

async function lastBefore(ctx: AuditContext, today: string): Promise<AuditEntry | undefined> {
  let before: string | undefined;
  do {
    const page = await listed(ctx, auditLists.all, { limit: READ_BY, before });
    const found = page.entries.find(({ at }) => dayOf(at) < today);
    if (found) return found;
    before = page.next;
  } while (before !== undefined);
  return undefined;
}
