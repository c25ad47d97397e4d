import { type Clock, createKeyed } from '../../lib/index.ts';
import { NotTried } from '../../orders/index.ts';

interface Deps {
  /** Without any, none is ever asked for. */
  perMinute: number;
  clock: Clock;
}

export type RateLimit = ReturnType<typeof createRateLimit>;

/** Messages that can wait: one after the other, with a gap in between. */
export function createRateLimit({ perMinute, clock }: Deps) {
  const gapMs = 60_000 / Math.max(1, perMinute);
  const stopping = new AbortController();
  const { signal } = stopping;
  const turns = createKeyed();
  let freeAt = Number.NEGATIVE_INFINITY;

  function goOn(): void {
    if (signal.aborted) throw new NotTried('the process ends');
  }

  async function gap(): Promise<void> {
    // A clock that is set back must not make anybody wait for longer.
    const waitMs = Math.min(freeAt - clock.now(), gapMs);
    if (waitMs > 0) await clock.sleep(waitMs, signal).catch(goOn);
    goOn();
    freeAt = clock.now() + gapMs;
  }

  return {
    /** Does it when all before it is done and the gap since the last one is over. Throws NotTried once this is stopped. */
    inTurn: <T>(work: () => Promise<T>): Promise<T> =>
      turns.serialise('turn', async () => {
        await gap();
        return work();
      }),
    /** Ends all waiting. What has had its turn goes on. */
    stop: () => stopping.abort(),
  };
}
