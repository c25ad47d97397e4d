/** So many are done together at most: what is written for them stays small. */
const MOST = 32;

interface Waiting<T> {
  readonly what: T;
  readonly done: PromiseWithResolvers<void>;
}

/** Does one thing after the other for each key: what came while one was under way is done together. */
export type Join<T> = (key: string, what: T) => Promise<void>;

/** `work`: does them together, and gives for each of them how it went, in their order. Where it rejects, all of them do. */
export function createJoin<T>(
  work: (key: string, all: readonly T[]) => Promise<PromiseSettledResult<void>[]>,
): Join<T> {
  const lines = new Map<string, Waiting<T>[]>();

  async function drain(key: string, line: Waiting<T>[]): Promise<void> {
    await undefined; // who comes in the same breath goes along
    while (line.length > 0) {
      const batch = line.splice(0, MOST);
      const all = batch.map(({ what }) => what);
      const results = await work(key, all).catch((reason: unknown) => all.map(() => failed(reason)));
      for (const [at, { done }] of batch.entries()) settle(done, results[at]);
    }
    lines.delete(key);
  }

  return (key, what) => {
    const done = Promise.withResolvers<void>();
    const line = lines.get(key);
    if (line) line.push({ what, done });
    else {
      const begun = [{ what, done }];
      lines.set(key, begun);
      void drain(key, begun);
    }
    return done.promise;
  };
}

const failed = (reason: unknown): PromiseRejectedResult => ({ status: 'rejected', reason });

function settle(done: PromiseWithResolvers<void>, result: PromiseSettledResult<void> | undefined): void {
  if (result?.status === 'rejected') done.reject(result.reason);
  else done.resolve();
}
