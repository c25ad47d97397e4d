import type { Clock, Log } from '../../lib/index.ts';
import { NotTried } from '../../orders/index.ts';
import type { DiscordFailure } from '../errors.ts';

/** What is done one after the other, with a gap in between. */
export interface Pacing {
  /**
   * Does it when all before it is done. It waits for its `gap`, since the last one that did so, right before it begins
   * what is paced. Both throw NotTried once this is stopped.
   */
  inTurn<T>(work: (gap: () => Promise<void>) => Promise<T>): Promise<T>;
  /** Ends all waiting. What has had its gap goes on. */
  stop(): void;
}

interface Parts {
  perMinute: number;
  clock: Clock;
}

export function createPacing({ perMinute, clock }: Parts): Pacing {
  const gapMs = 60_000 / perMinute;
  const stopping = new AbortController();
  const { signal } = stopping;
  let before: Promise<unknown> = Promise.resolve();
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
    inTurn(work) {
      const turn = before.then(() => {
        goOn();
        return work(gap);
      });
      before = turn.catch(() => undefined);
      return turn;
    },
    stop: () => stopping.abort(),
  };
}

/** Discord does not say how long it holds against a bot what it took for spam. */
export const WITHHELD_FOR_MS = 60 * 60_000;

/** Whether messages that can wait are kept back, since Discord took one for spam. A new process finds out again. */
export interface Withholding {
  begin(why: DiscordFailure): void;
  isOn(): boolean;
}

interface WithholdingParts {
  now(): number;
  log: Log;
}

export function createWithholding({ now, log }: WithholdingParts): Withholding {
  let until: number | undefined;

  function isOn(): boolean {
    if (until !== undefined && now() >= until) {
      until = undefined;
      log.info({}, 'direct messages of campaigns are sent again');
    }
    return until !== undefined;
  }

  return {
    isOn,
    begin(err) {
      if (!isOn()) {
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
