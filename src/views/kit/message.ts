import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIChannelSelectComponent,
  type APIComponentInContainer,
  type APIContainerComponent,
  type APIRoleSelectComponent,
  type APIStringSelectComponent,
  type APITextDisplayComponent,
  type APIUserSelectComponent,
  ButtonStyle,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
} from 'discord.js';
import { packButtonId } from './custom-id.ts';
import { clipped, type Fact, lines } from './text.ts';

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

/** Left out where it is not there, such as `isOpen && words.open`. */
type Maybe<T> = T | false | undefined;

export interface Parts {
  readonly tone?: Tone;
  readonly title: string;
  /** An order's reference, beside the title. */
  readonly reference?: string;
  /** Facts, one a line, the money first. */
  readonly facts?: readonly Fact[];
  /** Things to choose from, each with its own button. */
  readonly choices?: readonly Choice[];
  /** Things to decide about, each with its own buttons below it. */
  readonly entries?: readonly Entry[];
  /** What to do next, or what happens next. */
  readonly next?: Fact;
  readonly rows?: readonly Maybe<Row>[];
  readonly file?: ViewFile;
  readonly mentions?: Maybe<Mentions>;
}

/** One of several things, and the button that takes it. */
export interface Choice {
  readonly text: string;
  readonly button: Button;
}

/** One of several things, its facts one a line, and what can be done with it. */
export interface Entry {
  readonly facts: readonly Fact[];
  readonly row: Maybe<Row>;
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

const isThere = <T>(part: Maybe<T>): part is T => part !== undefined && part !== false;

const entry = ({ facts, row }: Entry): APIComponentInContainer[] => [
  text(lines(...facts)),
  ...(row ? [row] : []),
];

/**
 * The one way a message is laid out: a bold first line, the facts, what to do next, the buttons.
 * (Components V2: 4,000 characters of text and 40 components in all.)
 */
export function message(parts: Parts): View {
  const { tone = 'plain', title, reference, next, file, mentions } = parts;
  const facts = lines(...(parts.facts ?? []));
  const components: APIComponentInContainer[] = [
    text(reference ? `**${title}** · \`${reference}\`` : `**${title}**`),
    ...(facts ? [text(facts)] : []),
    ...(parts.choices ?? []).map(section),
    ...(parts.entries ?? []).flatMap(entry),
    ...(file
      ? [{ type: ComponentType.File, file: { url: `attachment://${file.name}` } } as const]
      : []),
    ...(next ? [text(next)] : []),
    ...(parts.rows ?? []).filter(isThere),
  ];
  return {
    components: [{ type: ComponentType.Container, accent_color: colours[tone], components }],
    ...(file && { files: [file] }),
    ...(mentions && { mentions }),
  };
}

/** A row of buttons; nothing where there are none. */
export function buttonRow(...buttons: Maybe<Button>[]): Row | undefined {
  const components = buttons.filter(isThere);
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

/** Discord takes and offers no more in one menu. */
const MOST = 25;

export interface MenuOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  /** Picked already when the menu is shown. */
  readonly chosen?: boolean;
}

/** How many may be picked: one, unless told otherwise. With a least of 0 a choice can be taken back. */
export interface MenuRange {
  readonly min?: number;
  readonly max?: number;
}

export interface PeopleMenu extends MenuRange {
  readonly kind: 'user' | 'role' | 'channel';
  readonly placeholder: string;
  /** The ids of those picked already. */
  readonly chosen?: readonly string[];
}

export type Menu =
  | APIStringSelectComponent
  | APIUserSelectComponent
  | APIRoleSelectComponent
  | APIChannelSelectComponent;

/** A menu to choose from; nothing where there is nothing to choose. */
export function choiceMenu(
  id: string,
  placeholder: string,
  options: readonly MenuOption[],
  range: MenuRange = {},
): APIStringSelectComponent | undefined {
  const fitting = options.filter((option) => option.value.length <= 100).slice(0, MOST);
  if (fitting.length === 0) return undefined;
  const size = sized(range, fitting.length);
  const presets = fitting.filter(({ chosen }) => chosen).slice(0, size.max_values ?? 1);
  return {
    type: ComponentType.StringSelect,
    custom_id: id,
    placeholder: clipped(placeholder, 150),
    ...size,
    options: fitting.map((option) => ({
      label: clipped(option.label, 100) || option.value,
      value: option.value,
      ...(option.description && { description: clipped(option.description, 100) }),
      ...(presets.includes(option) && { default: true }),
    })),
  };
}

/** A menu of the members, the roles or the text channels of the guild in which it is shown. */
export function peopleMenu(
  id: string,
  { kind, placeholder, chosen = [], ...range }: PeopleMenu,
): Exclude<Menu, APIStringSelectComponent> {
  const size = sized(range, MOST);
  const values = chosen.slice(0, size.max_values ?? 1);
  const menu = { custom_id: id, placeholder: clipped(placeholder, 150), ...size };
  // Discord refuses presets that are fewer than must be picked.
  const isPreset = values.length > 0 && values.length >= (size.min_values ?? 1);
  return { ...menu, ...ofKind(kind, isPreset ? values : []) };
}

function ofKind(kind: PeopleMenu['kind'], ids: readonly string[]) {
  const { User, Role, Channel } = SelectMenuDefaultValueType;
  const preset = <T extends SelectMenuDefaultValueType>(type: T) =>
    ids.length > 0 && { default_values: ids.map((id) => ({ id, type })) };
  if (kind === 'user') return { type: ComponentType.UserSelect as const, ...preset(User) };
  if (kind === 'role') return { type: ComponentType.RoleSelect as const, ...preset(Role) };
  const channel_types: ChannelType[] = [ChannelType.GuildText];
  return { type: ComponentType.ChannelSelect as const, channel_types, ...preset(Channel) };
}

/** Left out where it is Discord's own default, one. */
function sized({ min = 1, max = 1 }: MenuRange, most: number) {
  const [least, highest] = [Math.min(min, most), Math.max(1, Math.min(max, most))];
  return {
    ...(least !== 1 && { min_values: least }),
    ...(highest !== 1 && { max_values: highest }),
  };
}
