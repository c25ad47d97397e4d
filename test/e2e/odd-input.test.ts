import { describe, expect, it } from 'vitest';
import { CARD } from './approving.ts';
import { startTown, type Town } from './town.ts';

interface Option {
  readonly type: number;
  readonly name: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly value: string }[];
  readonly max_length?: number;
  readonly min_value?: number;
  readonly max_value?: number;
  readonly options?: readonly Option[];
}

const SUBCOMMAND = 1;
const STRING = 3;
const INTEGER = 4;
const NUMBER = 10;
const texts = [
  ...['\u200b\u200b\u200b', '\u202eevil\u202c', '🐙'.repeat(3000), 'x'.repeat(6000), '`'.repeat(90), '@everyone **x**'],
  ...[
    '\u0000\u0007',
    '\ud83d',
    '-1',
    '1e999',
    '9'.repeat(40),
    '<t:99999999999>',
    'constructor',
    '__proto__',
    '4,90',
    ' ',
  ],
  ...['1,000', '€5', '5 USD', '\u0661\u0662', '%s%n', '../../etc/passwd', '{"a":1}', 'e\u0301'.repeat(20), '\n\n'],
];
const numbers = [0.1 + 0.2, 5e-324, 1e308, 1e21];

/** Every command that can be typed, with its options. */
function typedCommands(commands: readonly Option[]): [string, readonly Option[]][] {
  return commands.flatMap(({ name, options = [] }): [string, readonly Option[]][] => {
    const inner = options.filter(({ type }) => type === SUBCOMMAND);
    if (inner.length === 0) return [[name, options]];
    return inner.map((each) => [`${name} ${each.name}`, each.options ?? []]);
  });
}

function usual({ bob, channelId }: Town, { name, type, min_value: least }: Option) {
  if (name === 'item') return CARD;
  if (type === STRING) return name === 'ends' ? '1 hour' : 'AAAAAA';
  if (type === INTEGER || type === NUMBER) return least ?? 1;
  return type === 6 ? bob.id : channelId;
}

const isFree = ({ type, choices = [] }: Option) => (type === STRING && choices.length === 0) || type === NUMBER;

function oddValues({ type, max_length: most = 6000, min_value: least = 0, max_value: highest }: Option) {
  if (type === NUMBER) return numbers.filter((each) => each >= least && each <= (highest ?? each));
  return texts.map((each) => each.slice(0, most)).filter((each) => each.length > 0);
}

describe('whatever is typed', () => {
  it('into any option of any command has an answer in words, and never breaks anything', async () => {
    const town = await startTown();
    const commands = typedCommands(town.discord.commands(town.guildId) as unknown as Option[]);
    const broken: string[] = [];
    let tried = 0;
    for (const [command, options] of commands) {
      const needed = options.filter(({ required }) => required);
      for (const option of options.filter(isFree)) {
        for (const odd of oddValues(option)) {
          const values = Object.fromEntries(needed.map((each) => [each.name, usual(town, each)]));
          const exchange = await town.alice.here.run(command, { ...values, [option.name]: odd });
          const { text } = await exchange.settled();
          if (option.autocomplete && typeof odd === 'string')
            await town.alice.here.complete(command, { [option.name]: odd.slice(0, 100) }, option.name);
          tried += 1;
          if (/incident|Something went wrong/.test(text) || text === '')
            broken.push(`/${command} ${option.name}:${odd}`);
        }
      }
    }
    expect(broken).toEqual([]);
    expect(town.bot.output()).not.toContain('a handler failed');
    expect(tried).toBeGreaterThan(300);
  });
});
