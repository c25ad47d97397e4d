import { dayOf } from '../lib/index.ts';
import { type Records, unlessUnreadable } from '../store/index.ts';
import { type AuditEntry, auditEntryKey, newestOf } from './chain.ts';

type Chain = Pick<Records<AuditEntry>, 'get' | 'tagged'>;

/**
 * The last entry that was written down before this UTC day. The numbers have no gaps and the time of writing only grows,
 * so it is found by halving: some twenty reads in a million entries. One that cannot be read stands for the one below it.
 */
export async function lastBefore(records: Chain, day: string): Promise<AuditEntry | undefined> {
  let [low, high] = [1, (await newestOf(records))?.number ?? 0];
  let found: AuditEntry | undefined;
  // The newest first: at midnight it is the one, on a day like any other few are newer.
  for (let at = high; low <= high; at = Math.floor((low + high) / 2)) {
    const entry = await readableDownTo(records, at, low);
    if (!entry) low = at + 1;
    else if (dayOf(entry.at) < day) [found, low] = [entry, at + 1];
    else high = entry.number - 1;
  }
  return found;
}

/** The entry of this number, or the next one below it that can be read, down to `lowest`. */
async function readableDownTo(records: Chain, number: number, lowest: number): Promise<AuditEntry | undefined> {
  for (let at = number; at >= lowest; at--) {
    const entry = await unlessUnreadable(() => records.get(auditEntryKey(at)), undefined);
    if (entry) return entry;
  }
  return undefined;
}
