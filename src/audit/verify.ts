import { createPseudonyms } from '../lib/index.ts';
import { type Records, type Store, unlessUnreadable } from '../store/index.ts';
import { type AuditEntry, auditEntryKey, auditEntrySchema, CHAIN, HASH_OF_NOTHING, hashOf, newestOf } from './chain.ts';
import { createRedactionCheck, REDACTIONS, redactionSchema } from './redact.ts';
import type { AuditSource } from './sources.ts';
import { createComparison, type RecordProblem, wrongWithRecords } from './verify-records.ts';

/** How many entries are read at once: all that is in memory of a chain of any length. */
const READ_BY = 100;
const MOST_WAITING = 1_000;
/** Problems that are told one by one. */
const MOST_TOLD = 20;

/** What is wrong with the chain. `number` is that of an entry, by its place in the store. */
export type AuditProblem =
  | { code: 'missing'; from: number; to: number }
  | { code: 'unreadable' | 'changed' | 'unlinked' | 'posted_differs' | 'redacted'; number: number }
  | { code: 'misnumbered'; number: number; says: number }
  | { code: 'posted_missing'; number: number; newest: number }
  | RecordProblem;

/** A number and the hash of that entry, as they were posted. */
export interface Posted {
  readonly number: number;
  readonly hash: string;
}

export interface Verified {
  /** The number of the newest entry; 0 where there is none. */
  readonly newest: number;
  /** Its hash, worked out anew. */
  readonly hash: string;
  /** The first problems, and how many there are in all. */
  readonly problems: readonly AuditProblem[];
  readonly found: number;
  /** Steps that are on record and not taken in yet, as far as they were counted. */
  readonly waiting: number;
}

/**
 * Walks the chain from the first entry to the newest and works out every hash anew, then every record. A chain that was
 * forged as a whole shows by a hash that was posted before, and by the records that were taken in; a record that was put
 * back to what it was before, by entries that say more than it does. Changes nothing. Rejects with StoreError.
 */
export async function verifyChain(
  store: Pick<Store, 'records' | 'everyRecord' | 'fingerprint'>,
  sources: readonly AuditSource[],
  posted?: Posted,
): Promise<Verified> {
  const records = store.records(CHAIN, auditEntrySchema);
  const compare = createComparison(records, sources, createPseudonyms(store.fingerprint));
  const isExplained = createRedactionCheck(store.records(REDACTIONS, redactionSchema));
  const problems: AuditProblem[] = [];
  let found = 0;
  /** That a record cannot be read is told once, however it was come by. */
  const unreadable = new Set<string>();
  const tell = (...all: readonly AuditProblem[]) => {
    const told = all.filter((each) => each.code !== 'record_unreadable' || !unreadable.has(each.at));
    for (const each of told) if (each.code === 'record_unreadable') unreadable.add(each.at);
    found += told.length;
    problems.push(...told.slice(0, MOST_TOLD - problems.length));
  };
  let [newest, hash] = [0, HASH_OF_NOTHING];
  /** The hash that the last entry was stored with; undefined where there was none to read. */
  let previous: string | undefined = HASH_OF_NOTHING;
  for await (const { number, entry } of stored(records)) {
    if (number > newest + 1) {
      tell({ code: 'missing', from: newest + 1, to: number - 1 });
      previous = undefined;
    }
    newest = number;
    if (entry === 'unreadable') {
      tell({ code: 'unreadable', number });
      previous = undefined;
      continue;
    }
    // What it said before, nobody can work out any more: the next one says what its hash was.
    hash = entry.redacted ? entry.hash : hashOf(entry);
    tell(...inItself(entry, number, hash, previous));
    if (!(await isExplained(entry))) tell({ code: 'redacted', number });
    if (posted?.number === number && posted.hash !== hash) tell({ code: 'posted_differs', number });
    tell(...(await compare(entry)));
    previous = entry.hash;
  }
  for await (const problem of wrongWithRecords(records, store, sources, newest)) tell(problem);
  if (posted && posted.number > newest) tell({ code: 'posted_missing', number: posted.number, newest });
  return { newest, hash, problems, found, waiting: await waitingIn(sources) };
}

function inItself(entry: AuditEntry, number: number, hash: string, previous?: string) {
  const problems: AuditProblem[] = [];
  if (entry.number !== number) problems.push({ code: 'misnumbered', number, says: entry.number });
  if (entry.hash !== hash) problems.push({ code: 'changed', number });
  if (previous !== undefined && entry.previous !== previous) problems.push({ code: 'unlinked', number });
  return problems;
}

/** All entries by their place, up to the newest that is listed, and to any that stand beyond it. */
async function* stored(records: Records<AuditEntry>) {
  const listed = (await newestOf(records))?.number ?? 0;
  for (let from = 1; ; from += READ_BY) {
    const numbers = Array.from({ length: READ_BY }, (_, index) => from + index);
    const entries = await Promise.all(numbers.map((number) => read(records, number)));
    for (const [index, entry] of entries.entries()) {
      if (entry !== 'missing') yield { number: from + index, entry };
    }
    const isOver = entries.every((entry) => entry === 'missing') && from > listed;
    if (isOver) return;
  }
}

const read = (records: Records<AuditEntry>, number: number) =>
  unlessUnreadable(
    async () => (await records.get(auditEntryKey(number))) ?? ('missing' as const),
    'unreadable' as const,
  );

async function waitingIn(sources: readonly AuditSource[]): Promise<number> {
  const found = await Promise.all(sources.map((source) => source.unaudited(MOST_WAITING)));
  return found.flat().reduce((sum, { deeds }) => sum + deeds.length, 0);
}
