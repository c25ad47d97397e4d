const DISCORD_EPOCH = 1_420_070_400_000n;

/** Discord's ids: milliseconds since 2015 above 22 bits of counter, so that they sort by time. */
export const createSnowflakes = (now: () => number) => {
  let last = 0n;
  return (): string => {
    const fromTime = (BigInt(Math.trunc(now())) - DISCORD_EPOCH) << 22n;
    last = fromTime > last ? fromTime : last + 1n;
    return String(last);
  };
};
