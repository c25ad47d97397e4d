import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossingOf } from '../../../../src/orders/notify/alerts/hysteresis.ts';

/** Plays a course of levels, and gives what was told of each. */
function play(course: readonly { level: string; line: string }[]) {
  let isOn = false;
  return course.map((each) => {
    const crossing = crossingOf(isOn, each.level, each.line);
    if (crossing !== 'same') isOn = crossing === 'on';
    return { ...each, crossing };
  });
}

const amount = fc.integer({ min: -5_000, max: 50_000 }).map((cents) => (cents / 100).toFixed(2));
const line = fc.integer({ min: 0, max: 30_000 }).map((cents) => (cents / 100).toFixed(2));

describe('a crossing', () => {
  it.each([
    ['100', false, '100', 'same'],
    ['99.99', false, '100', 'on'],
    ['100', true, '100', 'same'],
    ['109.99', true, '100', 'same'],
    ['110', true, '100', 'over'],
    ['0', false, '0', 'same'],
    ['-0.01', false, '0', 'on'],
    ['0', true, '0', 'over'],
    // Exact, where binary floats are not: 0.3 × 1.1.
    ['0.33', true, '0.3', 'over'],
    ['0.3299999999999999999', true, '0.3', 'same'],
  ] as const)('at %s, on: %s, with the line at %s: %s', (level, isOn, at, crossing) => {
    expect(crossingOf(isOn, level, at)).toBe(crossing);
  });

  it('is told twice only where the level was a tenth above the line in between', () => {
    fc.assert(
      fc.property(line, fc.array(amount, { maxLength: 60 }), (at, levels) => {
        const told = play(levels.map((level) => ({ level, line: at })));
        let hasRecovered = true;
        for (const { level, crossing } of told) {
          if (Number(level) >= Number(at) * 1.1 + 1e-9) hasRecovered = true;
          if (crossing !== 'on') continue;
          expect(hasRecovered).toBe(true);
          expect(Number(level)).toBeLessThan(Number(at));
          hasRecovered = false;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('on and over take turns, however the line moves; and over is never told below it', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ level: amount, line }), { maxLength: 60 }), (course) => {
        const told = play(course).filter(({ crossing }) => crossing !== 'same');
        told.forEach(({ crossing, level, line: at }, index) => {
          expect(crossing).toBe(index % 2 === 0 ? 'on' : 'over');
          if (crossing === 'over') expect(Number(level)).toBeGreaterThanOrEqual(Number(at));
        });
      }),
      { numRuns: 500 },
    );
  });

  it('is missed nowhere: below the line it is always on afterwards', () => {
    fc.assert(
      fc.property(fc.boolean(), amount, line, (isOn, level, at) => {
        const crossing = crossingOf(isOn, level, at);
        if (Number(level) < Number(at)) expect(crossing).toBe(isOn ? 'same' : 'on');
      }),
    );
  });
});
