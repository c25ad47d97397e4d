import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { BackupError } from './backup-error.ts';

/** What is on record of a backup, in a file beside it: written last, so that a copy without one is no backup. */
export const manifestSchema = z.object({
  /** The version of Cardigan that made it. */
  cardigan: z.string(),
  at: z.iso.datetime(),
  file: z.string(),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  tookMs: z.number(),
  /** `opened`: with its key, every record looked at. `read`: only read to its end, for want of a right in the database. */
  verified: z.enum(['opened', 'read']),
  layout: z.int().optional(),
  shapes: z.record(z.string(), z.int()).optional(),
  /** How many records it has, by their namespaces. */
  records: z.record(z.string(), z.int()).optional(),
  /** Of those, how many somebody else has changed: they are so in the store, too. */
  notAuthentic: z.int().min(0).optional(),
  /** The newest order of CardPlusPay's list that it knows of. */
  newestRemote: z.int().min(0).optional(),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** A backup with its own file's place. */
export interface Backup extends Manifest {
  readonly path: string;
}

export const manifestPath = (path: string): string => `${path}.json`;

/** What is on record of that file. Throws a BackupError where it is no backup. */
export function readManifest(path: string): Backup {
  if (!existsSync(path)) throw new BackupError('no_backup', { path });
  try {
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(manifestPath(path), 'utf8')));
    return { ...manifest, path };
  } catch {
    throw new BackupError('no_manifest', { path: manifestPath(path) });
  }
}

/** The backups in a folder, newest first: those of which both files are there. */
export function backupsIn(folder: string): Backup[] {
  return namesIn(folder)
    .filter((name) => name.startsWith('cardigan-') && name.endsWith('.json'))
    .flatMap((name) => foundAt(join(folder, name.slice(0, -'.json'.length))))
    .toSorted((a, b) => b.at.localeCompare(a.at));
}

/** Where nothing can be read there are none: whoever makes one says what is wrong with the folder. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function foundAt(path: string): Backup[] {
  try {
    const backup = readManifest(path);
    const isWhole = backup.file === basename(path) && statSync(path).size === backup.bytes;
    return isWhole ? [backup] : [];
  } catch {
    return [];
  }
}

/** The newest backup in a folder; undefined where there is none, or no folder. */
export const lastBackup = (folder: string | undefined): Backup | undefined =>
  folder === undefined ? undefined : backupsIn(folder)[0];

/** Throws a BackupError unless the file is still what its manifest says. */
export async function requireWhole(backup: Backup): Promise<void> {
  const isOurs = backup.file === basename(backup.path) && (await sha256Of(backup.path)) === backup.sha256;
  if (!isOurs) throw new BackupError('changed', { path: backup.path });
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Where a backup's own folder is. */
export const folderOf = ({ path }: Pick<Backup, 'path'>): string => dirname(path);
