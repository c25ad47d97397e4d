import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../../src/lib/dates/calendar.ts';
import { forecast, type Need } from '../../../../src/orders/notify/alerts/forecast.ts';

const NOW = Date.UTC(2026, 0, 5, 12);
const nothing = { balance: '100', threshold: undefined, spent: '0', needs: [], now: NOW };
const need = (reference: string, amount: string, startsAt?: number): Need => ({
  reference,
  kind: 'giveaway',
  startsAt,
  amount,
});

describe('a forecast', () => {
  it('says nothing where nothing was spent, and nothing is needed', () => {
    expect(forecast(nothing)).toEqual({ line: '0', lastsUntil: undefined, short: undefined });
  });

  it('lasts as long as the pace of the last seven days allows, and is low at less than three days of it', () => {
    // 20 a day.
    const told = forecast({ ...nothing, balance: '50', spent: '140' });
    expect(told.line).toBe('60');
    expect(told.lastsUntil).toBe(NOW + 2.5 * DAY_MS);
    expect(forecast({ ...nothing, balance: '-5', spent: '140' }).lastsUntil).toBe(NOW);
    // A cent, and a balance without end, are still a date.
    const far = forecast({ ...nothing, balance: '9'.repeat(25), spent: '0.01' }).lastsUntil;
    expect(new Date(far ?? 0).getTime()).toBe(8.64e15);
  });

  it('names the first campaign that the balance does not suffice for, after those before it, and what is lacking', () => {
    const needs = [need('LATER1', '500', NOW + 6 * DAY_MS), need('SOON12', '70', NOW + DAY_MS), need('NOW123', '50')];
    const told = forecast({ ...nothing, needs });
    expect(told.line).toBe('620');
    expect(told.short).toEqual({ need: needs[1], lacking: '20' });
    expect(forecast({ ...nothing, balance: '620', needs }).short).toBeUndefined();
  });

  it('leaves out what starts in more than a week', () => {
    const needs = [need('FAR123', '500', NOW + 7 * DAY_MS + 1)];
    expect(forecast({ ...nothing, needs })).toMatchObject({ line: '0', short: undefined });
    expect(forecast({ ...nothing, needs: [need('FAR123', '500', NOW + 7 * DAY_MS)] }).short?.lacking).toBe('400');
  });

  it('is low below the highest of all three', () => {
    const needs = [need('SOON12', '70', NOW + DAY_MS)];
    expect(forecast({ ...nothing, threshold: '80', spent: '70', needs }).line).toBe('80');
    expect(forecast({ ...nothing, threshold: '60', spent: '70', needs }).line).toBe('70');
    expect(forecast({ ...nothing, threshold: '60', spent: '700', needs }).line).toBe('300');
  });

  it('is short exactly where needs are more than the balance, and by no more than they are', () => {
    const cents = fc.integer({ min: 1, max: 20_000 });
    const soon = fc.record({ amount: cents, hours: fc.integer({ min: -48, max: 168 }) });
    fc.assert(
      fc.property(fc.integer({ min: -1_000, max: 50_000 }), fc.array(soon, { maxLength: 8 }), (balance, all) => {
        const needs = all.map(({ amount, hours }, at) =>
          need(`N${at}`, (amount / 100).toFixed(2), NOW + hours * 3_600_000),
        );
        const { short, line } = forecast({ ...nothing, balance: (balance / 100).toFixed(2), needs });
        const needed = all.reduce((sum, { amount }) => sum + amount, 0);
        expect(short !== undefined).toBe(all.length > 0 && needed > balance);
        expect(Math.round(Number(line) * 100)).toBe(needed);
        if (short) expect(Math.round(Number(short.lacking) * 100)).toBeLessThanOrEqual(needed - balance);
      }),
    );
  });
});
