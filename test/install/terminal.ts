import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Step } from './path.ts';

/** What `npm ci` may take on a machine that others use, too. */
const GENEROUS_MS = 400_000;

/** A terminal that a reader has open: it stays in the folder where it is, and one thing runs in it. */
export interface Terminal {
  do(step: Step): Promise<string>;
  end(): Promise<void>;
}

export function openTerminal(home: string, name: string, env: NodeJS.ProcessEnv): Terminal {
  const whereabouts = join(home, `.where-${name}`);
  let folder = home;
  let running: { child: ChildProcess; output(): string; ended: Promise<unknown> } | undefined;

  function start(script: string) {
    // A group of its own: Ctrl-C goes to all of it.
    const child = spawn('bash', ['-euo', 'pipefail', '-c', `${script}\npwd > '${whereabouts}'`], {
      cwd: folder,
      env: { ...env, HOME: home },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    return { child, output: () => output, ended: once(child, 'close') };
  }

  async function wrote(text: string, from = 0): Promise<string> {
    const end = Date.now() + GENEROUS_MS;
    const said = () => running?.output().slice(from) ?? '';
    while (!said().includes(text)) {
      const isOver = !running || running.child.exitCode !== null || running.child.signalCode !== null;
      if (isOver || Date.now() > end) throw new Error(`"${text}" was not written in terminal ${name}, but:\n${said()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return said();
  }

  async function stop(signal: NodeJS.Signals): Promise<void> {
    if (!running) return;
    const { child, ended } = running;
    running = undefined;
    try {
      process.kill(-(child.pid as number), signal);
    } catch {
      // All of it is gone.
    }
    await ended;
  }

  async function run(step: Step): Promise<string> {
    const { child, output, ended } = start(step.text);
    child.stdin?.end();
    await ended;
    if (child.exitCode !== 0) {
      throw new Error(`line ${step.line} ended with ${child.exitCode ?? child.signalCode}:\n${step.text}\n${output()}`);
    }
    folder = readFileSync(whereabouts, 'utf8').trim();
    return output();
  }

  return {
    async do(step) {
      if (step.kind === 'run') return run(step);
      if (step.kind === 'ctrl-c') {
        await stop('SIGINT');
        return '';
      }
      if (step.kind === 'until') {
        // It stays in the foreground: what it changes of the folder counts for what comes after it.
        running = start(step.text);
        const said = await wrote(step.until ?? '');
        const [, into] = /^cd (\S+)$/m.exec(step.text) ?? [];
        if (into) folder = join(folder, into);
        return said;
      }
      const from = running?.output().length ?? 0;
      running?.child.stdin?.write(`${step.text}\n`);
      return wrote(step.until ?? '', from);
    },
    end: () => stop('SIGKILL'),
  };
}
