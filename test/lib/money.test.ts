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
