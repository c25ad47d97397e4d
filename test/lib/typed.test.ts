import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seenText, typedAmount } from '../../src/lib/typed.ts';

describe('an amount that somebody types', () => {
  it.each([
    ['5', '5'],
    [' 12.50 ', '12.50'],
    ['4,90', '4.90'],
    ['4,9', '4.9'],
    ['1 000', '1000'],
    ['1\u00a0000,5', '1000.5'],
    ['1\u202f000', '1000'],
    ["1'000.50", '1000.50'],
    ['1,470.00', '1470.00'],
    ['1.470,00', '1470.00'],
    ['1,000,000', '1000000'],
    ['1.000.000', '1000000'],
    // A point is what the form asks for.
    ['1.250', '1.250'],
    ['\u200b5\u200f', '5'],
  ])('"%s" is %s', (typed, amount) => {
    expect(typedAmount(typed)).toBe(amount);
  });

  it.each([
    ...[
      '',
      ' ',
      '\u200b',
      '-1',
      '+5',
      '1,000',
      '12,345',
      '€5',
      '$5',
      '5 USD',
      'USD 5',
      '1e3',
      '0x10',
      '1,00,000',
      '1,0,0',
    ],
    ...['1.000.00', '1,000,00', '1 000 00', '1,000.', '.5', ',5', '5,', '∞', 'NaN', '½', '٥', '５', '1/2', '5%'],
  ])('"%s" is none that is certain', (typed) => {
    expect(typedAmount(typed)).toBeUndefined();
  });

  it('is read as it was meant wherever it was written, or not at all', () => {
    const cents = fc.integer({ min: 0, max: 99_999_999 });
    const places = fc.constantFrom('en', 'de', 'fr', 'de-CH', 'es', 'sv', 'pt-BR');
    fc.assert(
      fc.property(cents, places, fc.boolean(), fc.constantFrom(0, 1, 2), (value, place, useGrouping, digits) => {
        const amount = Number((value / 100).toFixed(digits));
        const format = { useGrouping, minimumFractionDigits: digits, maximumFractionDigits: digits };
        const read = typedAmount(new Intl.NumberFormat(place, format).format(amount));
        const isDecimalPoint = useGrouping && digits === 0 && ['de', 'es', 'pt-BR'].includes(place);
        if (!isDecimalPoint) expect([undefined, amount]).toContain(read === undefined ? undefined : Number(read));
      }),
      { numRuns: 2000 },
    );
  });

  it('whatever it is, is a plain decimal or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0123456789.,' €-e\u00a0") }), (typed) => {
        expect(typedAmount(typed) ?? '0').toMatch(/^\d+(\.\d+)?$/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what somebody writes', () => {
  it.each([
    ['\u200b\u2060 \ufeff', ''],
    ['\u202eevil\u202c', 'evil'],
    ['a\u00adb', 'ab'],
    ['e\u0301', 'é'],
    ['one\u00a0two\u3000three', 'one two three'],
    ['one\ntwo', 'one\ntwo'],
    ['👨‍👩‍👧', '👨‍👩‍👧'],
    ['\u200d👩🏽‍🚀\u200d', '👩🏽‍🚀'],
    ['می‌خواهم', 'می‌خواهم'],
    ['שלום', 'שלום'],
  ])('%j is %j', (text, seen) => {
    expect(seenText(text)).toBe(seen);
  });

  it('stays as it is once it was read so', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(seenText(seenText(text))).toBe(seenText(text));
      }),
    );
  });
});
