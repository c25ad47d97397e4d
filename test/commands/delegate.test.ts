import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { parseUntil } from '../../src/lib/parse-date.ts';
import { commandNamed, createApp } from './app.ts';

const complete = commandNamed('delegate', createApp()).complete?.until;
const offered = (typed: string) => complete?.(typed).map(({ value }) => value);

describe('what /delegate offers for until when', () => {
  it('is everything that can be taken, and fewer as somebody types', () => {
    expect(offered('')?.length).toBeLessThanOrEqual(25);
    expect(offered(' T')).toEqual(['Today', 'Tomorrow', 'Tuesday', 'Thursday']);
    expect(offered('2')).toEqual(['2 weeks']);
    expect(offered('2026-12-01')).toEqual([]);
  });

  it('can all be taken', () => {
    const around = { now: Date.UTC(2026, 2, 7), timeZone: 'UTC', says: en.rewardTimes.says };
    expect(offered('')?.filter((each) => typeof parseUntil(each, around) !== 'number')).toEqual([]);
  });
});
