interface Limits {
  /** To start with. Discord names no limit: it is lowered when it says so, and comes back by and by. */
  perSecond: number;
  /** So many at once, and no more. */
  inFlight: number;
  /** A time that only goes forward, in milliseconds. */
  now?(): number;
}

/** However often Discord says no. */
const LEAST_PER_SECOND = 5;
/** Twice as much each time that it was quiet for so long. */
const FASTER_AFTER_MS = 15_000;

/** Requests that go out in order, so many at once and so many a second. */
export function createSendRate({ perSecond, inFlight, now = () => performance.now() }: Limits) {
  const waiting: (() => void)[] = [];
  let [rate, allowance, refilledAt, changedAt] = [perSecond, perSecond, now(), now()];
  let [flying, closedUntil] = [0, 0];
  let timer: NodeJS.Timeout | undefined;

  function refill(): void {
    const at = now();
    if (rate < perSecond && at - changedAt >= FASTER_AFTER_MS) {
      rate = Math.min(perSecond, rate * 2);
      changedAt = at;
    }
    allowance = Math.min(rate, allowance + ((at - refilledAt) / 1000) * rate);
    refilledAt = at;
  }

  function goOn(): void {
    refill();
    while (waiting.length > 0 && flying < inFlight) {
      const waitMs = Math.max(closedUntil - now(), ((1 - allowance) / rate) * 1000);
      if (waitMs > 0) {
        if (timer === undefined) timer = setTimeout(onTime, Math.ceil(waitMs));
        return;
      }
      allowance -= 1;
      flying += 1;
      waiting.shift()?.();
    }
  }

  function onTime(): void {
    timer = undefined;
    goOn();
  }

  return {
    /** Does it when its turn comes. */
    async run<T>(work: () => Promise<T>): Promise<T> {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        goOn();
      });
      try {
        return await work();
      } finally {
        flying -= 1;
        goOn();
      }
    },
    /** Discord says that this is too much for all of them: half as fast, and none at all for so long. */
    slowDown(forMs: number): void {
      const at = now();
      // What was out already says the same once more.
      if (at >= closedUntil) rate = Math.max(LEAST_PER_SECOND, rate / 2);
      [changedAt, closedUntil] = [at, Math.max(closedUntil, at + forMs)];
      allowance = Math.min(allowance, 1);
    },
    /** How many a second there may be now. */
    perSecond: () => rate,
  };
}
