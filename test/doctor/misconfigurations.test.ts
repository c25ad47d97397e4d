import { describe, expect, it } from 'vitest';
import { severity } from '../../src/doctor/index.ts';
import { openClinic } from './clinic.ts';
import { discordSeeds } from './seeds/discord.ts';
import { hostSeeds } from './seeds/host.ts';
import { moneySeeds } from './seeds/money.ts';

const seeds = [...hostSeeds, ...discordSeeds, ...moneySeeds];
const isRoot = process.getuid?.() === 0;

describe('a misconfiguration', () => {
  it.for(seeds.filter(({ isForRoot }) => isRoot || !isForRoot))('$name is named, and nothing else', async (seed) => {
    const clinic = await openClinic(seed.vendor && { vendor: seed.vendor() });
    await seed.sow(clinic);
    const { worst, checks } = await clinic.examine();
    const found = checks.flatMap(({ id, findings }) => findings.map(({ code }) => `${id}: ${code}`));
    expect(found).toEqual(seed.finds);
    const skipped = checks.filter(({ state }) => state === 'skipped');
    expect(skipped.map(({ id }) => id).sort()).toEqual([...new Set(seed.skips)].sort());
    // Each of them for what was found, and for nothing else.
    const named = new Set(seed.finds.map((each) => each.split(':')[0]));
    expect(skipped.filter(({ because = '' }) => !named.has(because))).toEqual([]);
    const severities = checks.flatMap(({ findings }) => findings.map(({ code }) => severity[code]));
    expect(worst).toBe(severities.includes('failure') ? 'failure' : 'warning');
  });

  it('is one of more than fifty', () => {
    expect(new Set(seeds.map(({ name }) => name)).size).toBe(seeds.length);
    expect(seeds.length).toBeGreaterThanOrEqual(50);
  });
});
