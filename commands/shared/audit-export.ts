import type { Audit } from '../../src/audit/index.ts';
import type { Asker } from '../../src/discord/index.ts';
import type { Words } from '../../src/i18n/index.ts';
import { type AuditSheet, auditSheet } from '../../src/views/index.ts';

/** Discord takes ten files in a message, of 10 MiB together: some of it is for the request around them. */
const MOST_FILES = 10;
const MOST_BYTES = 8 * 1024 * 1024;
/** So many of the longest rows there can be fit one file, whatever is written in them. */
const ROWS_A_FILE = 2_000;

interface Wanted {
  readonly filter: Parameters<Audit['entries']>[1];
  readonly before?: string | undefined;
}

/** The files of one part of an export. No more than that is in memory; `next`: where the part after it begins. */
export async function auditPart({ entries }: Pick<Audit, 'entries'>, asker: Asker, wanted: Wanted, words: Words) {
  const { filter } = wanted;
  const sheets: AuditSheet[] = [];
  let next: string | undefined = wanted.before;
  let bytes = 0;
  do {
    const page = await entries(asker, filter, { limit: ROWS_A_FILE, before: next });
    const sheet = auditSheet(page.entries, words);
    bytes += Buffer.byteLength(sheet?.text ?? '');
    // The part after this one begins with it.
    if (sheets.length > 0 && bytes > MOST_BYTES) break;
    if (sheet) sheets.push(sheet);
    next = page.next;
  } while (next !== undefined && sheets.length < MOST_FILES);
  return { sheets, ...(next !== undefined && { next }) };
}
