import type { Records } from '../store/records.ts';
import type { Deed, Entry } from './audit-entry.ts';
import { entryKey, isSameDeed } from './audit-entry.ts';
import type { AuditSource } from './audit-source.ts';
import { parseDeedId } from './audit-source.ts';

/** Where the chain and a record do not say the same. `says`: the entry's deed. `record`: what the record says of it now. */
export type RecordProblem =
  | { code: 'differs'; number: number; says: Deed; record: Deed }
  | { code: 'record_gone' | 'twice'; number: number; says: Deed }
  | { code: 'left_out'; deed: Deed };

/** Records that are remembered to be whole; the entries of one lie close together. */
const MOST_SEEN = 1_000;

/** Compares entries with the records that they came from, and those with the chain. */
export function createComparingRecords(
  records: Pick<Records<Entry>, 'holder'>,
  sources: readonly AuditSource[],
): (entry: Entry) => Promise<RecordProblem[]> {
  const byName = new Map(sources.map((source) => [source.name, source]));
  const seen = new Map<string, readonly Deed[]>();
  const holderOf = ({ id }: Deed) => records.holder(`audit/${id}`);

  /** What its record says is in the chain, and is not. */
  async function leftOut(deeds: readonly Deed[]): Promise<RecordProblem[]> {
    const holders = await Promise.all(deeds.map(holderOf));
    return deeds
      .filter((_, index) => holders[index] === undefined)
      .map((deed) => ({ code: 'left_out', deed }));
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
    const isOther = (await holderOf(says)) !== entryKey(number);
    if (isOther) problems.push({ code: 'twice', number, says });
    return problems;
  };
}
