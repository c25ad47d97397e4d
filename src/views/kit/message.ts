import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIContainerComponent,
  type APITextDisplayComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { packButtonId } from './custom-id.ts';
import { choiceMenu, type Menu, type MenuOption, type MenuRange, type PeopleMenu, peopleMenu } from './menu.ts';
import { clipped, type Fact, lines } from './text.ts';

/** A Discord message, as data. */
export interface View {
  readonly components: readonly APIContainerComponent[];
  readonly files?: readonly ViewFile[];
  /** The brand whose picture stands beside its first words, where there is one. */
  readonly picture?: string;
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
export type ActionRow = APIActionRowComponent<Button | Menu>;

/** What a message is about, in colour: it only repeats what the words say. */
export type Tone = 'plain' | 'good' | 'waiting' | 'bad';
const colours: Record<Tone, number> = { plain: 0x5865f2, good: 0x248046, waiting: 0xf0b232, bad: 0xda373c };

/** Left out where it is not there, such as `isOpen && words.open`. */
type Maybe<T> = T | false | undefined;

export interface Parts {
  readonly tone?: Tone;
  readonly title: string;
  /** An order's reference, small below the title. */
  readonly reference?: string;
  /** Facts, one a line, the money first. */
  readonly facts?: readonly Fact[];
  /** The brand of a card, whose picture is shown beside it. */
  readonly picture?: string | undefined;
  /** Things to choose from, each with its own button. */
  readonly choices?: readonly Selectable[];
  /** Things to decide about, each with its own buttons below it. */
  readonly entries?: readonly ListItem[];
  /** What to do next, or what happens next. */
  readonly next?: Fact;
  readonly rows?: readonly Maybe<ActionRow>[];
  /** The last row. */
  readonly buttons?: readonly Maybe<Button>[];
  readonly file?: ViewFile;
  /** Several of them: at most ten, of at most 10 MiB together. */
  readonly files?: readonly ViewFile[];
  readonly mentions?: Maybe<Mentions>;
}

/** One of several things, and the button that takes it. */
export interface Selectable {
  readonly text: string;
  readonly button: Button;
}

/** One of several things, its facts one a line, and what can be done with it. */
export interface ListItem {
  readonly facts: readonly Fact[];
  /** Beside the facts. */
  readonly beside?: Maybe<Button>;
  /** Below them. */
  readonly menu?: Maybe<ActionRow>;
  readonly buttons?: readonly Maybe<Button>[];
}

const text = (content: string): APITextDisplayComponent => ({ type: ComponentType.TextDisplay, content });

const section = ({ text: content, button }: Selectable): APIComponentInContainer => ({
  type: ComponentType.Section,
  components: [text(content)],
  accessory: button,
});

/** The address of a view's picture: whoever sends the view attaches it, or takes this away. */
const PICTURE_URL = 'attachment://brand.png';

/** Its first words, with the picture of a brand beside them. */
function heading(texts: readonly APITextDisplayComponent[], brand: string | undefined): APIComponentInContainer[] {
  if (!brand) return [...texts];
  const accessory = { type: ComponentType.Thumbnail, media: { url: PICTURE_URL }, description: brand } as const;
  return [{ type: ComponentType.Section, components: [...texts], accessory }];
}

const isThere = <T>(part: Maybe<T>): part is T => part !== undefined && part !== false;

const entry = ({ facts, beside, menu, buttons = [] }: ListItem): APIComponentInContainer[] => {
  const said = lines(...facts);
  return [beside ? section({ text: said, button: beside }) : text(said), menu, buttonRow(...buttons)].filter(isThere);
};

/** The reference is small: it is for support, and nothing to read first. */
export const titled = (title: string, reference?: string): string =>
  lines(`**${title}**`, reference && `-# ${reference}`);

/**
 * The one way a message is laid out: a bold first line, the facts, what to do next, the buttons.
 * (Components V2: 4,000 characters of text and 40 components in all.)
 */
export function message(parts: Parts): View {
  const { tone = 'plain', title, reference, next, file, mentions } = parts;
  const files = [...(file ? [file] : []), ...(parts.files ?? [])];
  const facts = lines(...(parts.facts ?? []));
  const picture = clipped(parts.picture ?? '', 100);
  const components: APIComponentInContainer[] = [
    ...heading([text(titled(title, reference)), ...(facts ? [text(facts)] : [])], picture),
    ...(parts.choices ?? []).map(section),
    ...(parts.entries ?? []).flatMap(entry),
    ...files.map(({ name }) => ({ type: ComponentType.File, file: { url: `attachment://${name}` } }) as const),
    ...(next ? [text(next)] : []),
    ...[...(parts.rows ?? []), buttonRow(...(parts.buttons ?? []))].filter(isThere),
  ];
  return {
    components: [{ type: ComponentType.Container, accent_color: colours[tone], components }],
    ...(files.length > 0 && { files }),
    ...(picture && { picture }),
    ...(mentions && { mentions }),
  };
}

/** The same message without its picture, where there is none to show. */
export function withoutPicture(view: View): View {
  const { picture: _, ...rest } = view;
  const isPicture = (part: APIComponentInContainer) =>
    part.type === ComponentType.Section && part.accessory.type === ComponentType.Thumbnail;
  const words = (part: APIComponentInContainer) => (isPicture(part) ? wordsIn(part) : [part]);
  const components = view.components.map((each) => ({ ...each, components: each.components.flatMap(words) }));
  return { ...rest, components };
}

/** A message without anything to press, and with more words below it. */
export function inWords(view: View, more: readonly string[]): View {
  const { picture: _, ...rest } = view;
  const [first, ...others] = view.components;
  if (!first) return view;
  const components = [...first.components.flatMap(wordsIn), ...more.map(text)];
  return { ...rest, components: [{ ...first, components }, ...others] };
}

function wordsIn(part: APIComponentInContainer): APIComponentInContainer[] {
  if (part.type === ComponentType.ActionRow) return [];
  return part.type === ComponentType.Section ? part.components : [part];
}

/** A row of buttons; nothing where there are none. */
export function buttonRow(...buttons: Maybe<Button>[]): ActionRow | undefined {
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
): ActionRow | undefined {
  const menu = choiceMenu(id, placeholder, options, range);
  return menu && { type: ComponentType.ActionRow, components: [menu] };
}

/** A menu of the guild's members, roles or text channels. */
export function peopleRow(id: string, menu: PeopleMenu): ActionRow {
  return { type: ComponentType.ActionRow, components: [peopleMenu(id, menu)] };
}
