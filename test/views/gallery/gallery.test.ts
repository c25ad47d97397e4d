import { describe, expect, it } from 'vitest';
import { checkLimits, mainButtons, seen } from '../seen.ts';
import { unlike } from './drawing/page-of.ts';
import { type Reader, readers, type Sample } from './sample.ts';
import { areas } from './samples.ts';

/** Commands that not everybody has (commands/). */
const needs: Readonly<Record<string, Reader>> = {
  ...{ approvals: 'approver', delegate: 'approver', audit: 'approver' },
  ...{ settings: 'admin', setup: 'admin', review: 'admin', cases: 'admin', stop: 'admin', resume: 'admin' },
};

const all = Object.values(areas).flat();
/** What is not as it should be, with where it is. */
const found = (pattern: RegExp, samples: readonly Sample[] = all) =>
  samples.flatMap(({ name, view }) => [...seen(view).matchAll(pattern)].map(([match]) => `${name}: ${match}`));

describe('every message', () => {
  it('is there in each of its states', () => {
    expect(all.length).toBeGreaterThan(500);
  });

  it.each(Object.keys(areas))('is one that Discord takes: %s', (area) => {
    for (const { name, view } of areas[area] ?? []) {
      expect(() => checkLimits(view), name).not.toThrow();
      expect(mainButtons(view).length).toBeLessThanOrEqual(1);
    }
  });

  it('has no "in 2 hours" after a word that wants a moment', () => {
    expect(found(/\b(until|since|before|by|after) <t:\d+:R>/gi)).toEqual([]);
  });

  it('tells nobody to run a command that they do not have', () => {
    const beyond = all.flatMap((sample) => {
      const names = [...seen(sample.view).matchAll(/(?<![\w/.-])\/([a-z]+)/g)].map(([, name = '']) => name);
      const lacking = names.filter((name) => readers.indexOf(needs[name] ?? 'member') > readers.indexOf(sample.reader));
      return lacking.map((name) => `${sample.name}: /${name}`);
    });
    expect(beyond).toEqual([]);
  });

  it('counts as people do', () => {
    expect(
      found(/(?<![\d.,$€])\b1 (cards|hours|days|people|orders|entries|codes|minutes|members|seconds|winners)\b/g),
    ).toEqual([]);
    expect(found(/\b(?:0|[2-9]|\d\d+) (card|hour|day|person|entry|minute|member|winner)\b/g)).toEqual([]);
  });
});

describe('the words of every message', () => {
  it.each(Object.entries(areas))('are these: %s', async (area, samples) => {
    const written = unlike(samples).map(({ name, view }) => `# ${name}\n${seen(view)}`);
    await expect(`${written.join('\n\n')}\n`).toMatchFileSnapshot(`__snapshots__/${area}.txt`);
  });
});
