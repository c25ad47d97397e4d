import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { money, roundMoney } from '../../src/i18n/en/count.ts';
import { localMoney } from '../../src/i18n/money.ts';

const written = (amount: string, currency: string) => money({ amount, currency });

describe('an amount for people', () => {
  it.each([
    ['4.9', 'USD', '$4.90'],
    ['50', 'EUR', '€50.00'],
    ['5', 'CAD', 'CA$5.00'],
    ['1225', 'USD', '$1,225.00'],
    ['1000', 'JPY', '¥1,000'],
    ['1.5', 'KWD', 'KWD 1.500'],
    ['-3', 'USD', '-$3.00'],
    ['9.8', 'XYZ', '9.80 XYZ'],
    ['9.8', 'POINTS', '9.80 POINTS'],
  ])('%s %s is %s', (amount, currency, text) => {
    expect(written(amount, currency)).toBe(text);
  });

  it('is exact: more digits than the currency has are kept, and nothing is rounded', () => {
    expect(written('0.0049', 'USD')).toBe('$0.0049');
    expect(written('12345678901234567890.123456789012345678901234567891', 'USD')).toBe(
      '$12,345,678,901,234,567,890.123456789012345678901234567891',
    );
  });

  it('holds every digit of any amount', () => {
    const digits = fc.stringMatching(/^[1-9]\d{0,29}(\.\d{2,30})?$/);
    fc.assert(
      fc.property(digits, (amount) => {
        const plain = amount.includes('.') ? amount : `${amount}.00`;
        // Zeros at the end of more digits than two are not of the amount.
        const kept = plain.replace(/(\.\d\d\d*?)0*$/, '$1');
        expect(written(amount, 'USD').replace(/[$,]/g, '')).toBe(kept);
      }),
    );
  });

  it('of a limit has no cents where it has none', () => {
    expect(roundMoney({ amount: '20', currency: 'USD' })).toBe('$20');
    expect(roundMoney({ amount: '12.5', currency: 'USD' })).toBe('$12.50');
  });

  it('is written as in the language that a locale names', () => {
    expect(localMoney('de', { amount: '1225.5', currency: 'EUR' })).toBe('1.225,50 €');
  });
});
