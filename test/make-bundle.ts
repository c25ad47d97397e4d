import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Once in a run, of the sources as they are. */
export function setup(): void {
  const script = join(import.meta.dirname, '../bundle/build.js');
  const { status, stderr } = spawnSync(process.execPath, [script, '--missing'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the bundle could not be made:\n${stderr}`);
}
