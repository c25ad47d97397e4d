import type { Pseudonym } from '../lib/index.ts';
import { type Records, type Store, unlessUnreadable } from '../store/index.ts';
import { type AuditEntry, auditEntryKey, CHAIN, type Deed, deedHold, isSameDeed } from './chain.ts';
import { pseudonymsIn, redactedAs } from './redact.ts';
import { type AuditSource, parseDeedId } from './sources.ts';

/** What is wrong with a record. `at`: its namespace and key. */
export type RecordProblem =
  /** `says`: the entry's deed. `record`: what the record says of it now. */
  | { code: 'differs'; number: number; says: Deed; record: Deed }
  | { code: 'record_gone' | 'put_back' | 'twice'; number: number; says: Deed }
  | { code: 'left_out'; deed: Deed }
  | { code: 'record_unreadable' | 'unexplained' | 'misplaced'; at: string };

/** Records that are remembered to be whole; the entries of one lie close together. */
const MOST_SEEN = 1_000;

/** Compares entries with the records that they came from. */
export function createComparison(
  records: Pick<Records<AuditEntry>, 'holder'>,
  sources: readonly AuditSource[],
  pseudonym: Pseudonym,
): (entry: AuditEntry) => Promise<RecordProblem[]> {
  const byName = new Map(sources.map((source) => [source.name, source]));
  const seen = new Map<string, readonly Deed[] | 'gone' | 'unreadable'>();

  async function deedsOf(source: AuditSource, key: string) {
    const at = `${source.name}/${key}`;
    const known = seen.get(at);
    if (known) return known;
    const recalled = async () => (await source.recall(key))?.deeds ?? ('gone' as const);
    const deeds = await unlessUnreadable(recalled, 'unreadable' as const);
    if (seen.size >= MOST_SEEN) seen.clear();
    seen.set(at, deeds);
    return deeds;
  }

  return async ({ number, deed: says, redacted }) => {
    const { source: name, key, index } = parseDeedId(says.id);
    const source = byName.get(name);
    if (!source) return [];
    const deeds = await deedsOf(source, key);
    // Whoever hides it from the walk through all records hides it from nobody who looks for it here.
    if (deeds === 'unreadable') return [{ code: 'record_unreadable', at: `${source.namespace ?? name}/${key}` }];
    if (deeds === 'gone') return [{ code: 'record_gone', number, says }];
    const now = deeds[index];
    if (!now) return [{ code: 'put_back', number, says }];
    // While somebody is being erased one of the two may still say who they were.
    const erased = [...(redacted ?? []), ...pseudonymsIn(now)];
    const [record, said] = [now, says].map((deed) => redactedAs(deed, erased, pseudonym)) as [Deed, Deed];
    const problems: RecordProblem[] = [];
    if (!isSameDeed(record, said)) problems.push({ code: 'differs', number, says, record });
    const isOther = (await records.holder(holdOf(says))) !== auditEntryKey(number);
    if (isOther) problems.push({ code: 'twice', number, says });
    return problems;
  };
}

/** Compares every record with what it was written as, with what it says of itself, and with the chain up to its newest entry. */
export async function* wrongWithRecords(
  chain: Pick<Records<AuditEntry>, 'holder'>,
  store: Pick<Store, 'everyRecord'>,
  sources: readonly AuditSource[],
  newest: number,
): AsyncGenerator<RecordProblem, void> {
  const byNamespace = new Map(sources.map((source) => [source.namespace, source]));
  for await (const { namespace, key, is } of store.everyRecord()) {
    const at = `${namespace}/${key}`;
    if (is === 'misplaced') yield { code: 'misplaced', at };
    // An entry of the chain that cannot be read is told by its number.
    else if (is !== 'authentic' && !(namespace === CHAIN && Number(key) <= newest))
      yield { code: 'record_unreadable', at };
    const source = byNamespace.get(namespace);
    if (!source || (is !== 'misplaced' && is !== 'authentic')) continue;
    const recalled = await unlessUnreadable(() => source.recall(key), 'unreadable' as const);
    if (recalled === 'unreadable') yield { code: 'record_unreadable', at };
    if (!recalled || recalled === 'unreadable') continue;
    if (!recalled.isExplained) yield { code: 'unexplained', at };
    for (const deed of recalled.deeds.slice(0, recalled.audited)) {
      if ((await chain.holder(holdOf(deed))) === undefined) yield { code: 'left_out', deed };
    }
  }
}

const holdOf = ({ id }: Deed): string => deedHold(id);
