import { type Clock, dayOf } from '../lib/index.ts';
import { enqueueNotice, type Notice } from '../orders/index.ts';
import type { Records } from '../store/index.ts';
import { type AuditChain, auditLists, type Entry } from './chain.ts';

const READ_BY = 50;

interface Parts {
  chain: AuditChain;
  noticeRecords: Records<Notice>;
  clock: Pick<Clock, 'now'>;
}

/**
 * Has the newest hash posted once a UTC day is over: that of the last entry before midnight, under the day of that entry.
 * So a day is told once whoever comes to it and however late, and one on which nothing was done is not told at all.
 */
export function createAuditPosting({ chain, noticeRecords, clock }: Parts): () => Promise<void> {
  let seenOn: string | undefined;

  async function lastBefore(today: string): Promise<Entry | undefined> {
    let before: string | undefined;
    do {
      const page = await chain.listed(auditLists.all, { limit: READ_BY, before });
      const found = page.entries.find(({ at }) => dayOf(at) < today);
      if (found) return found;
      before = page.next;
    } while (before !== undefined);
    return undefined;
  }

  return async () => {
    const today = dayOf(clock.now());
    if (seenOn === today) return;
    const last = await lastBefore(today);
    if (last) {
      const { number, hash } = last;
      const day = dayOf(last.at);
      const about = { kind: 'audit_hash' as const, day, number, hash };
      await enqueueNotice({ noticeRecords, clock }, `audit/${day}`, about);
    }
    seenOn = today;
  };
}
