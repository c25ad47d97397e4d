import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choiceMenu, type MenuOption, peopleMenu } from '../../../src/views/kit/menu.ts';
import { menuRow, message, peopleRow } from '../../../src/views/kit/message.ts';
import { nasty } from '../samples.ts';
import { checkLimits } from '../seen.ts';

const count = fc.integer({ min: 0, max: 30 });
const ids = fc.uniqueArray(fc.bigInt({ min: 1n, max: 10n ** 18n }).map(String), { maxLength: 30 });
const options = (labels: readonly string[]): MenuOption[] =>
  labels.map((label, index) => ({
    label,
    value: String(index),
    description: label,
    chosen: index % 2 === 0,
  }));

describe('a menu', () => {
  it('of texts is one that Discord takes, whatever is offered and however much is chosen already', () => {
    fc.assert(
      fc.property(fc.array(nasty, { maxLength: 30 }), count, count, nasty, (labels, a, b, text) => {
        const range = { min: Math.min(a, b), max: Math.max(a, b) };
        const row = menuRow('menu:x', text, options(labels), range);
        checkLimits(message({ title: 'Menu', rows: [row] }));
        expect(row === undefined).toBe(labels.length === 0);
      }),
    );
  });

  it('of people, roles or channels is one that Discord takes, whoever is chosen already', () => {
    const kinds = fc.constantFrom('user' as const, 'role' as const, 'channel' as const);
    fc.assert(
      fc.property(kinds, ids, count, count, nasty, (kind, chosen, a, b, placeholder) => {
        const range = { min: Math.min(a, b), max: Math.max(a, b) };
        const row = peopleRow('menu:x', { kind, chosen, placeholder, ...range });
        checkLimits(message({ title: 'Menu', rows: [row] }));
      }),
    );
  });

  it('takes one, unless told otherwise, and shows what is chosen already', () => {
    const menu = choiceMenu('menu:x', 'Pick', options(['a', 'b']));
    expect(menu).not.toHaveProperty('max_values');
    expect(menu?.options.map((one) => one.default)).toEqual([true, undefined]);
    expect(peopleMenu('menu:x', { kind: 'role', placeholder: 'Who', chosen: ['7'] })).toEqual({
      ...{ type: 6, custom_id: 'menu:x', placeholder: 'Who' },
      default_values: [{ id: '7', type: 'role' }],
    });
  });

  it('from which nothing has to be chosen can be emptied', () => {
    const menu = peopleMenu('menu:x', { kind: 'user', placeholder: 'Who', min: 0, max: 3 });
    expect(menu).toMatchObject({ min_values: 0, max_values: 3 });
  });

  it('of channels offers those in which text can be posted', () => {
    expect(peopleMenu('menu:x', { kind: 'channel', placeholder: 'Where' })).toMatchObject({
      channel_types: [0],
    });
  });
});
