import { bind } from '../lib/index.ts';
import { type AuditDeps, createAuditContext } from './context.ts';
import { auditLines } from './lines.ts';
import { choose, entries } from './query.ts';
import { settled, stop, tick } from './record.ts';

export type Audit = ReturnType<typeof createAudit>;

/** Who did what, when and why, in one chain of numbered entries. */
export function createAudit(deps: AuditDeps) {
  return bind(createAuditContext(deps), { choose, entries, lines: auditLines, tick, stop, settled });
}

export { type AuditEntry, auditEntryKey, auditEntrySchema, auditLists, CHAIN, type Deed, listed } from './chain.ts';
export type { AuditLine } from './lines.ts';
export { type AuditKind, auditKinds } from './query.ts';
export { noteRedaction, REDACTIONS, type Redaction, redactEntries, redactionSchema } from './redact.ts';
export { everySource, parseDeedId } from './sources.ts';
export { type AuditProblem, type Posted, type Verified, verifyChain } from './verify.ts';
