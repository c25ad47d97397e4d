import type { Clock } from '../clock.ts';
import type { Records } from '../store/records.ts';
import type { Page } from '../store/storage.ts';
import type { Deed, Entry } from './audit-entry.ts';
import { entryKey, HASH_OF_NOTHING, hashOf } from './audit-entry.ts';

/** The lists that an entry stands in. */
export const auditLists = {
  all: 'all',
  ofGuild: (guild: string) => `guild/${guild}`,
  /** By this person, on their behalf, or about an order of theirs. */
  ofMember: (guild: string, user: string) => `member/${guild}/${user}`,
  ofOrder: (order: string) => `order/${order}`,
};

export interface AuditChain {
  /** The newest entry. */
  newest(): Promise<Entry | undefined>;
  /** Adds what is not in the chain yet, in this order. May be repeated, by any process, after any crash. */
  append(deeds: readonly Deed[]): Promise<void>;
  /** A page of a list, newest first. */
  listed(list: string, page: Page): Promise<{ entries: Entry[]; next?: string }>;
}

interface Parts {
  records: Records<Entry>;
  /** Its approvers read what concerns the whole account. */
  ownerGuild: string;
  clock: Pick<Clock, 'now'>;
}

/** One chain for the whole store. An entry is written once and never again. */
export function createAuditChain({ records, ownerGuild, clock }: Parts): AuditChain {
  const newest = async () => (await records.tagged(auditLists.all, { limit: 1 })).records[0];

  /** Whoever writes a number first has it; who is slower takes the next one. Gives the newest entry afterwards. */
  async function link(deed: Deed, last: Entry | undefined): Promise<Entry | undefined> {
    const number = (last?.number ?? 0) + 1;
    const said = { number, at: clock.now(), deed, previous: last?.hash ?? HASH_OF_NOTHING };
    const entry = { ...said, hash: hashOf(said) };
    const written = await records.write(entryKey(number), entry, {
      ...{ seen: 0, tags: listsOf(deed, ownerGuild), holds: [`audit/${deed.id}`] },
    });
    if (written.ok) return { ...entry, version: written.version };
    if (written.reason === 'held') return last; // it is in the chain already
    const now = await newest();
    // Somebody has been at the store: better no entry than one that hides it.
    if ((now?.number ?? 0) < number) throw new Error(`entry ${number} of the audit is not listed`);
    return link(deed, now);
  }

  return {
    newest,
    async append(deeds) {
      if (deeds.length === 0) return;
      let last = await newest();
      for (const deed of deeds) last = await link(deed, last);
    },
    async listed(list, page) {
      const { records: entries, ...rest } = await records.tagged(list, page);
      return { entries, ...rest };
    },
  };
}

function listsOf({ guild, by, for: behalf, about }: Deed, ownerGuild: string): string[] {
  const where = guild ?? ownerGuild;
  const people = [by, behalf, about?.member].filter((each) => each !== undefined);
  return [
    ...[auditLists.all, auditLists.ofGuild(where)],
    ...[...new Set(people)].map((user) => auditLists.ofMember(where, user)),
    ...(about?.order === undefined ? [] : [auditLists.ofOrder(about.order)]),
  ];
}
