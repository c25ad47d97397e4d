import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks, checksFor, severity } from '../../src/doctor/index.ts';
import { en } from '../../src/i18n/en.ts';
import { everyFinding } from './every-finding.ts';
import { discordSeeds } from './seeds/discord.ts';
import { hostSeeds } from './seeds/host.ts';
import { moneySeeds } from './seeds/money.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/doctor.md'), 'utf8');
const cells = (row: string) => row.split('|').map((cell) => cell.trim());
const rows = (page.match(/^\| \d+ +\| `.*$/gm) ?? []).map(cells);

describe('docs/doctor.md', () => {
  it('has each check, with its number, who sees it and what it needs', () => {
    const listed = rows.map(([, number, id, who, needs]) => ({ number: Number(number), id, who, needs }));
    const code = (text: string) => `\`${text}\``;
    const made = checksFor('operator').map((id) => {
      const { number, audience, needs } = checks[id];
      return { number, id: code(id), who: audience, needs: needs.map(code).join(', ') };
    });
    expect(made.length).toBeGreaterThan(30);
    expect(listed).toEqual(made);
  });
});

describe('checks', () => {
  it('have numbers of their own that ascend, and need only checks before them', () => {
    const all = Object.entries(checks);
    const numbers = all.map(([, { number }]) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    for (const [, { number, needs }] of all) for (const id of needs) expect(checks[id].number).toBeLessThan(number);
  });

  it('have a title each', () => {
    expect(Object.keys(en.doctor.titles).sort()).toEqual(Object.keys(checks).sort());
  });
});

/** What nothing here can bring about: the real service alone, or a mistake of the doctor itself. */
const notSown = [...['file_unreadable', 'store_read_only', 'intent_unreviewed', 'catalog_endless'], 'check_broke'];

describe('findings', () => {
  it('are all brought about by a misconfiguration, but for the few that cannot be', () => {
    const sown = new Set([...hostSeeds, ...discordSeeds, ...moneySeeds].flatMap(({ finds }) => finds));
    const codes = new Set([...sown].map((each) => each.split(': ')[1]));
    const missing = Object.keys(severity).filter((code) => !codes.has(code) && !notSown.includes(code));
    expect(missing).toEqual([]);
    expect(everyFinding.map(({ code }) => code).sort()).toEqual(Object.keys(severity).sort());
  });
});
