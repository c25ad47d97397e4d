import { accessSync, constants, statfsSync } from 'node:fs';

const IN_MEMORY = '/dev/shm';
const ENOUGH_BYTES = 2 ** 30;

/**
 * Where the machine has a folder in memory with room enough, temporary files of tests are there: their stores wait for the
 * disk at every write, as they should, and no test pulls the plug. A TMPDIR that is set stays.
 */
export function keepInMemory(env: NodeJS.ProcessEnv): void {
  if (env.TMPDIR) return;
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    if (bavail * bsize >= ENOUGH_BYTES) env.TMPDIR = IN_MEMORY;
  } catch {
    // There is none: the disk does.
  }
}
