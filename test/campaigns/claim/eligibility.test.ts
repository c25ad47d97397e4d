import { describe, expect, it } from 'vitest';
import { lacks } from '../../../src/campaigns/claim/eligibility.ts';

const DAY = 24 * 60 * 60_000;
const NOW = Date.UTC(2026, 2, 7, 12);
const somebody = { roles: ['fans'], createdAt: NOW - 30 * DAY, joinedAt: NOW - 7 * DAY };

describe('who may have a card', () => {
  it('is everybody, where nothing is asked', () => {
    expect(lacks({}, { roles: [] }, NOW)).toEqual([]);
  });

  it.each([
    ['the role', { role: 'fans' }],
    ['an account of 30 days', { accountDays: 30 }],
    ['a week in the server', { memberDays: 7 }],
    ['a week without a card, where they never had one', { quietDays: 7 }],
  ])('is whoever has %s', (_, rules) => {
    expect(lacks(rules, somebody, NOW)).toEqual([]);
  });

  it.each([
    [{ role: 'crew' }, [{ rule: 'role', role: 'crew' }]],
    [{ accountDays: 31 }, [{ rule: 'account', days: 31 }]],
    [{ memberDays: 8 }, [{ rule: 'member', days: 8 }]],
  ])('is nobody who lacks it: %o', (rules, lacking) => {
    expect(lacks(rules, somebody, NOW)).toEqual(lacking);
  });

  it('is whoever was sent their last card long enough ago, to the millisecond', () => {
    const at = (rewardedAt: number) => lacks({ quietDays: 7 }, { ...somebody, rewardedAt }, NOW);
    expect(at(NOW - 7 * DAY)).toEqual([]);
    expect(at(NOW - 7 * DAY + 1)).toEqual([{ rule: 'quiet', days: 7 }]);
  });

  it('is nobody of whom Discord does not tell how long they have been there', () => {
    expect(lacks({ accountDays: 1, memberDays: 1 }, { roles: [] }, NOW)).toEqual([
      { rule: 'account', days: 1 },
      { rule: 'member', days: 1 },
    ]);
  });

  it('is told all that they lack at once', () => {
    const rules = { role: 'crew', accountDays: 31, memberDays: 8, quietDays: 1 };
    const told = lacks(rules, { ...somebody, rewardedAt: NOW }, NOW);
    expect(told.map(({ rule }) => rule)).toEqual(['role', 'account', 'member', 'quiet']);
  });
});
