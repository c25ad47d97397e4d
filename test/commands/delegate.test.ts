import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { parseUntil } from '../../src/lib/dates/parse-date.ts';
import { commandNamed, completed, createApp } from './app.ts';

const delegate = commandNamed('delegate', createApp());
const offered = async (typed: string) => (await completed(delegate, 'until', typed)).map(({ value }) => value);

describe('what /delegate offers for until when', () => {
  it('is everything that can be taken, and fewer as somebody types', async () => {
    expect((await offered('')).length).toBeLessThanOrEqual(25);
    expect(await offered(' T')).toEqual(['Today', 'Tomorrow', 'Tuesday', 'Thursday']);
    expect(await offered('2')).toEqual(['2 weeks']);
    expect(await offered('2026-12-01')).toEqual([]);
  });

  it('can all be taken', async () => {
    const around = { now: Date.UTC(2026, 2, 7), timeZone: 'UTC', says: en.rewardTimes.says };
    expect((await offered('')).filter((each) => typeof parseUntil(each, around) !== 'number')).toEqual([]);
  });
});
