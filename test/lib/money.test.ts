import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  amountText,
  compare,
  isMoreThan,
  money,
  moneyText,
  subtract,
  times,
  toAmount,
} from '../../src/lib/money.ts';

describe('money', () => {
  it('multiplies exactly: 0.10 three times is 0.30', () => {
    expect(moneyText(times(money('0.10', 'USD'), 3))).toBe('0.30 USD');
    expect(moneyText(times(money(0.1, 'USD'), 3))).toBe('0.30 USD');
  });

  it('takes the same amount from text and from a JSON number', () => {
    expect(toAmount('14.70')).toBe(toAmount(14.7));
    expect(toAmount(JSON.parse('5.00'))).toBe('5');
    expect(toAmount('1e3')).toBe('1000');
  });

  it('refuses what is not an amount', () => {
    for (const bad of ['', 'abc', '1,50', 'NaN', Number.NaN, Number.POSITIVE_INFINITY, '0x10']) {
      expect(() => toAmount(bad)).toThrow(RangeError);
    }
  });

  it.each([
    ['5,000.00', '5000'],
    ['1,470.00', '1470'],
    ['1,234,567.89', '1234567.89'],
    ['5,000', '5000'],
    ['-1,470.5', '-1470.5'],
    ['1 470.00', '1470'],
    ['1\u00a0470,00', '1470'],
    ['1\u202f234\u202f567', '1234567'],
    ["1'470.00", '1470'],
    ['1\u2019234\u2019567.25', '1234567.25'],
    ['1.470,00', '1470'],
    ['1.234.567', '1234567'],
    ['1.234.567,8', '1234567.8'],
    ['1,234.567', '1234.567'],
    // CardPlusPay documents the point as what parts decimals.
    ['1.470', '1.47'],
  ])('reads what groups its thousands where that is the only reading: %s', (text, amount) => {
    expect(toAmount(text)).toBe(amount);
  });

  it.each([
    ...['1,47', '5,00', '4,9', '1,0000', '0,470', '1,470,00', '1.470.00', '1,2345.00', '12,34,567.00'],
    ...['1 470 00', '1,470 000', ',470', '1,470,', '1,470.', '1,,470', '1 .470', '$4.90', '4.90 USD', '1,470.00.00'],
    ...[`1${',000'.repeat(40)}`, '9'.repeat(2_000_000)],
  ])('refuses what could be read in two ways, or in none: %.20s', (text) => {
    expect(() => toAmount(text)).toThrow(RangeError);
  });

  it('reads whatever is grouped by thousands as the same amount without', () => {
    const signs = fc.constantFrom(',', ' ', '\u00a0', '\u202f', "'");
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.nat(99), signs, (whole, cents, sign) => {
        const decimals = String(cents).padStart(2, '0');
        const grouped = String(whole).replaceAll(/\B(?=(\d{3})+$)/g, sign);
        expect(toAmount(`${grouped}.${decimals}`)).toBe(toAmount(`${whole}.${decimals}`));
      }),
    );
  });

  it("shows the currency's own digits, and never rounds away more", () => {
    expect(moneyText(money('9.8', 'usd'))).toBe('9.80 USD');
    expect(moneyText(money('1500', 'JPY'))).toBe('1500 JPY');
    expect(moneyText(money('0.8555', 'USD'))).toBe('0.8555 USD');
    expect(amountText(money('1.5', 'KWD'))).toBe('1.500');
    expect(moneyText(money('3', 'POINTS'))).toBe('3.00 POINTS');
  });

  it('never mixes currencies', () => {
    expect(() => add(money('1', 'USD'), money('1', 'EUR'))).toThrow('USD');
    expect(() => compare(money('1', 'USD'), money('1', 'EUR'))).toThrow('EUR');
  });

  it('adds up and takes away without losing anything', () => {
    const cents = fc.integer({ min: 0, max: 10_000_000_00 });
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        const [x, y] = [money((a / 100).toFixed(2), 'USD'), money((b / 100).toFixed(2), 'USD')];
        expect(subtract(add(x, y), y)).toEqual(x);
        expect(isMoreThan(x, y)).toBe(a > b);
      }),
    );
  });
});
