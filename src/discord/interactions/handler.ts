import type {
  APIModalInteractionResponseCallbackData,
  RESTPostAPIApplicationCommandsJSONBody,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { Brands } from '../../brands/index.ts';
import type { Words } from '../../i18n/index.ts';
import type { Member, MemberFacts } from '../../lib/index.ts';
import type { View } from '../../views/index.ts';

/** Who asks, as they are now. */
export interface Asker extends Member, Partial<Pick<MemberFacts, 'createdAt' | 'joinedAt'>> {
  readonly roles: readonly string[];
}

/** An interaction that Discord has taken the acknowledgement of: only now may work begin, but what only reads. */
export interface InteractionContext {
  readonly asker: Asker;
  readonly channel: string;
  /** That channel is the asker's direct messages. */
  readonly isDirect?: boolean;
  readonly locale: string;
  readonly words: Words;
  /** Whether the asker themselves may write in that channel of their guild now. */
  mayWrite(channel: string): boolean;
  /** Whether they may read what was said in it. */
  mayRead(channel: string): boolean;
  /** How the cards of a brand are redeemed, where that is known. */
  readonly guideOf: Brands['guideOf'];
  /** Puts the view in place of the answer so far. Calls keep their order. */
  show(view: View): Promise<void>;
  /** As `show`, for what is true only meanwhile: false when Discord does not take it, which stops nothing. */
  showMeanwhile(view: View): Promise<boolean>;
  /**
   * As `show`, however long it took: where the answer can be edited no more, the asker gets the view by direct message; where
   * that is not taken, `aside` is posted where they asked, for everybody to read.
   */
  hand(view: View, aside: View): Promise<void>;
  /** Adds a message that only the asker sees. */
  add(view: View): Promise<void>;
  /**
   * The text of the file that came with the command as this option; undefined without one. Throws a Problem for a file
   * that is too large, is no UTF-8 text or cannot be had.
   */
  attachment(option: string): Promise<TextFile | undefined>;
  /**
   * From now on the answer shows how this order stands: whichever process has news of it edits it. `offer`: one that
   * nobody has taken, which this process alone does.
   */
  follow(order: string, how?: { offer: boolean }): Promise<void>;
}

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** What the asker typed or chose, by the name of the option; an id, for a person, a role, a channel or a file. */
export type Options = Readonly<Record<string, string | number | boolean | undefined>>;

/** Who types, in which guild, as far as is known without a look anywhere. */
export interface Typist extends Pick<Member, 'user' | 'guild'> {
  readonly words: Words;
}

export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** `ephemeral`: a new message for the asker alone. `update`: in place of the message with the button. */
export type Acknowledgement = 'ephemeral' | 'update';

/** A handler gives the view to show, or nothing when it has shown all there is. */
type Answer = Promise<View | undefined>;

/** For what is in direct messages: the guild whose rules count. */
type GuildOf = (argument: string) => Promise<string | undefined>;

/** So often it asks CardPlusPay, about: whoever uses it has to have so many calls left (`pace.ts`). None, without it. */
interface Calling {
  readonly vendorCalls?: number;
}

/**
 * Changes nothing but what it remembers for its own buttons, so it may begin before Discord has taken the acknowledgement: an
 * answer that is there soon is the acknowledgement. Everything else waits for it.
 */
interface Reading {
  readonly reads?: boolean;
}

export interface PressHandler extends Calling, Reading {
  readonly acknowledge: Acknowledgement;
  /**
   * Only reads, and throws the Problem that `press` would end with anyway: it is said at once. `press` checks everything
   * itself; this may be left out.
   */
  refuse?(facts: OpenerFacts, argument: string): Promise<void>;
  /** `argument`: what the button carries. `chosen`: all that was picked in a menu, ids of people, roles and channels. */
  press(moment: InteractionContext, argument: string, chosen: readonly string[]): Answer;
  guildOf?: GuildOf;
}

type Modal = APIModalInteractionResponseCallbackData;

/**
 * A modal has to be the first answer, within three seconds: this reads the store once at most, beside the
 * guild of a direct message, and changes nothing. Its
 * submit checks everything again. An error is said in a message for the asker alone.
 */
export interface ModalOpener {
  readonly acknowledge: 'modal';
  open(facts: OpenerFacts, argument: string, chosen: readonly string[]): Modal | Promise<Modal>;
  guildOf?: GuildOf;
}

/** What is known before anything has been acknowledged. */
export type OpenerFacts = Pick<InteractionContext, 'asker' | 'locale' | 'words'>;

/** What was typed into a modal, by the id of the field. */
export type Fields = Readonly<Record<string, string>>;

/** What was picked in the menus of a modal, by their ids; ids of people, roles and channels. */
export type Picked = Readonly<Record<string, readonly string[]>>;

export interface SubmitHandler extends Calling, Reading {
  /** `update` is for a modal that a message's button or menu opened; any other is answered with a new message. */
  readonly acknowledge: Acknowledgement;
  submit(moment: InteractionContext, argument: string, fields: Fields, picked: Picked): Answer;
  /** What is typed may hold a code: it is not said back where it was refused. */
  readonly isSecret?: true;
  guildOf?: GuildOf;
}

export type Completer = (typed: string, typist: Typist) => readonly Choice[] | Promise<readonly Choice[]>;

/** Who was right-clicked, or who wrote the message that was. */
export interface MenuTarget {
  readonly user: string;
  /** Or a webhook. */
  readonly isBot: boolean;
  readonly message?: { readonly channel: string; readonly message: string };
}

/** A line in the menu of people or of messages (right-click, Apps), which opens a form; like `ModalOpener`. */
export interface MenuEntry {
  readonly definition: RESTPostAPIContextMenuApplicationCommandsJSONBody;
  open(facts: OpenerFacts, target: MenuTarget): Modal | Promise<Modal>;
}

/** One slash command: its definition, and what its buttons, menus and modals do, by verb. */
export interface Command {
  readonly definition: RESTPostAPIChatInputApplicationCommandsJSONBody;
  readonly acknowledge: 'ephemeral';
  run(moment: InteractionContext, options: Options): Answer;
  /** As `vendorCalls` of a press. */
  vendorCalls?(options: Options): number;
  /** As `reads` of a press. */
  reads?(options: Options): boolean;
  /** By option, from what is in memory, or by one read of a short list: Discord waits for it at every key. */
  readonly complete?: Readonly<Record<string, Completer>>;
  readonly menus?: readonly MenuEntry[];
  readonly presses?: Readonly<Record<string, PressHandler | ModalOpener>>;
  readonly submits?: Readonly<Record<string, SubmitHandler>>;
}

/** All that Discord is told of: commands, and what stands in menus. */
export const definitionsOf = (commands: readonly Command[]): RESTPostAPIApplicationCommandsJSONBody[] =>
  commands.flatMap(({ definition, menus = [] }) => [definition, ...menus.map((menu) => menu.definition)]);

/** Every handler by the name Discord calls it with: commands and lines of menus by name, presses and modals by verb. */
export interface Handlers {
  readonly commands: ReadonlyMap<string, Command>;
  readonly menus: ReadonlyMap<string, MenuEntry>;
  readonly presses: ReadonlyMap<string, PressHandler | ModalOpener>;
  readonly submits: ReadonlyMap<string, SubmitHandler>;
  /** Whose each name and each verb is: the name of a command. */
  readonly owners: ReadonlyMap<string, string>;
}

/** Throws when two commands lay claim to the same name or verb. */
export function indexHandlers(commands: readonly Command[]): Handlers {
  const entries = <T>(pick: (command: Command) => Readonly<Record<string, T>> | undefined) =>
    commands.flatMap((command) => Object.entries(pick(command) ?? {}));
  return {
    commands: unique(commands.map((command) => [command.definition.name, command])),
    menus: unique(commands.flatMap(({ menus = [] }) => menus.map((menu) => [menu.definition.name, menu] as const))),
    presses: unique(entries((command) => command.presses)),
    submits: unique(entries((command) => command.submits)),
    owners: new Map(
      commands.flatMap((command) => namesOf(command).map((name) => [name, command.definition.name] as const)),
    ),
  };
}

/** All that Discord may call a command by. */
const namesOf = ({ definition, menus = [], presses = {}, submits = {} }: Command): string[] => [
  definition.name,
  ...menus.map((menu) => menu.definition.name),
  ...Object.keys(presses),
  ...Object.keys(submits),
];

function unique<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  const map = new Map(entries);
  if (map.size < entries.length) {
    const names = entries.map(([name]) => name);
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    throw new Error(`two commands claim: ${twice.join(', ')}`);
  }
  return map;
}
