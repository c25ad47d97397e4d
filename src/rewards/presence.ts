import type { Campaign } from './campaign.ts';
import type { Entry } from './entry.ts';
import type { EntryBook } from './entry-book.ts';
import type { Directory } from './ports.ts';

interface Parts {
  entries: Pick<EntryBook, 'revise'>;
  directory: Pick<Directory, 'find'>;
}

/** Who asks Discord about members, asks about so many at once. */
const LOOK_UPS = 5;

/** Of those who are to get a card: who is still a member. Who has left gets none, and is not paid for. */
export function createPresence({ entries, directory }: Parts) {
  const failed = ({ campaign, user }: Entry) =>
    entries.revise(campaign, user, (entry) =>
      entry.state === 'due' ? { ...entry, state: 'failed', why: 'gone' } : entry,
    );

  return async (campaign: Campaign, due: readonly Entry[]): Promise<Entry[] | 'unknown'> => {
    const here: Entry[] = [];
    for (let from = 0; from < due.length; from += LOOK_UPS) {
      const some = due.slice(from, from + LOOK_UPS);
      const found = await Promise.all(some.map(({ user }) => directory.find(campaign.guild, user)));
      if (found.includes('unknown')) return 'unknown';
      for (const [index, entry] of some.entries()) {
        if (found[index] === 'none') await failed(entry);
        else here.push(entry);
      }
    }
    return here;
  };
}
