import type { World } from '../world.ts';

export const DEFAULT_WAIT_MS = 10_000;

/**
 * Resolves with what `look` finds, looking now and after each change of the world; `events`: only after these.
 * Fails after `timeoutMs` of real time with the words of `describe`.
 */
export const waitFor = <T>(
  world: World,
  look: () => T | undefined,
  describe: () => string,
  timeoutMs: number = DEFAULT_WAIT_MS,
  events: readonly string[] = ['change'],
): Promise<T> =>
  new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      for (const event of events) world.changes.off(event, check);
    };
    const fail = (why: string): void => {
      end();
      reject(new Error(`${why} ${describe()}`));
    };
    const check = (): void => {
      try {
        const found = look();
        if (found === undefined) {
          if (world.closed) fail('The stand-in was closed while waiting:');
          return;
        }
        end();
        resolve(found);
      } catch (error) {
        end();
        reject(error);
      }
    };
    const timer = setTimeout(() => fail(`Not within ${timeoutMs} ms:`), timeoutMs);
    for (const event of events) world.changes.on(event, check);
    check();
  });
