import { type Clock, createKeyed, type Log } from '../../lib/index.ts';
import { NotTried } from '../../orders/index.ts';
import type { DiscordFailure } from '../errors.ts';

/** Discord does not say how long it holds against a bot what it took for spam. */
export const WITHHELD_FOR_MS = 60 * 60_000;

interface Deps {
  perMinute: number;
  clock: Clock;
  log: Log;
}

export type RateLimit = ReturnType<typeof createRateLimit>;

/**
 * Messages that can wait: one after the other, with a gap in between, and none for a while after Discord took one for
 * spam.
 */
export function createRateLimit({ perMinute, clock, log }: Deps) {
  return { ...createTurns(60_000 / perMinute, clock), ...createWithholding(clock, log) };
}

function createTurns(gapMs: number, clock: Clock) {
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
    /**
     * Does it when all before it is done. It waits for its `gap`, since the last one that did so, right before it begins
     * what is limited. Both throw NotTried once this is stopped.
     */
    inTurn: <T>(work: (gap: () => Promise<void>) => Promise<T>): Promise<T> =>
      turns.serialise('turn', async () => {
        goOn();
        return work(gap);
      }),
    /** Ends all waiting. What has had its gap goes on. */
    stop: () => stopping.abort(),
  };
}

function createWithholding({ now }: Clock, log: Log) {
  let until: number | undefined;

  /** Whether they are kept back now. A new process finds out again. */
  function isWithholding(): boolean {
    if (until !== undefined && now() >= until) {
      until = undefined;
      log.info({}, 'direct messages of campaigns are sent again');
    }
    return until !== undefined;
  }

  return {
    isWithholding,
    withhold(err: DiscordFailure): void {
      if (!isWithholding()) {
        const forMinutes = WITHHELD_FOR_MS / 60_000;
        log.warn(
          { err, forMinutes },
          'Discord takes direct messages for spam; those of campaigns are kept back for a while',
        );
      }
      until = now() + WITHHELD_FOR_MS;
    },
  };
}
