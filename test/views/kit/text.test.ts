import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipped, inCode, moment, plain, saving } from '../../../src/views/kit/text.ts';
import { nasty, usd } from '../samples.ts';

describe('text from users and from the catalog', () => {
  it('neither formats, links nor mentions', () => {
    expect(plain('**Win** <@1> @everyone [here](https://evil.example)')).toBe(
      '\\*\\*Win\\*\\* \\<\\@1\\> \\@everyone \\[here\\](https\\://evil.example)',
    );
    expect(plain('- a_b `c` ||d|| ~e~ \\ > # 5')).toBe('\\- a\\_b \\`c\\` \\|\\|d\\|\\| \\~e\\~ \\\\ \\> \\# 5');
  });

  it('names no command', () => {
    expect(plain('/buy it, or (/reward list)')).toBe('\\/buy it, or (\\/reward list)');
    expect(plain('PC/Mac 1/2 w/o')).toBe('PC/Mac 1/2 w/o');
  });

  it('leaves ordinary names as they are', () => {
    expect(plain('Google Play 5 USD (US)')).toBe('Google Play 5 USD (US)');
    expect(plain("Steam: 10,00 € – it's a gift-card & more")).toBe("Steam: 10,00 € – it's a gift-card & more");
  });

  it('is one line of bounded length, with every special character escaped', () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 2, max: 200 }), (text, limit) => {
        const shown = plain(text, limit);
        expect(shown.length).toBeLessThanOrEqual(2 * limit);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
        expect(shown.replaceAll(/\\[^0-9A-Za-z\s]/g, '')).not.toMatch(/[\\*_~|`<>@[\]#]|:\/\//);
      }),
    );
  });

  it('cannot turn the reading direction of the amounts after it', () => {
    expect(plain('Card\u202e ثمن\u2067')).toBe('Card ثمن');
  });

  it('is cut between characters, and says so', () => {
    expect(clipped('abcdef', 4)).toBe('abc…');
    expect(clipped('ab😀cd', 4)).toBe('ab…');
    expect(clipped(' a \n\t b ', 4)).toBe('a b');
  });

  it('stays inside its code span', () => {
    expect(inCode('a`b``c')).toBe("`a'b''c`");
    fc.assert(
      fc.property(nasty, (text) => {
        expect(inCode(text)).toMatch(/^`[^`\n]*`$/);
      }),
    );
  });
});

describe('what is saved', () => {
  it.each([
    ['9.8', '10', '2%'],
    ['0.71', '1', '29%'],
    ['9.99', '10', undefined],
    ['10', '10', undefined],
    ['11', '10', undefined],
    ['0', '10', '100%'],
    ['0', '0', undefined],
  ])('of %s for %s is %s, in whole percent and never rounded up', (charged, face, shown) => {
    expect(saving(usd(charged), usd(face))).toBe(shown);
  });

  it('is not said across currencies', () => {
    expect(saving(usd('9.8'), { amount: '10', currency: 'EUR' })).toBeUndefined();
  });
});

it('shows a moment in the time zone of whoever reads it', () => {
  expect(moment(1_767_614_400_999, 'R')).toBe('<t:1767614400:R>');
});
