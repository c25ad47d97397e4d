const DISCORD_EPOCH = 1_420_070_400_000n;

const HALF = 1n << 21n;

/**
 * Discord's ids: milliseconds since 2015 above 22 bits of counter, so that they sort by time. With `at`, one of
 * something that was made at that time: its counter runs down from the middle, so that it is nobody else's.
 */
export const createSnowflakes = (now: () => number) => {
  let last = 0n;
  let early = 0n;
  return (at?: number): string => {
    if (at !== undefined) {
      early += 1n;
      return String(((BigInt(Math.trunc(at)) - DISCORD_EPOCH) << 22n) + HALF - early);
    }
    const fromTime = (BigInt(Math.trunc(now())) - DISCORD_EPOCH) << 22n;
    last = fromTime > last ? fromTime : last + 1n;
    return String(last);
  };
};
