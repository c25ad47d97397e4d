import { type Records, StoreError } from '../store/index.ts';
import { type AuditEntry, auditEntryKey, auditLists, type Deed, HASH_OF_NOTHING, hashOf, isSameDeed } from './chain.ts';
import { type AuditSource, parseDeedId } from './sources.ts';

/** How many entries are read at once: all that is in memory of a chain of any length. */
const READ_BY = 100;
const MOST_WAITING = 1_000;
/** Problems that are told one by one. */
const MOST_TOLD = 20;

/** What is wrong with the chain. `number` is that of an entry, by its place in the store. */
export type AuditProblem =
  | { code: 'missing'; from: number; to: number }
  | { code: 'unreadable' | 'changed' | 'unlinked' | 'posted_differs'; number: number }
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
 * Walks the chain from the first entry to the newest and works out every hash anew. A chain that was forged as a whole
 * shows by a hash that was posted before, and by the records that were taken in. Changes nothing. Rejects with StoreError.
 */
export async function verifyChain(
  records: Records<AuditEntry>,
  sources: readonly AuditSource[],
  posted?: Posted,
): Promise<Verified> {
  const compare = createComparison(records, sources);
  const problems: AuditProblem[] = [];
  let found = 0;
  const tell = (...told: readonly AuditProblem[]) => {
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
    hash = hashOf(entry);
    tell(...inItself(entry, number, hash, previous));
    if (posted?.number === number && posted.hash !== hash) tell({ code: 'posted_differs', number });
    tell(...(await compare(entry)));
    previous = entry.hash;
  }
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
  const listed = await newestListed(records);
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

const newestListed = (records: Records<AuditEntry>) =>
  unlessUnreadable(async () => (await records.tagged(auditLists.all, { limit: 1 })).records[0]?.number ?? 0, 0);

async function unlessUnreadable<T, E>(work: () => Promise<T>, otherwise: E): Promise<T | E> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError && error.code === 'broken') return otherwise;
    throw error;
  }
}

async function waitingIn(sources: readonly AuditSource[]): Promise<number> {
  const found = await Promise.all(sources.map((source) => source.unaudited(MOST_WAITING)));
  return found.flat().reduce((sum, { deeds }) => sum + deeds.length, 0);
}

/** Where the chain and a record do not say the same. `says`: the entry's deed. `record`: what the record says of it now. */
type RecordProblem =
  | { code: 'differs'; number: number; says: Deed; record: Deed }
  | { code: 'record_gone' | 'twice'; number: number; says: Deed }
  | { code: 'left_out'; deed: Deed };

/** Records that are remembered to be whole; the entries of one lie close together. */
const MOST_SEEN = 1_000;

/** Compares entries with the records that they came from, and those with the chain. */
function createComparison(
  records: Pick<Records<AuditEntry>, 'holder'>,
  sources: readonly AuditSource[],
): (entry: AuditEntry) => Promise<RecordProblem[]> {
  const byName = new Map(sources.map((source) => [source.name, source]));
  const seen = new Map<string, readonly Deed[]>();
  const holderOf = ({ id }: Deed) => records.holder(`audit/${id}`);

  /** What its record says is in the chain, and is not. */
  async function leftOut(deeds: readonly Deed[]): Promise<RecordProblem[]> {
    const holders = await Promise.all(deeds.map(holderOf));
    return deeds.filter((_, index) => holders[index] === undefined).map((deed) => ({ code: 'left_out', deed }));
  }

  return async ({ number, deed: says }) => {
    const { source: name, key, index } = parseDeedId(says.id);
    const source = byName.get(name);
    if (!source) return [];
    const problems: RecordProblem[] = [];
    const at = `${name}/${key}`;
    let deeds = seen.get(at);
    if (!deeds) {
      const recalled = await source.recall(key);
      deeds = recalled?.deeds ?? [];
      problems.push(...(await leftOut(deeds.slice(0, recalled?.audited ?? 0))));
      if (seen.size >= MOST_SEEN) seen.clear();
      seen.set(at, deeds);
    }
    const record = deeds[index];
    if (!record) return [...problems, { code: 'record_gone', number, says }];
    if (!isSameDeed(record, says)) problems.push({ code: 'differs', number, says, record });
    const isOther = (await holderOf(says)) !== auditEntryKey(number);
    if (isOther) problems.push({ code: 'twice', number, says });
    return problems;
  };
}
