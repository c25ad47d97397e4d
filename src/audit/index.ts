export { type Audit, createAudit } from './audit.ts';
export { type Deed, type Entry, entrySchema } from './chain.ts';
export { everySource } from './sources.ts';
export { type AuditProblem, createVerifying, type Posted, type Verified } from './verify.ts';
