import type { Clock } from '../clock.ts';
import type { Records } from '../store/records.ts';
import type { About, Notice } from './notice.ts';

/** The list of what is to be told, or to be kept true. */
export const OPEN = 'open';

/** What admins are to be told. Whoever serves posts it in its next round. */
export interface NoticeList {
  /** Has admins told, once for each key, whatever crashes in between. */
  tell(key: string, about: About): Promise<void>;
  /** Whether admins are told of it, or will be. */
  isTold(key: string): Promise<boolean>;
}

interface Parts {
  records: Records<Notice>;
  clock: Pick<Clock, 'now'>;
}

export function createNoticeList({ records, clock }: Parts): NoticeList {
  const isTold = async (key: string) => (await records.get(key)) !== undefined;
  return {
    isTold,
    async tell(key, about) {
      if (await isTold(key)) return;
      const at = clock.now();
      const notice = { key, about, at, tries: 0, nextAt: at };
      // Somebody else may write it first: then it is told by them.
      await records.write(key, notice, { seen: 0, tags: [OPEN], holds: [] });
    },
  };
}
