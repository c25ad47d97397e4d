import { describe, expect, it } from 'vitest';
import { createArrivals } from '../../../src/discord/interactions/arrival.ts';

/** Presses that are made at Discord at some time, and here at another; `ahead`: by how much Discord's clock is. */
function arriving(ahead = 0) {
  let at = 0;
  const arrivals = createArrivals(() => at);
  return {
    arrivals,
    /** Its age, where it came so long after it was made. */
    came: (afterMs: number): number => {
      at += 10_000;
      return arrivals.ageOf({ createdTimestamp: at - afterMs + ahead });
    },
    pass: (ms: number) => {
      at += ms;
    },
  };
}

const YEAR_MS = 365 * 24 * 60 * 60_000;

describe('a press', () => {
  it.each([0, 45_000, -45_000, YEAR_MS, -YEAR_MS])(
    'is as old as it is, also by a clock that differs by %i ms',
    (ahead) => {
      const { came } = arriving(ahead);
      expect(came(80)).toBe(0);
      expect(came(580)).toBeCloseTo(500, -2);
      expect(came(3_580)).toBeCloseTo(3_500, -2);
      expect(came(90)).toBeLessThan(20);
    },
  );

  it('that Discord has given up on is told from one that it has not', () => {
    const { arrivals, came } = arriving();
    came(50);
    expect(arrivals.isTooLate(came(2_900))).toBe(false);
    // The first that looks so is tried.
    expect(arrivals.isTooLate(came(3_500))).toBe(false);
    expect(arrivals.isTooLate(3_500)).toBe(true);
    expect(arrivals.isTooLate(3_500)).toBe(true);
  });

  it('makes a clock right that was wrong, if Discord takes it: at most one in a second is tried', () => {
    const { arrivals, came, pass } = arriving();
    came(50);
    // From now on all look five seconds older than they are.
    expect(arrivals.isTooLate(came(5_050))).toBe(false);
    expect(arrivals.isTooLate(came(5_050) - 10)).toBe(false);
    expect(arrivals.isTooLate(5_000)).toBe(true);
    pass(1_000);
    expect(arrivals.isTooLate(5_000)).toBe(false);
    arrivals.taken(5_000);
    expect(arrivals.isTooLate(came(5_050))).toBe(false);
    expect(came(5_050)).toBeLessThan(3_000);
  });

  it('says nothing about clocks where it was taken in time', () => {
    const { arrivals, came } = arriving();
    came(50);
    const age = came(1_050);
    arrivals.taken(age);
    expect(came(1_050)).toBeCloseTo(age, -1);
  });
});
