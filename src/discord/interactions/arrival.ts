/** Discord tells the presser that the bot did not respond, and takes no answer any more. */
const DISCORD_WAITS_MS = 3_000;
/** Of presses that look too late, one is answered all the same so often: Discord says then whether they are. */
const TRY_EVERY_MS = 1_000;
/** Two clocks drift apart; by less than this. */
const DRIFT = 1e-4;

export type Arrivals = ReturnType<typeof createArrivals>;

/**
 * How old presses are when they arrive. When each was made, Discord's clock says; what it says more or less than ours is
 * known from the one that was here soonest. `now`: a time that only goes forward, wherever it began.
 */
export function createArrivals(now: () => number = () => performance.now()) {
  let soonest = Number.POSITIVE_INFINITY;
  let [seenAt, triedAt] = [now(), Number.NEGATIVE_INFINITY];

  return {
    /** In milliseconds, beyond what the soonest took. */
    ageOf({ createdTimestamp }: { readonly createdTimestamp: number }): number {
      const at = now();
      soonest = Math.min(soonest + (at - seenAt) * DRIFT, at - createdTimestamp);
      seenAt = at;
      return at - createdTimestamp - soonest;
    },
    /** Discord has given up on one of this age. Now and then false for one that looks so: a clock may be wrong. */
    isTooLate(ageMs: number): boolean {
      if (ageMs < DISCORD_WAITS_MS) return false;
      const at = now();
      if (at - triedAt < TRY_EVERY_MS) return true;
      triedAt = at;
      return false;
    },
    /** Discord has taken what was said to one of this age: then it was not too late, whatever the clocks say. */
    taken(ageMs: number): void {
      if (ageMs >= DISCORD_WAITS_MS) soonest += ageMs - DISCORD_WAITS_MS / 2;
    },
  };
}
