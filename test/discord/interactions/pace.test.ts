import { describe, expect, it } from 'vitest';
import { CALL_EVERY_MS, createPace, MOST_CALLS } from '../../../src/discord/interactions/pace.ts';
import { Problem } from '../../../src/lib/problem.ts';

function createBuckets() {
  const clock = { at: 0, now: () => clock.at };
  const pace = createPace(clock);
  const take = (user: string, calls: number) => {
    try {
      pace.take(user, calls);
      return 'taken';
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { code: error.code, ...error.params };
    }
  };
  return { clock, take };
}

describe('how often somebody may have CardPlusPay asked', () => {
  it('is a burst, and then as often as calls come back, which the refusal says', () => {
    const { clock, take } = createBuckets();
    const ends = Array.from({ length: 300 }, () => take('alice', 3));
    expect(ends.filter((end) => end === 'taken')).toHaveLength(Math.floor(MOST_CALLS / 3));
    expect(ends.at(-1)).toEqual({ code: 'asked_too_often', seconds: 2 });
    clock.at += 2 * CALL_EVERY_MS;
    expect(take('alice', 3)).toBe('taken');
    expect(take('alice', 3)).toEqual({ code: 'asked_too_often', seconds: 3 });
  });

  it('is each person’s own, and never more than a burst', () => {
    const { clock, take } = createBuckets();
    for (let each = 0; each < MOST_CALLS; each++) take('alice', 1);
    expect(take('alice', 1)).not.toBe('taken');
    expect(take('bob', MOST_CALLS)).toBe('taken');
    clock.at += 1_000 * MOST_CALLS * CALL_EVERY_MS;
    expect(take('alice', MOST_CALLS)).toBe('taken');
    expect(take('alice', 1)).toEqual({ code: 'asked_too_often', seconds: 1 });
  });

  it('takes nothing for a refusal, and nothing from whom it forgets', () => {
    const { clock, take } = createBuckets();
    take('alice', MOST_CALLS);
    for (let each = 0; each < 2_000; each++) take(`user-${each}`, 1);
    expect(take('alice', 1)).not.toBe('taken');
    clock.at += CALL_EVERY_MS;
    for (let each = 0; each < 2_000; each++) take(`user-${each}`, 1);
    expect(take('alice', 1)).toBe('taken');
    expect(take('alice', 1)).toEqual({ code: 'asked_too_often', seconds: 1 });
  });
});
