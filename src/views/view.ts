import type {
  APIActionRowComponent,
  APIButtonComponentWithCustomId,
  APIComponentInContainer,
  APIContainerComponent,
  APITextDisplayComponent,
} from 'discord.js';
import { ButtonStyle, ComponentType } from 'discord.js';
import { packButtonId } from './button-id.ts';
import type { Menu, MenuOption, MenuRange, PeopleMenu } from './menu.ts';
import { choiceMenu, peopleMenu } from './menu.ts';
import { clipped } from './text.ts';

/** A Discord message, as data. */
export interface View {
  readonly components: readonly APIContainerComponent[];
  readonly files?: readonly ViewFile[];
  readonly mentions?: Mentions;
}

/** Who may be pinged, by id, of those whom the text mentions; nobody else is. An edit pings nobody. */
export interface Mentions {
  readonly users?: readonly string[];
  readonly roles?: readonly string[];
}

export interface ViewFile {
  readonly name: string;
  readonly text: string;
}

export type Button = APIButtonComponentWithCustomId;
export type Row = APIActionRowComponent<Button | Menu>;

/** What a message is about, in colour: it only repeats what the words say. */
export type Tone = 'plain' | 'good' | 'waiting' | 'bad';
const colours: Record<Tone, number> = {
  plain: 0x5865f2,
  good: 0x248046,
  waiting: 0xf0b232,
  bad: 0xda373c,
};

export interface Parts {
  readonly tone?: Tone;
  readonly title: string;
  /** An order's reference, beside the title. */
  readonly reference?: string;
  /** Facts, one a line, the money first. */
  readonly facts?: readonly (string | undefined)[];
  /** Things to choose from, each with its own button. */
  readonly choices?: readonly Choice[];
  /** Things to decide about, each with its own buttons below it. */
  readonly entries?: readonly Entry[];
  /** What to do next, or what happens next. */
  readonly next?: string | undefined;
  readonly rows?: readonly (Row | undefined)[];
  readonly file?: ViewFile;
  readonly mentions?: Mentions | undefined;
}

/** One of several things, and the button that takes it. */
export interface Choice {
  readonly text: string;
  readonly button: Button;
}

/** One of several things, its facts one a line, and what can be done with it. */
export interface Entry {
  readonly facts: readonly (string | undefined)[];
  readonly row: Row | undefined;
}

const text = (content: string): APITextDisplayComponent => ({
  type: ComponentType.TextDisplay,
  content,
});

const section = ({ text: content, button }: Choice): APIComponentInContainer => ({
  type: ComponentType.Section,
  components: [text(content)],
  accessory: button,
});

const isThere = (fact: string | undefined) => fact !== undefined && fact !== '';

const entry = ({ facts, row }: Entry): APIComponentInContainer[] => [
  text(facts.filter(isThere).join('\n')),
  ...(row ? [row] : []),
];

/**
 * The one way a message is laid out: a bold first line, the facts, what to do next, the buttons.
 * (Components V2: 4,000 characters of text and 40 components in all.)
 */
export function message(parts: Parts): View {
  const { tone = 'plain', title, reference, next, file, mentions } = parts;
  const facts = (parts.facts ?? []).filter(isThere);
  const rows = (parts.rows ?? []).filter((row) => row !== undefined);
  const components: APIComponentInContainer[] = [
    text(reference ? `**${title}** · \`${reference}\`` : `**${title}**`),
    ...(facts.length > 0 ? [text(facts.join('\n'))] : []),
    ...(parts.choices ?? []).map(section),
    ...(parts.entries ?? []).flatMap(entry),
    ...(file
      ? [{ type: ComponentType.File, file: { url: `attachment://${file.name}` } } as const]
      : []),
    ...(next ? [text(next)] : []),
    ...rows,
  ];
  return {
    components: [{ type: ComponentType.Container, accent_color: colours[tone], components }],
    ...(file && { files: [file] }),
    ...(mentions && { mentions }),
  };
}

/** A row of buttons; nothing where there are none. */
export function buttonRow(...buttons: (Button | undefined)[]): Row | undefined {
  const components = buttons.filter((button) => button !== undefined);
  return components.length > 0 ? { type: ComponentType.ActionRow, components } : undefined;
}

interface ButtonOptions {
  /** The one button that stands out. */
  readonly main?: boolean;
  readonly disabled?: boolean;
}

/** A button; none where its id would not fit Discord, so that a press never goes astray. */
export function buttonFor(
  verb: string,
  argument: string,
  label: string,
  options: ButtonOptions = {},
): Button | undefined {
  const id = packButtonId(verb, argument);
  if (id === undefined) return undefined;
  return {
    type: ComponentType.Button,
    style: options.main ? ButtonStyle.Primary : ButtonStyle.Secondary,
    label: clipped(label, 80),
    custom_id: id,
    ...(options.disabled && { disabled: true }),
  };
}

/** A menu to choose from, one thing unless told otherwise; nothing where there is nothing to choose. */
export function menuRow(
  id: string,
  placeholder: string,
  options: readonly MenuOption[],
  range: MenuRange = {},
): Row | undefined {
  const menu = choiceMenu(id, placeholder, options, range);
  return menu && { type: ComponentType.ActionRow, components: [menu] };
}

/** A menu of the guild's members, roles or text channels. */
export function peopleRow(id: string, menu: PeopleMenu): Row {
  return { type: ComponentType.ActionRow, components: [peopleMenu(id, menu)] };
}
