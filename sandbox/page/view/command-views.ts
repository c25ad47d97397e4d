import { ApplicationCommandOptionType as Kind } from 'discord-api-types/v10';
import type { OptionDefinition } from '../../discord/driver/command-options.ts';
import type { Command } from '../../discord/start-discord.ts';
import type { CommandView, OptionView } from '../contract.ts';

type Described = OptionDefinition & { description?: string };

const types: Record<number, OptionView['type']> = {
  [Kind.String]: 'text',
  [Kind.Integer]: 'integer',
  [Kind.Number]: 'number',
  [Kind.Boolean]: 'boolean',
  [Kind.User]: 'user',
  [Kind.Role]: 'role',
  [Kind.Channel]: 'channel',
  [Kind.Mentionable]: 'mentionable',
  [Kind.Attachment]: 'attachment',
};

const toOption = (option: Described): OptionView => ({
  name: option.name,
  description: option.description ?? '',
  type: types[option.type] ?? 'text',
  required: option.required === true,
  min: option.min_value ?? null,
  max: option.max_value ?? null,
  minLength: option.min_length ?? null,
  maxLength: option.max_length ?? null,
  choices: (option.choices ?? []).map(({ name, value }) => ({ name, value })),
  completes: option.autocomplete === true,
});

const isSubcommand = ({ type }: Described): boolean => type <= Kind.SubcommandGroup;

/** A command, or the subcommands that stand in its place. */
const linesOf = (name: string, part: Pick<Described, 'description' | 'options'>): CommandView[] => {
  const options = (part.options ?? []) as Described[];
  if (options.some(isSubcommand)) return options.flatMap((one) => linesOf(`${name} ${one.name}`, one));
  return [{ name, description: part.description ?? '', options: options.map(toOption) }];
};

/** The list behind `/`, by name. */
export const commandViews = (commands: readonly Command[]): CommandView[] =>
  commands
    .filter(({ type }) => type === 1)
    .flatMap((command) => linesOf(command.name, command as Pick<Described, 'options'>))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
