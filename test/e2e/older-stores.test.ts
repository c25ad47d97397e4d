import { describe, expect, it } from 'vitest';
import { addPerson } from './dropping.ts';
import { answerTo, olderVersions, orderOf, SOON, standing, startOlderTown } from './older-town.ts';
import { runAuditVerify } from './resolve-process.ts';
import { eventually, purchases } from './town.ts';

describe('the store that a released version left', () => {
  it('is there of several', () => {
    expect(olderVersions).toContain('0.1.0');
    expect(olderVersions.length).toBeGreaterThan(1);
  });

  it.each(olderVersions)('%s is gone on with, whole: its orders, its record, its buttons', async (version) => {
    const town = await startOlderTown(SOON, version);
    const { ada, bot, vendor } = town;
    // The purchase that was out when it was killed reaches who it was for, and nothing is bought for it.
    const [lost] = vendor.orders().slice(-1);
    const codes = (lost?.codes ?? []).map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(0);
    const told = () => standing(town).some(({ text }) => codes.every((code) => text.includes(code)));
    await eventually(told, () => `${codes} in a direct message`);
    expect(purchases(town)).toBe(0);

    const entries = await town.store.rows('entries');
    const orders = new Set(entries.flatMap(({ namespace, seq }) => (namespace === 'orders' ? [String(seq)] : [])));
    const holds = (await town.store.rows('holds')).filter(({ entry }) => orders.has(String(entry)));
    const references = holds.flatMap(({ name }) => /^reference\/(.+)$/.exec(String(name))?.[1] ?? []);
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) expect((await orderOf(ada, reference)).text).toContain(reference);

    const zoe = addPerson(town, { name: 'zoe' });
    const message = await (await zoe.here.run('rewards')).settled();
    const ids = new Set(standing(town).flatMap(({ buttons }) => buttons.flatMap(({ customId }) => customId ?? [])));
    expect(ids.size).toBeGreaterThan(10);
    for (const id of ids) {
      const answer = await answerTo(await zoe.here.press(message, id, { forged: true }));
      expect(answer, id).not.toContain('has expired');
    }
    expect(standing(town).filter(({ text }) => text.includes("can't be read"))).toEqual([]);
    await bot.stop();
    expect((await runAuditVerify(town.environment)).said).toContain('The audit log is complete');
  });
});
