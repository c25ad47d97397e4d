import { describe, expect, it } from 'vitest';
import { withCounts } from '../../../src/campaigns/messages/counts.ts';

const says = (before: string | undefined, counts: number[], isToBeExact = false, state = 'running') =>
  withCounts(state, counts, { before, isToBeExact });

describe('what a message with counts says', () => {
  const said = says(undefined, [1000, 0, 37]);

  it('stays as it is where counts have changed by little, and nothing else', () => {
    expect(says(said, [1000, 0, 37])).toBe(said);
    expect(says(said, [1019, 0, 37])).toBe(said);
    expect(says(said, [981, 0, 37])).toBe(said);
  });

  it.each([
    ['a count by one in fifty', [1021, 0, 37]],
    ['a small count by one', [1000, 0, 38]],
    ['a count from none', [1000, 1, 37]],
    ['a count to none', [1000, 0, 0]],
  ])('changes with %s', (_, counts) => {
    expect(says(said, counts)).not.toBe(said);
  });

  it('changes with the state, and is exact in the end', () => {
    expect(says(said, [1000, 0, 37], false, 'paused')).not.toBe(said);
    const last = says(said, [1001, 0, 37], true);
    expect(last).not.toBe(said);
    expect(says(last, [1001, 0, 37], true)).toBe(last);
  });

  it('changes once where an older version has written it', () => {
    const older = says('kU3vO1nsbqGdfYEj0bQ2aaaa', [1000, 0, 37]);
    expect(older).toBe(said);
  });
});
