import { type Page, type Records, walk } from '../store/index.ts';
import { type Entry, entryGuard, entryKey } from './model/entry.ts';

export type NewEntry = Omit<Entry, 'version'>;
export type Put = { ok: true; entry: Entry } | { ok: false; taken: 'slot' | 'entry' };

/** The places that people have in campaigns: one for each person in each. */
export interface EntryRepository {
  get(campaign: string, user: string): Promise<Entry | undefined>;
  /** Writes a new one. `taken`: this person has one already, or somebody else has the place. */
  put(entry: NewEntry): Promise<Put>;
  /**
   * Writes what `decide` makes of it as it is now; the same object back means: nothing to write. Undefined when there is
   * none. A place that somebody else has throws.
   */
  revise(
    campaign: string,
    user: string,
    decide: (entry: Entry) => Entry,
  ): Promise<Entry | undefined>;
  /** A list of `entry.ts`, newest first. */
  page(list: string, page: Page): Promise<{ entries: Entry[]; next?: string }>;
  walk(list: string): AsyncGenerator<Entry, void>;
  count(list: string): Promise<number>;
  /** Whoever has this name, as `slotHold` makes them. */
  holder(hold: string): Promise<string | undefined>;
}

export function createEntryRepository(records: Records<Entry>): EntryRepository {
  async function revise(campaign: string, user: string, decide: (entry: Entry) => Entry) {
    const key = entryKey(campaign, user);
    const entry = await records.get(key);
    if (!entry) return undefined;
    const decided = decide(entry);
    if (decided === entry) return entry;
    const { version: seen, ...next } = decided;
    const written = await records.write(key, next, { seen, ...entryGuard(next) });
    if (written.ok) return { ...next, version: written.version };
    if (written.reason === 'held') throw new Error(`entry ${key} cannot have ${written.hold}`);
    return revise(campaign, user, decide);
  }

  return {
    get: (campaign, user) => records.get(entryKey(campaign, user)),
    async put(entry) {
      const key = entryKey(entry.campaign, entry.user);
      const written = await records.write(key, entry, { seen: 0, ...entryGuard(entry) });
      if (written.ok) return { ok: true, entry: { ...entry, version: written.version } };
      return { ok: false, taken: written.reason === 'held' ? 'slot' : 'entry' };
    },
    revise,
    async page(list, page) {
      const { records: entries, ...rest } = await records.tagged(list, page);
      return { entries, ...rest };
    },
    walk: (list) => walk(records, list),
    count: (list) => records.count(list),
    holder: (hold) => records.holder(hold),
  };
}
