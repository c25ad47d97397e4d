import type { RawAnswer } from '../cardpluspay/types.ts';
import type { Clock } from '../clock.ts';
import { StoreError } from '../store/store-error.ts';
import type { Vault } from '../store/vault.ts';
import type { OrderLog } from './ports.ts';
import type { SealedAnswer } from './sealed-answer.ts';
import { sealable } from './sealed-answer.ts';

const TRY_EVERY_MS = 1000;
/** How long an answer that the store does not take is kept in memory, for somebody to mend the store. */
const TRY_FOR_MS = 10 * 60_000;
const unreadable = new Set(['broken', 'wrong_key']);

interface Parts {
  vault: Vault<SealedAnswer>;
  clock: Clock;
  log: OrderLog;
}

/**
 * Seals an answer in the vault. It exists once, in this process, and its PINs nowhere else: a store that fails must not
 * cost them as long as somebody can still free the disk. Throws the store's error when that took too long.
 */
export function createSealing({ vault, clock, log }: Parts) {
  async function seal(id: string, answer: RawAnswer): Promise<void> {
    try {
      await vault.seal(id, (known) => sealable(answer, known));
    } catch (error) {
      const isUnreadable = error instanceof StoreError && unreadable.has(error.code);
      if (!isUnreadable) throw error;
      // What lies there cannot be kept by anybody; this can.
      await vault.seal(id, sealable(answer));
    }
  }

  return async (id: string, answer: RawAnswer): Promise<void> => {
    // From the first failure on: a call that hung until a frozen process woke up, or a connection broke, is one try.
    let until = Number.POSITIVE_INFINITY;
    for (let tries = 1; ; tries++) {
      try {
        return await seal(id, answer);
      } catch (err) {
        if (clock.now() >= until) throw err;
        if (tries === 1) {
          until = clock.now() + TRY_FOR_MS;
          log.error(
            { order: id, err },
            'codes cannot be stored: mend the store within 10 minutes and leave Cardigan running',
          );
        }
        await clock.sleep(TRY_EVERY_MS);
      }
    }
  };
}
