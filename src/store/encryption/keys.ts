import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncPath } from '../beside/sync-path.ts';
import { StoreError } from '../store-error.ts';

const keyBytes = 32;

interface KeySource {
  /** ENCRYPTION_KEY, when it is set. */
  readonly given: string | undefined;
  /** Where a key file is or may be made; undefined where the database is not a file. */
  readonly file: string | undefined;
  /** Whether nothing has been sealed yet. Otherwise a missing key is an error: a new one would open nothing. */
  readonly isNew: boolean;
}

/**
 * The keys to use, the sealing one first, and what to tell the operator about them.
 * Throws a StoreError: `bad_key`, `missing_key`, `unwritable`, `full`.
 */
export function resolveKeys({ given, file, isNew }: KeySource): {
  keys: KeyObject[];
  notices: string[];
} {
  if (given?.trim()) return { keys: parseKeys(given, 'ENCRYPTION_KEY'), notices: [] };
  const text = file && readKeyFile(file);
  if (text) return { keys: parseKeys(text, file), notices: [] };
  if (!file || !isNew) throw missingKey(file);
  return {
    keys: parseKeys(makeKeyFile(file), file),
    notices: [
      `A new encryption key was made: ${file}. Keep a copy of it in another place: without it the codes in the store cannot be read.`,
    ],
  };
}

/** Comma-separated base64 texts of 32 bytes each, as `openssl rand -base64 32` makes them. */
export function parseKeys(text: string, source: string): KeyObject[] {
  return text.split(',').map((part) => {
    const bytes = /^[A-Za-z0-9+/]{43}=?$/.test(part.trim()) ? Buffer.from(part, 'base64') : undefined;
    if (bytes?.length === keyBytes) return createSecretKey(bytes);
    throw new StoreError(
      'bad_key',
      `${source} must be 32 bytes in base64, such as "openssl rand -base64 32" prints (while rotating: "new,old").`,
    );
  });
}

/** The keys of a store as they would be given in ENCRYPTION_KEY. Throws a StoreError: `bad_key`, `missing_key`. */
export function keyText({ given, file }: Pick<KeySource, 'given' | 'file'>): string {
  const text = given?.trim() || (file && readKeyFile(file)?.trim());
  if (!text) throw missingKey(file);
  parseKeys(text, 'ENCRYPTION_KEY');
  return text;
}

function readKeyFile(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new StoreError('missing_key', `The key file ${file} cannot be read: mend its rights.`, { cause: error });
  }
}

/** On the disk for good, and whole, before anything is sealed with it. */
function makeKeyFile(file: string): string {
  const text = randomBytes(keyBytes).toString('base64');
  const draft = `${file}.new`;
  try {
    writeFileSync(draft, `${text}\n`, { mode: 0o600, flush: true });
    renameSync(draft, file);
    syncPath(dirname(file));
  } catch (error) {
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new StoreError(
      full ? 'full' : 'unwritable',
      `The key file ${file} cannot be written: make room and give rights there, or set ENCRYPTION_KEY.`,
      { cause: error },
    );
  }
  return text;
}

export function missingKey(file: string | undefined): StoreError {
  const where = file ? ` or put its key file back at ${file}` : '';
  return new StoreError(
    'missing_key',
    `This store needs its encryption key: set ENCRYPTION_KEY to 32 bytes in base64, such as "openssl rand -base64 32" prints${where}. A store that has sealed something opens with its own key only.`,
  );
}
