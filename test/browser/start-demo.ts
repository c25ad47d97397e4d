import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { untold } from '../e2e/bot-process.ts';

const root = join(import.meta.dirname, '../..');
const GENEROUS_MS = 90_000;

export interface Demo {
  url: string;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
}

/** `npm run demo`, on a free port; without its week, unless a test is about it. */
export async function startDemo({ hasWeek = false } = {}): Promise<Demo> {
  const args = ['sandbox/demo.ts', '--port', '0', ...(hasWeek ? [] : ['--empty'])];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: untold(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why} The demo wrote:\n${output}`));
    const timer = setTimeout(() => fail('No address in time.'), GENEROUS_MS);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const [found] = /http:\/\/127\.0\.0\.1:\d+\//.exec(output) ?? [];
        if (found) resolve(found);
      });
    void ended.then(() => fail('It has ended.'));
    void ended.finally(() => clearTimeout(timer));
  });
  return {
    url,
    async stop() {
      child.kill('SIGINT');
      await ended;
    },
  };
}
