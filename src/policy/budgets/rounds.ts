import type { Ledger } from './ledger.ts';
import type { Held } from './record.ts';

/** So many holds are looked at in a round, however many there are: what a crash has left comes up in one of the next. */
const IN_A_ROUND = 100;

/** Goes through all that is held, a part in each round, over and over. A call gives the next part. */
export type HoldRounds = () => AsyncGenerator<Held, void>;

export function createHoldRounds({ holds }: Pick<Ledger, 'holds'>): HoldRounds {
  let ahead: AsyncGenerator<Held, void> | undefined;
  return async function* nextPart() {
    // A round that begins before the last one has ended goes on from the same place, and either may come to the end.
    ahead ??= holds();
    const pass = ahead;
    for (let looked = 0; looked < IN_A_ROUND; looked++) {
      const { done, value } = await pass.next();
      if (done) {
        if (ahead === pass) ahead = undefined;
        return;
      }
      yield value;
    }
  };
}
