import type { Clock } from '../../src/lib/clock.ts';

export type ScriptedClock = ReturnType<typeof createScriptedClock>;

/** Time stands still until the test moves it. With `flows`, a sleep moves it by itself. */
export function createScriptedClock(start = Date.UTC(2026, 2, 7, 12)) {
  let now = start;
  const sleepers = new Set<{ until: number; wake: () => void }>();
  const clock: Clock & { flows: boolean } = {
    flows: false,
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      if (clock.flows) now += ms;
      else {
        await new Promise<void>((wake) => {
          const sleeper = { until: now + ms, wake };
          sleepers.add(sleeper);
          signal?.addEventListener('abort', () => {
            sleepers.delete(sleeper);
            wake();
          });
        });
      }
      await new Promise((turn) => setImmediate(turn));
      signal?.throwIfAborted();
    },
  };
  return Object.assign(clock, {
    advance(ms: number): void {
      now += ms;
      for (const sleeper of sleepers) {
        if (sleeper.until > now) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
    sleeping: () => sleepers.size,
  });
}

/** Looks until it holds; the limit of the test ends it where it never does. */
export async function until(holds: () => unknown): Promise<void> {
  while (!(await holds())) await new Promise((turn) => setTimeout(turn, 1));
}
