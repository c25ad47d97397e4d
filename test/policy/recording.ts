import { type AuditEntry, auditEntryKey, auditEntrySchema } from '../../src/audit/chain.ts';
import { createAudit } from '../../src/audit/index.ts';
import { everySource } from '../../src/audit/sources.ts';
import { verifyChain } from '../../src/audit/verify.ts';
import type { Member } from '../../src/lib/member.ts';
import type { Store } from '../../src/store/open.ts';
import type { Desk } from '../orders/desk.ts';

/** The audit of a desk's store, as one process of the bot has it. */
export function auditOf(desk: Desk, store: Pick<Store, 'records' | 'authentic'> = desk.store) {
  const log = (facts: object, message: string) => void desk.logged.push({ message, ...facts });
  return createAudit({
    store,
    sources: everySource(store),
    ownerGuild: 'guild',
    clock: desk.clock,
    isApprover: async ({ isManager }: Member) => isManager,
    log: { info: log, warn: log, error: log },
  });
}

/** The whole chain, by number. */
export async function chainOf({ store }: Pick<Desk, 'store'>): Promise<AuditEntry[]> {
  const records = store.records('audit', auditEntrySchema);
  const entries: AuditEntry[] = [];
  for (;;) {
    const entry = await records.get(auditEntryKey(entries.length + 1));
    if (!entry) return entries;
    entries.push(entry);
  }
}

export function verify({ store }: Pick<Desk, 'store'>, posted?: { number: number; hash: string }) {
  return verifyChain(store, everySource(store), posted);
}
