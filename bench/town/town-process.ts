import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Calls, TownOptions } from './calls.ts';

type Remote = {
  [Name in keyof Calls]: (...args: Parameters<Calls[Name]>) => Promise<Awaited<ReturnType<Calls[Name]>>>;
};

/** The stand-ins in a process of their own. */
export type TownProcess = Remote & {
  /** A process that ends with the stand-ins, should the bench end without a word. */
  own(pid: number): Promise<void>;
  end(): Promise<void>;
};

interface Answer {
  id: number;
  result?: unknown;
  error?: string;
}

let discord: NonNullable<TownOptions['discord']> = {};
/** From now on Discord's stand-in is so in every town. */
export function makeDiscord(options: NonNullable<TownOptions['discord']>): void {
  discord = options;
}

export async function startTown(options: TownOptions = {}): Promise<TownProcess> {
  const given: TownOptions = { discord, ...options };
  const child = fork(join(import.meta.dirname, 'main.ts'), [JSON.stringify(given)], { execArgv: [] });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let calls = 0;
  const ended = once(child, 'exit').then(() => {
    for (const { reject } of waiting.values()) reject(new Error('the stand-ins have ended'));
  });
  child.on('message', ({ id, result, error }: Answer) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(result);
    else call?.reject(new Error(error));
  });
  const answer = (id: number): Promise<unknown> => {
    const call = Promise.withResolvers<unknown>();
    waiting.set(id, call);
    return call.promise;
  };
  const call = (name: string, args: unknown[]): Promise<unknown> => {
    calls += 1;
    const answered = answer(calls);
    child.send({ id: calls, name, args });
    return answered;
  };

  await answer(0);
  const end = async (): Promise<void> => {
    if (child.connected) child.disconnect();
    await ended;
  };
  return new Proxy({} as TownProcess, {
    get: (_, name) => {
      // A promise that resolves with it looks for `then`.
      if (name === 'then') return undefined;
      return name === 'end' ? end : (...args: unknown[]) => call(String(name), args);
    },
  });
}
