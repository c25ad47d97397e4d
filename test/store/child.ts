import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Bench } from './contract/bench.ts';

const script = join(import.meta.dirname, 'store-child.ts');

/** Another process with the store open; its errors are shown, its lines are read by the test. */
export function startChild(args: string[], encryptionKey?: string): ChildProcess {
  const { ENCRYPTION_KEY: _, ...env } = process.env;
  return spawn(process.execPath, [script, ...args], {
    env: { ...env, ...(encryptionKey && { ENCRYPTION_KEY: encryptionKey }) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/** The lines a child says, until it ends. */
export function linesOf(child: ChildProcess): AsyncIterable<string> {
  if (!child.stdout) throw new Error('no stdout');
  return createInterface({ input: child.stdout });
}

/** What the contract asks of other processes, which are the same for every database. */
export function childrenOn(url: string): Pick<Bench, 'moveOrdersDyingAt' | 'keepWritingUntilKilled'> {
  return {
    async moveOrdersDyingAt(call, key) {
      const child = startChild(['move', url, String(call)], key);
      const [code, signal] = await once(child, 'exit');
      if (signal === 'SIGKILL') return 'killed';
      if (code === 0) return 'finished';
      throw new Error(`the child ended with ${code ?? signal}`);
    },
    async keepWritingUntilKilled(versions, key) {
      const child = startChild(['write', url], key);
      const ended = once(child, 'exit');
      let said = 0;
      let lines = 0;
      for await (const line of linesOf(child)) {
        said = Number(line);
        if (++lines === versions) child.kill('SIGKILL');
      }
      await ended;
      return said;
    },
  };
}
