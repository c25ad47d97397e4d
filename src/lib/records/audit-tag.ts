/** The list that the audit walks, in every namespace. */
export const UNAUDITED = 'unaudited';

/** Where a record carries how much of what it records is in the chain of the audit; see `src/audit/sources.ts`. */
interface Audited {
  /** How many of its deeds, the first ones, are in the chain. Records from before there was one have none of it. */
  audited?: number | undefined;
}

/** The tag under which a record stands while the chain lacks something of what it records, so that no crash can lose it. */
export function auditTags({ audited = 0 }: Audited, deeds: number): string[] {
  return audited < deeds ? [UNAUDITED] : [];
}
