import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { keyOf, type StoreOptions, syncPath } from '../store/index.ts';
import { BackupError, ofFile } from './backup-error.ts';

const NAME = 'cardigan.key';

/** Writes the store's key into a folder of its own, once, for its owner alone. Throws a BackupError or a StoreError. */
export function keepKey(store: StoreOptions, folder: string, backups: string | undefined): string {
  const key = keyOf(store);
  const path = join(folder, NAME);
  const draft = `${path}.${randomBytes(3).toString('hex')}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (backups !== undefined && isWithin(folder, backups)) throw new BackupError('key_beside', { path: folder });
    writeFileSync(draft, `${key}\n`, { mode: 0o600, flush: true });
    // Unlike a rename it takes nobody's place: a key that is there may be the only one of another store.
    linkSync(draft, path);
    syncPath(dirname(path));
    return path;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new BackupError('key_there', { path });
    throw ofFile(error, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

function isWithin(folder: string, backups: string): boolean {
  mkdirSync(backups, { recursive: true, mode: 0o700 });
  const [inner, outer] = [realpathSync(folder), realpathSync(backups)];
  return `${inner}${sep}`.startsWith(`${outer}${sep}`) || `${outer}${sep}`.startsWith(`${inner}${sep}`);
}
