import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CardPlusPay } from '../cardpluspay/index.ts';
import { CardPlusPayError } from '../cardpluspay/index.ts';
import type { Clock } from '../lib/index.ts';
import { copiesOf, keyFileOf, keyOf, type StoreOptions } from '../store/index.ts';
import { inspect } from './inspect.ts';
import { type LostOrders, lostSince } from './lost.ts';
import { makeBackup } from './make.ts';
import { type Backup, lastBackup, requireWhole } from './manifest.ts';
import { makeReady, restore, timeText } from './restore.ts';

export interface DrillOptions {
  readonly store: StoreOptions;
  /** Where backups are kept, if they are. */
  readonly folder: string | undefined;
  /** A copy made now, in place of the newest backup. */
  readonly isFresh: boolean;
  readonly vendor: Pick<CardPlusPay, 'orders' | 'balance'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export interface Drilled {
  /** That was restored; `isFresh`: made for it, and gone again. */
  readonly backup: Pick<Backup, 'file' | 'at' | 'bytes' | 'verified'>;
  readonly isFresh: boolean;
  readonly records: Readonly<Record<string, number>>;
  readonly notAuthentic: number;
  /** `copy`: 0 where there was a backup. */
  readonly tookMs: Readonly<Record<'copy' | 'restore' | 'compare' | 'all', number>>;
  /** What the backup has not; null where that could not be found out. */
  readonly lost: LostOrders | null;
}

/**
 * Restores the newest backup into a place of its own, makes it ready as a real restore would, and compares it with the live
 * list. Reads the store and CardPlusPay, changes neither, and leaves nothing behind, also when it is cut short.
 */
export async function drill(options: DrillOptions): Promise<Drilled> {
  const { store, folder, isFresh, clock, signal, vendor } = options;
  const scratch = mkdtempSync(join(tmpdir(), 'cardigan-drill-'));
  const began = clock.now();
  try {
    const known = isFresh ? undefined : lastBackup(folder);
    const backup = known ?? (await makeBackup({ store, folder: join(scratch, 'made'), keep: 1, signal }));
    const copied = clock.now();
    signal.throwIfAborted();
    const place = await restoreAside({ store, backup, clock }, join(scratch, 'restored'));
    try {
      const restored = clock.now();
      signal.throwIfAborted();
      const lost = await found(() => lostSince(place.store, vendor, clock.now()));
      const { file, at, bytes, verified } = backup;
      const ended = clock.now();
      return {
        backup: { file, at, bytes, verified },
        isFresh: known === undefined,
        records: place.records,
        notAuthentic: place.notAuthentic,
        tookMs: {
          copy: copied - began,
          restore: restored - copied,
          compare: ended - restored,
          all: ended - began,
        },
        lost: lost ?? null,
      };
    } finally {
      await place.drop();
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** That CardPlusPay cannot be reached says nothing of the backup. */
async function found<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof CardPlusPayError) return undefined;
    throw error;
  }
}

/** Into a folder of its own, or a schema of its own where there is a server. */
async function restoreAside(
  { store, backup, clock }: { store: StoreOptions; backup: Backup; clock: Clock },
  to: string,
) {
  const encryptionKey = keyOf(store);
  if (keyFileOf(store) !== undefined) {
    const aside = { url: `sqlite://${join(to, 'cardigan.db')}`, encryptionKey };
    const { records, notAuthentic } = await restore({ store: aside, backup, clock });
    return { store: aside, records, notAuthentic, async drop() {} };
  }
  const copies = await copiesOf(store);
  await requireWhole(backup);
  const opened = await copies.open(store.url, backup.path);
  try {
    const { records, notAuthentic } = await inspect(copies, opened, encryptionKey);
    await makeReady(opened.url, encryptionKey, timeText(backup.at), clock);
    return { store: { url: opened.url, encryptionKey }, records, notAuthentic, drop: opened.drop };
  } catch (error) {
    await opened.drop();
    throw error;
  }
}
