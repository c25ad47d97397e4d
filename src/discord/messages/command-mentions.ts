import { ApplicationCommandOptionType, ComponentType, type TextDisplayComponentData } from 'discord.js';
import type { View } from '../../views/index.ts';

/** A command as Discord lists it once it is registered. */
export interface RegisteredCommand {
  readonly id: string;
  readonly name: string;
  readonly options?: readonly { readonly type: number; readonly name: string; readonly options?: readonly never[] }[];
}

/** What somebody types after the slash, such as "reward list" → the id of its command. */
type CommandIds = ReadonlyMap<string, string>;

export type CommandMentions = ReturnType<typeof createCommandMentions>;

/** All text of a message together. (https://discord.com/developers/docs/components/reference#text-display) */
const MOST_TEXT = 4000;

/**
 * The one place where "/orders" in a message becomes something to press. Each guild has ids of its own for the commands;
 * where they are not known, and where a message would grow too long, the words stay as they are.
 */
export function createCommandMentions(guilds: readonly string[]) {
  const known = new Map<string, CommandIds>();

  /** A direct message is in no guild: it has the ids of the first one that has any. */
  const idsIn = (guild: string | undefined): CommandIds | undefined =>
    known.get(guild ?? guilds.find((each) => known.has(each)) ?? '');

  return {
    /** What Discord says is registered in a guild. */
    learn: (guild: string, commands: readonly RegisteredCommand[]): void => void known.set(guild, idsOf(commands)),
    /** The view with its commands to press, as it is sent in this guild or, without one, by direct message. */
    on(view: View, guild?: string): View {
      const ids = idsIn(guild);
      if (!ids) return view;
      const components = view.components.map((part) => withTexts(part, (text) => mentioned(text, ids)));
      return lengthOf(components) > MOST_TEXT ? view : { ...view, components };
    },
  };
}

function idsOf(commands: readonly RegisteredCommand[]): CommandIds {
  return new Map(commands.flatMap((command) => pathsOf(command).map((path) => [path, command.id] as const)));
}

/** A command that has subcommands cannot be used without one. */
function pathsOf({ name, options = [] }: Pick<RegisteredCommand, 'name' | 'options'>): string[] {
  const { Subcommand, SubcommandGroup } = ApplicationCommandOptionType;
  const inner = options.filter(({ type }) => type === Subcommand || type === SubcommandGroup);
  return inner.length === 0 ? [name] : inner.flatMap(pathsOf).map((path) => `${name} ${path}`);
}

/**
 * What is left alone, first: code, what is escaped (as a "/" in text from users is), mentions and addresses. Then a slash,
 * a name, and up to two more words that may belong to it.
 */
const COMMAND =
  /```[\s\S]*?```|(?<ticks>`+)[\s\S]*?[^`]\k<ticks>(?!`)|\\[\s\S]|<[^<>\n]*>|\]\([^)\n]*\)|https?:\/\/\S+|(?<![\w/.-])\/(?<path>[a-z][a-z-]*(?: [a-z-]+){0,2})(?![\w/-])/g;

function mentioned(text: string, ids: CommandIds): string {
  return text.replaceAll(COMMAND, (...found) => {
    const [all, { path }] = [found[0] as string, found.at(-1) as { path?: string }];
    const words = path?.split(' ') ?? [];
    for (let count = words.length; count > 0; count--) {
      const name = words.slice(0, count).join(' ');
      const id = ids.get(name);
      if (id !== undefined) return [`</${name}:${id}>`, ...words.slice(count)].join(' ');
    }
    return all;
  });
}

/** The words as their reader sees them. */
export function withoutMentions(text: string): string {
  return text.replaceAll(/<(\/[a-z][a-z -]*):\d+>/g, '$1');
}

/** A component, and those inside it, with other text; buttons and menus have none of it. */
function withTexts<Part extends object>(part: Part, change: (text: string) => string): Part {
  if (isText(part)) return { ...part, content: change(part.content) };
  if (!hasParts(part)) return part;
  return { ...part, components: part.components.map((each) => withTexts(each, change)) };
}

function lengthOf(parts: readonly object[]): number {
  const lengths = parts.map((part) =>
    isText(part) ? part.content.length : hasParts(part) ? lengthOf(part.components) : 0,
  );
  return lengths.reduce((sum, length) => sum + length, 0);
}

const isText = (part: object): part is TextDisplayComponentData =>
  'type' in part && part.type === ComponentType.TextDisplay;

const hasParts = (part: object): part is { components: readonly object[] } =>
  'components' in part && Array.isArray(part.components);
