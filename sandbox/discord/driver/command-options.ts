import { ApplicationCommandOptionType as Kind } from 'discord-api-types/v10';
import type { Json } from '../payloads.ts';
import type { Command } from '../world.ts';

/** A file that goes with a command. */
export interface GivenFile {
  name: string;
  bytes: Uint8Array | string;
  /** Default: what a client takes a CSV for. */
  contentType?: string;
}

export type OptionValue = string | number | boolean | GivenFile;
export type OptionValues = Record<string, OptionValue>;
/** As they travel: of a file only the id. */
export type SentValues = Record<string, Exclude<OptionValue, GivenFile>>;

/** An option of a command, as loosely as the driver needs it. */
export interface OptionDefinition {
  type: number;
  name: string;
  required?: boolean | null;
  autocomplete?: boolean | null;
  choices?: { name: string; value: string | number }[] | null;
  min_value?: number | null;
  max_value?: number | null;
  min_length?: number | null;
  max_length?: number | null;
  options?: OptionDefinition[] | null;
}

interface Found {
  command: Command;
  /** Names of the subcommand group and subcommand, if any. */
  path: OptionDefinition[];
  options: OptionDefinition[];
}

/** Finds `buy` or, with subcommands, `reward send`. */
export const findCommand = (commands: readonly Command[], words: string): Found => {
  const [name, ...rest] = words.trim().replace(/^\//, '').split(/\s+/);
  const command = commands.find((one) => one.name === name && one.type === 1);
  if (!command) {
    const known = commands.map((one) => one.name).join(', ') || 'none';
    throw new Error(`There is no command /${name} here. Registered: ${known}.`);
  }
  const path: OptionDefinition[] = [];
  let options = (('options' in command && command.options) || []) as OptionDefinition[];
  for (const word of rest) {
    const next = options.find((one) => one.name === word && one.type <= Kind.SubcommandGroup);
    if (!next) throw new Error(`/${name} has no subcommand ${word}.`);
    path.push(next);
    options = next.options ?? [];
  }
  if (options.some((one) => one.type <= Kind.SubcommandGroup))
    throw new Error(`/${words} needs one of its subcommands.`);
  return { command, path, options };
};

/** Finds a command in the menu of people (2) or of messages (3), by its name. */
export const findInMenu = (commands: readonly Command[], type: number, name: string): Command => {
  const inMenu = commands.filter((one) => one.type === type);
  const found = inMenu.find((one) => one.name === name);
  if (found) return found;
  throw new Error(`There is no "${name}" in this menu, but ${inMenu.map((one) => one.name).join(', ') || 'nothing'}.`);
};

const wordOf = (value: OptionValue | undefined): string => (typeof value === 'object' ? value.name : String(value));

const checkNumber = (option: OptionDefinition, value: OptionValue): string | undefined => {
  if (typeof value !== 'number') return 'a number is wanted';
  if (option.type === Kind.Integer && !Number.isSafeInteger(value)) return 'a whole number is wanted';
  if (typeof option.min_value === 'number' && value < option.min_value) return `at least ${option.min_value}`;
  if (typeof option.max_value === 'number' && value > option.max_value) return `at most ${option.max_value}`;
  return undefined;
};

const checkText = (option: OptionDefinition, value: OptionValue): string | undefined => {
  if (typeof value !== 'string') return 'text is wanted';
  const [least, most] = [Math.max(1, option.min_length ?? 0), option.max_length ?? 6000];
  if (option.type !== Kind.String) return undefined;
  return value.length < least || value.length > most ? `${least} to ${most} characters` : undefined;
};

const problemWith = (option: OptionDefinition, value: OptionValue): string | undefined => {
  if (option.choices?.length && !option.choices.some((choice) => choice.value === value))
    return `one of ${option.choices.map((choice) => choice.value).join(', ')}`;
  if (option.type === Kind.Attachment) return typeof value === 'object' ? undefined : 'a file is wanted';
  if (option.type === Kind.Boolean) return typeof value === 'boolean' ? undefined : 'true or false is wanted';
  const isNumber = option.type === Kind.Integer || option.type === Kind.Number;
  return isNumber ? checkNumber(option, value) : checkText(option, value);
};

/** What Discord's client checks before it sends a command. */
export const checkOptions = (options: readonly OptionDefinition[], values: OptionValues): void => {
  for (const name of Object.keys(values))
    if (!options.some((one) => one.name === name))
      throw new Error(`There is no option ${name}; there are ${options.map((one) => one.name).join(', ')}.`);
  for (const option of options) {
    const value = values[option.name];
    if (value === undefined && option.required) throw new Error(`${option.name} is required.`);
    const problem = value === undefined ? undefined : problemWith(option, value);
    if (problem) throw new Error(`${option.name}: ${problem}, not ${wordOf(value)}.`);
  }
};

const typeOfValue = (value: OptionValue): number => {
  if (typeof value === 'object') return Kind.Attachment;
  if (typeof value === 'boolean') return Kind.Boolean;
  return typeof value === 'number' ? Kind.Integer : Kind.String;
};

/** The `options` of an interaction's data, inside their subcommand. */
export const optionsJson = (
  { path, options }: Pick<Found, 'path' | 'options'>,
  values: SentValues,
  focused?: string,
): Json[] => {
  const given: Json[] = Object.entries(values).map(([name, value]) => ({
    name,
    type: options.find((one) => one.name === name)?.type ?? typeOfValue(value),
    // What is being typed is text, whatever it will become.
    value: name === focused ? String(value) : value,
    ...(name === focused ? { focused: true } : {}),
  }));
  return path.reduceRight<Json[]>((inner, { name, type }) => [{ name, type, options: inner }], given);
};
