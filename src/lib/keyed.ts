/** What a process has under way, by names: the one place where it joins, queues and waits for its own work. */
export interface Keyed {
  /** Runs it; whoever asks for the same key meanwhile gets what comes of it. */
  join<T>(key: string, run: () => Promise<T>): Promise<T>;
  /** Runs it once what is under way under this key is over, however that ends. */
  serialise<T>(key: string, run: () => Promise<T>): Promise<T>;
  has(key: string): boolean;
  keys(): string[];
  /** Resolves when nothing of what is under way now is any more. Never rejects. */
  idle(): Promise<void>;
}

export function createKeyed(): Keyed {
  const under = new Map<string, Promise<unknown>>();

  function put<T>(key: string, work: Promise<T>): Promise<T> {
    const tracked: Promise<T> = work.finally(() => {
      if (under.get(key) === tracked) under.delete(key);
    });
    under.set(key, tracked);
    return tracked;
  }

  return {
    // Whoever joins asks for the same thing: that is what a key says.
    join: <T>(key: string, run: () => Promise<T>) => (under.get(key) as Promise<T> | undefined) ?? put(key, run()),
    serialise<T>(key: string, run: () => Promise<T>) {
      const before = under.get(key)?.catch(() => {});
      return put(key, before ? before.then(run) : run());
    },
    has: (key) => under.has(key),
    keys: () => [...under.keys()],
    async idle() {
      await Promise.allSettled(under.values());
    },
  };
}
