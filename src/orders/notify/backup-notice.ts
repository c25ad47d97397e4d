import { type Clock, DAY_MS } from '../../lib/index.ts';
import { walk } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import type { Notice } from '../model/notice.ts';
import { enqueueNotice, OPEN_NOTICES, STANDING } from './notice-outbox.ts';

type Telling = Pick<OrdersContext, 'noticeRecords'> & { clock: Pick<Clock, 'now'> };

/** A backup that was due could not be made: admins are told, once a day while none can be made. */
export async function noteBackupFailed(telling: Telling): Promise<void> {
  const at = telling.clock.now();
  const isTold = (await failuresOn(telling)).some(({ at: told }) => told > at - DAY_MS);
  if (!isTold) await enqueueNotice(telling, `backup/${at}`, { kind: 'backup_failed', at });
}

/** One was made: whatever admins were told of failures says so from now on. */
export async function noteBackupMade(telling: Telling): Promise<void> {
  for (const failure of await failuresOn(telling)) await noteOver(telling, failure.key);
}

async function failuresOn({ noticeRecords }: Telling): Promise<Notice[]> {
  const found: Notice[] = [];
  for (const list of [OPEN_NOTICES, STANDING]) {
    for await (const notice of walk(noticeRecords, list)) {
      if (notice.about.kind === 'backup_failed' && !notice.about.madeAt) found.push(notice);
    }
  }
  return found;
}

/** It may be posted or edited meanwhile. */
async function noteOver(telling: Telling, key: string): Promise<void> {
  const known = await telling.noticeRecords.get(key);
  if (known?.about.kind !== 'backup_failed' || known.about.madeAt) return;
  const { version: seen, ...rest } = known;
  const next = { ...rest, about: { ...known.about, madeAt: telling.clock.now() } };
  const written = await telling.noticeRecords.write(key, next, { seen, tags: [OPEN_NOTICES], holds: [] });
  if (!written.ok) await noteOver(telling, key);
}
