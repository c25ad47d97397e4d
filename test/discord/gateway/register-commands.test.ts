import type { RESTPostAPIChatInputApplicationCommandsJSONBody as Definition } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { isRegistered } from '../../../src/discord/gateway/register-commands.ts';

const buy: Definition = {
  name: 'buy',
  description: 'Buy cards',
  options: [
    {
      type: 3,
      name: 'item',
      description: 'Which',
      required: true,
      autocomplete: true,
      max_length: 100,
    },
    {
      type: 4,
      name: 'quantity',
      description: 'How many',
      required: false,
      min_value: 0,
      max_value: 100,
    },
    {
      type: 3,
      name: 'how',
      description: 'How',
      choices: [
        { name: 'fast', value: 'F' },
        { name: 'slow', value: 'S' },
      ],
    },
  ],
};
const orders: Definition = { name: 'orders', description: 'Your orders' };

/** As Discord lists it: with ids and empty values of its own, and defaults left out. */
const listed = (definition: Definition) =>
  ({
    id: '1',
    application_id: '2',
    guild_id: '3',
    version: '4',
    type: 1,
    default_member_permissions: null,
    nsfw: false,
    name_localizations: null,
    description_localizations: null,
    integration_types: [0],
    contexts: null,
    ...structuredClone(definition),
    options: definition.options?.map((option) => {
      const { required, ...rest } = structuredClone(option) as { required?: boolean };
      return { ...rest, ...(required && { required }), name_localizations: null };
    }),
  }) as unknown as Definition;

/** Discord's list, once something in it is changed. */
function changed(change: (command: { [key: string]: unknown; options: Record<string, unknown>[] }) => void) {
  const theirs = listed(buy);
  change(theirs as never);
  return [listed(orders), theirs];
}

describe('what is registered', () => {
  it('is the same in any order, with all that Discord adds and leaves out', () => {
    expect(isRegistered([buy, orders], [listed(orders), listed(buy)])).toBe(true);
    expect(isRegistered([listed(buy)], [buy])).toBe(true);
    expect(isRegistered([], [])).toBe(true);
  });

  it.each<[string, Parameters<typeof changed>[0]]>([
    ['a description', (command) => (command.description = 'Buy more')],
    ['a missing option', (command) => command.options.pop()],
    ['a new option', (command) => command.options.push({ type: 3, name: 'x', description: 'x' })],
    ['the order of options', (command) => command.options.reverse()],
    ['an option’s description', ({ options: [item] }) => Object.assign(item ?? {}, { description: 'x' })],
    [
      'an option that is required now',
      ({ options: [, quantity] }) => Object.assign(quantity ?? {}, { required: true }),
    ],
    ['an option that does not complete', ({ options: [item] }) => delete item?.autocomplete],
    ['a highest number', ({ options: [, quantity] }) => Object.assign(quantity ?? {}, { max_value: 99 })],
    ['a lowest number that was 0', ({ options: [, quantity] }) => delete quantity?.min_value],
    ['a length', ({ options: [item] }) => Object.assign(item ?? {}, { max_length: 10 })],
    ['a choice', ({ options }) => Object.assign(options[2] ?? {}, { choices: [{ name: 'fast', value: 'X' }] })],
    ['a translation', (command) => (command.name_localizations = { de: 'kaufen' })],
    ['who may use it', (command) => (command.default_member_permissions = '0')],
  ])('differs by %s', (_, change) => {
    expect(isRegistered([buy, orders], changed(change))).toBe(false);
  });

  it('has menus of people and messages, which Discord lists with no description', () => {
    const menu = { type: 2, name: 'Send a gift card' } as const;
    expect(isRegistered([buy, menu], [listed(buy), { ...menu, description: '' } as never])).toBe(true);
    expect(isRegistered([menu], [{ ...menu, type: 3 }])).toBe(false);
  });

  it('differs by a command too many or too few', () => {
    expect(isRegistered([buy], [listed(buy), listed(orders)])).toBe(false);
    expect(isRegistered([buy, orders], [listed(buy)])).toBe(false);
  });
});
