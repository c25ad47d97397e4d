import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** `npm run resolve -- …`, with `typed` at its question. Gives what it wrote and its exit code. */
export async function runResolve(
  environment: Record<string, string>,
  args: readonly string[],
  typed = '',
): Promise<{ said: string; code: number | null }> {
  const child = spawn(process.execPath, ['src/resolve.ts', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(typed);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { said: `${out}${err}`, code };
}
