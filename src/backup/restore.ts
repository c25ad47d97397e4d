import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { haltRestored } from '../campaigns/index.ts';
import type { Clock } from '../lib/index.ts';
import { prepareRestored } from '../orders/index.ts';
import { copiesOf, keyFileOf, keyOf, openStore, type PlaceClaim, type StoreOptions, syncPath } from '../store/index.ts';
import { BackupError, ofFile } from './backup-error.ts';
import { type Contents, inspect } from './inspect.ts';
import { type Backup, requireWhole } from './manifest.ts';

export interface RestoreOptions {
  /** The store whose place the copy takes. */
  readonly store: StoreOptions;
  readonly backup: Backup;
  /** A file with the backup's key, where it is not that of the store. */
  readonly keyFile?: string | undefined;
  readonly clock: Clock;
}

export interface Restored extends Contents {
  /** Where what was there before is now; undefined where there was nothing. */
  readonly before: string | undefined;
  readonly ended: number;
  readonly asked: number;
  readonly withheld: number;
  readonly halted: number;
  readonly tookMs: number;
  /** The backup's key, as ENCRYPTION_KEY would have it. */
  readonly key: string;
}

/** As it is shown to people. */
export const timeText = (at: string): string => `${at.replace('T', ' ').slice(0, 16)} UTC`;

/**
 * Puts a backup in the place of the store, which nobody may serve meanwhile. What would stop it is found before anything is
 * touched; the copy is made safe to go on from (purchases stopped, see `prepareRestored`) before it is in place, and what
 * was there before is moved aside. Killed at any point, the place has the one or the other, whole.
 */
export async function restore({ store, backup, keyFile, clock }: RestoreOptions): Promise<Restored> {
  const began = clock.now();
  const key = keyFile === undefined ? keyOf(store) : keyIn(keyFile);
  const copies = await copiesOf(store);
  const claim = await copies.claim(store.url);
  try {
    await requireWhole(backup);
    const staged = await claim.stage(backup.path);
    try {
      const contents = await inspect(copies, staged, key);
      const done = await makeReady(staged.url, key, timeText(backup.at), clock);
      const before = await putInPlace(claim, staged, { store, key });
      return { ...contents, ...done, before, key, tookMs: clock.now() - began };
    } catch (error) {
      await staged.drop().catch(() => undefined);
      throw error;
    }
  } finally {
    await claim.release();
  }
}

function keyIn(path: string): string {
  try {
    const text = readFileSync(path, 'utf8').trim();
    if (text === '') throw new BackupError('no_key', { path });
    return keyOf({ url: 'sqlite://a-key-file-alone', encryptionKey: text });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT' || code === 'EACCES' ? new BackupError('no_key', { path }) : error;
  }
}

export async function makeReady(url: string, encryptionKey: string, copied: string, clock: Clock) {
  const store = await openStore({ url, encryptionKey });
  try {
    const { stop: _, ...prepared } = await prepareRestored({ store, copied, clock, random: randomBytes });
    return { ...prepared, halted: await haltRestored({ store, copied, clock }) };
  } finally {
    await store.close();
  }
}

type Staged = Awaited<ReturnType<PlaceClaim['stage']>>;

async function putInPlace(claim: PlaceClaim, staged: Staged, { store, key }: { store: StoreOptions; key: string }) {
  const file = store.encryptionKey?.trim() ? undefined : keyFileOf(store);
  // First: with the key of the copy the store from before is refused, and nothing is lost.
  if (file !== undefined) placeKey(file, key);
  return claim.put(staged);
}

/** A key that is there and is another one is moved aside. */
function placeKey(file: string, key: string): void {
  try {
    if (existsSync(file) && readFileSync(file, 'utf8').trim() === key) return;
    const draft = `${file}.restoring`;
    writeFileSync(draft, `${key}\n`, { mode: 0o600, flush: true });
    chmodSync(draft, 0o600);
    if (existsSync(file)) linkSync(file, `${file}.before-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
    renameSync(draft, file);
    syncPath(dirname(file));
  } catch (error) {
    throw ofFile(error, file);
  }
}
