import { spawn } from 'node:child_process';

/**
 * Has a small shell wait for the end of this process, however it ends, and then run `script` with `args` as `$1`, `$2`…:
 * a `kill -9` leaves no time to tidy up. The returned function calls it off.
 */
export function whenGone(script: string, ...args: readonly string[]): () => void {
  // Only this process holds the other end of its input: it reads until that is closed.
  const shell = spawn('/bin/sh', ['-c', `read -r _; ${script}`, 'when-gone', ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  // Without a shell there is only the tidy end.
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  shell.unref();
  return () => void shell.kill('SIGKILL');
}
