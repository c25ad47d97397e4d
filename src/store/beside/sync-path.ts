import { closeSync, fsyncSync, openSync } from 'node:fs';

/** What was written there, or into that folder, is still there after a power cut. */
export function syncPath(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
