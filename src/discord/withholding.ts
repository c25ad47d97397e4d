import type { OrderLog } from '../orders/ports.ts';
import type { DiscordFailure } from './failure.ts';

/** Discord does not say how long it holds against a bot what it took for spam. */
export const WITHHELD_FOR_MS = 60 * 60_000;

/** Whether messages that can wait are kept back, since Discord took one for spam. A new process finds out again. */
export interface Withholding {
  begin(why: DiscordFailure): void;
  isOn(): boolean;
}

interface Parts {
  now(): number;
  log: OrderLog;
}

export function createWithholding({ now, log }: Parts): Withholding {
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
