import { describe, expect, it } from 'vitest';
import type { CommandView, GuildView, OptionValues, OptionView } from '../../sandbox/page/contract.ts';

interface Filled {
  text: string;
  value?: string | number | boolean;
}

// The page's scripts run in a browser as they are; this one needs none.
const file = new URL('../../sandbox/page/client/command-line.js', import.meta.url).href;
const { fitting, pickable, valuesOf, wrongWith } = (await import(file)) as {
  fitting(commands: readonly CommandView[], typed: string): CommandView[];
  pickable(option: OptionView, guild: GuildView | undefined): { name: string; value: unknown }[];
  valuesOf(options: readonly OptionView[], fields: Record<string, Filled>): OptionValues;
  wrongWith(option: OptionView, filled: Filled | undefined): string | undefined;
};

const option = (more: Partial<OptionView>): OptionView => ({
  ...{ name: 'what', description: 'What', type: 'text', required: false, choices: [] },
  ...{ min: null, max: null, minLength: null, maxLength: null, completes: false },
  ...more,
});
const command = (name: string, description = ''): CommandView => ({
  name,
  description,
  options: [],
});
const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);

const guild = {
  members: [
    { id: '1', name: 'Ada' },
    { id: '2', name: 'Bob' },
  ],
  roles: [{ id: '3', name: 'Team' }],
  channels: [{ id: '4', name: 'quiz' }],
} as GuildView;

describe('what is typed after a slash', () => {
  const commands = [command('balance', 'What is left'), command('buy', 'Buy cards'), command('why')];

  it('finds commands that begin with it, and then those that are about it', () => {
    expect(names(fitting(commands, 'b'))).toEqual(['balance', 'buy']);
    expect(names(fitting(commands, ' BU '))).toEqual(['buy']);
    expect(names(fitting(commands, 'left'))).toEqual(['balance']);
    expect(names(fitting(commands, ''))).toEqual(['balance', 'buy', 'why']);
    expect(fitting(commands, 'nothing')).toEqual([]);
  });

  it('is found by what it is about only once that is more than a letter', () => {
    expect(names(fitting(commands, 'w'))).toEqual(['why']);
    expect(names(fitting(commands, 'wh'))).toEqual(['why', 'balance']);
  });
});

describe('what an option takes', () => {
  const whole = option({ name: 'quantity', type: 'integer', min: 1, max: 100 });
  const wrong: [string, OptionView, string, string | undefined][] = [
    ['nothing where nothing has to be', option({}), '', undefined],
    ['nothing where something has to be', option({ required: true }), '  ', 'what is required.'],
    ['a whole number', whole, '100', undefined],
    ['a number over the most', whole, '101', 'quantity: at most 100, not 101.'],
    ['a number under the least', whole, '0', 'quantity: at least 1, not 0.'],
    ['a fraction', whole, '1.5', 'quantity: a whole number, not 1.5.'],
    ['words in place of a number', whole, 'two', 'quantity: a whole number, not two.'],
    ['an exponent', whole, '1e2', 'quantity: a whole number, not 1e2.'],
    ['a decimal number', option({ type: 'number' }), '12.50', undefined],
    ['a comma', option({ type: 'number' }), '12,50', 'what: a number, not 12,50.'],
    ['a short text', option({ minLength: 3 }), 'ab', 'what: at least 3 characters.'],
    ['a long text', option({ maxLength: 3 }), 'abcd', 'what: at most 3 characters.'],
    ['a text of just that length', option({ minLength: 3, maxLength: 3 }), 'abc', undefined],
    ['a person by words', option({ type: 'user' }), 'Ada', 'what: pick one from the list.'],
    [
      'what is not on a list',
      option({ choices: [{ name: 'Day', value: 'day' }] }),
      'year',
      'what: pick one from the list.',
    ],
  ];
  it.each(wrong)('judges %s', (_, one, text, says) => {
    expect(wrongWith(one, { text })).toBe(says);
  });

  it('is whatever was picked from its list', () => {
    expect(wrongWith(option({ type: 'user' }), { text: '@Ada', value: '1' })).toBeUndefined();
    expect(wrongWith(option({ required: true }), undefined)).toBe('what is required.');
  });
});

describe('what there is to pick', () => {
  it('is people, roles and channels of the server', () => {
    expect(names(pickable(option({ type: 'user' }), guild))).toEqual(['@Ada', '@Bob']);
    expect(names(pickable(option({ type: 'role' }), guild))).toEqual(['@Team']);
    expect(names(pickable(option({ type: 'channel' }), guild))).toEqual(['#quiz']);
    const anybody = option({ type: 'mentionable' });
    expect(names(pickable(anybody, guild))).toEqual(['@Ada', '@Bob', '@Team']);
    expect(pickable(option({ type: 'user' }), undefined)).toEqual([]);
  });

  it('is yes or no, the choices of an option, or nothing for a text', () => {
    expect(names(pickable(option({ type: 'boolean' }), guild))).toEqual(['True', 'False']);
    const choices = [{ name: 'Day', value: 'day' }];
    expect(pickable(option({ choices }), guild)).toEqual(choices);
    expect(pickable(option({}), guild)).toEqual([]);
  });
});

describe('what is sent', () => {
  it('is numbers as numbers, yes and no as such, what was picked by its id, and no empty option', () => {
    const options = [
      option({ name: 'item' }),
      option({ name: 'quantity', type: 'integer' }),
      option({ name: 'amount', type: 'number' }),
      option({ name: 'again', type: 'boolean' }),
      option({ name: 'never', type: 'boolean' }),
      option({ name: 'member', type: 'user' }),
      option({ name: 'reason' }),
      option({ name: 'note' }),
    ];
    expect(
      valuesOf(options, {
        item: { text: ' Google Play US 5 USD ', value: 'google-play-usd-5' },
        quantity: { text: '2' },
        amount: { text: '4.90' },
        again: { text: 'True', value: 'true' },
        never: { text: 'False', value: 'false' },
        member: { text: '@Ada', value: '1' },
        reason: { text: ' Friday quiz ' },
        note: { text: '   ' },
      }),
    ).toEqual({
      ...{ item: 'google-play-usd-5', quantity: 2, amount: 4.9, again: true, never: false },
      ...{ member: '1', reason: 'Friday quiz' },
    });
  });
});
