import { type Page, type Records, walk } from '../../store/index.ts';
import { type Entry, type EntryState, entriesIn, entryGuard, entryKey } from '../model/entry.ts';

export type NewEntry = Omit<Entry, 'version'>;
export type Put = { ok: true; entry: Entry } | { ok: false; taken: 'slot' | 'entry' };

/** The places that people have in campaigns: one for each person in each. */
export function createEntryRepository(records: Records<Entry>) {
  /**
   * Writes what `decide` makes of it as it is now; the same object back means: nothing to write. Undefined when there is
   * none. A place that somebody else has throws.
   */
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
    get: (campaign: string, user: string) => records.get(entryKey(campaign, user)),
    /** Writes a new one. `taken`: this person has one already, or somebody else has the place. */
    async put(entry: NewEntry): Promise<Put> {
      const key = entryKey(entry.campaign, entry.user);
      const written = await records.write(key, entry, { seen: 0, ...entryGuard(entry) });
      if (written.ok) return { ok: true, entry: { ...entry, version: written.version } };
      return { ok: false, taken: written.reason === 'held' ? 'slot' : 'entry' };
    },
    revise,
    /** Takes it away for good as it was seen. */
    remove: ({ campaign, user, version }: Entry) => records.remove(entryKey(campaign, user), version),
    /** Changes what is in this state, and leaves all else as it is. */
    reviseIn: (campaign: string, user: string, state: EntryState, changes: Partial<NewEntry>) =>
      revise(campaign, user, (entry) => (entry.state === state ? { ...entry, ...changes } : entry)),
    /** A list of `model/entry.ts`, newest first. */
    async page(list: string, page: Page) {
      const { records: entries, unreadable: _, ...rest } = await records.tagged(list, page);
      return { entries, ...rest };
    },
    walk: (list: string) => walk(records, list),
    count: (list: string) => records.count(list),
    /** How many are in each of these states. */
    async countIn<S extends EntryState>(campaign: string, states: readonly S[]) {
      const counts = await Promise.all(
        states.map(async (state) => [state, await records.count(entriesIn(campaign, state))]),
      );
      return Object.fromEntries(counts) as Record<S, number>;
    },
    /** Whoever has this name, as `slotHold` makes them. */
    holder: (hold: string) => records.holder(hold),
  };
}

export type EntryRepository = ReturnType<typeof createEntryRepository>;
