import { stat, statfs } from 'node:fs/promises';
import type { Space } from '../storage.ts';

/** Of the database file at that path. What the system does not tell is no error: nothing depends on it. */
export async function spaceAt(path: string): Promise<Space | undefined> {
  try {
    const { bavail, bsize } = await statfs(path);
    const files = await Promise.all([sizeOf(path), sizeOf(`${path}-wal`)]);
    return { free: bavail * bsize, size: files.reduce((sum, each) => sum + each, 0) };
  } catch {
    return undefined;
  }
}

/** The log is there only between checkpoints. */
const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );
