/** Orders that are booked some time after their request was answered. */
export function createLater() {
  const waiting = new Map<() => void, NodeJS.Timeout | undefined>();
  const drop = (commit: () => void): void => {
    clearTimeout(waiting.get(commit));
    waiting.delete(commit);
  };
  const run = (commit: () => void): void => {
    drop(commit);
    commit();
  };
  return {
    /** Books by itself after `delayMs`; without it only when `runAll` is called. */
    add(commit: () => void, delayMs: number | undefined): void {
      const timer = delayMs === undefined ? undefined : setTimeout(run, delayMs, commit);
      waiting.set(commit, timer);
    },
    runAll: (): void => [...waiting.keys()].forEach(run),
    dropAll: (): void => [...waiting.keys()].forEach(drop),
  };
}
