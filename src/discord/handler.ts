import type {
  APIModalInteractionResponseCallbackData,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Words } from '../i18n/words.ts';
import type { View } from '../views/view.ts';

/** Who asks, as they are now. */
export interface Asker {
  readonly user: string;
  readonly guild: string;
  /** Has Manage Server in that guild now. */
  readonly isManager: boolean;
  /** Has Manage Server in the owner guild now, and acts there. */
  readonly isAdmin?: boolean;
}

/** An interaction that Discord has taken the acknowledgement of: only now may work begin. */
export interface Moment {
  readonly asker: Asker;
  readonly channel: string;
  readonly locale: string;
  readonly words: Words;
  /** Puts the view in place of the answer so far. Calls keep their order. */
  show(view: View): Promise<void>;
  /** Adds a message that only the asker sees. */
  add(view: View): Promise<void>;
  /** From now on the answer shows how this order stands: whichever process has news of it edits it. */
  follow(order: string): Promise<void>;
}

/** What the asker typed or chose, by the name of the option. */
export type Options = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** `ephemeral`: a new message for the asker alone. `update`: in place of the message with the button. */
export type Acknowledgement = 'ephemeral' | 'update';

/** A handler gives the view to show, or nothing when it has shown all there is. */
type Answer = Promise<View | undefined>;

export interface PressHandler {
  readonly acknowledge: Acknowledgement;
  /** `argument`: what the button carries. `chosen`: what was picked, for a menu. */
  press(moment: Moment, argument: string, chosen: string): Answer;
  /** For buttons in direct messages: the guild whose rules count. */
  guildOf?(argument: string): Promise<string | undefined>;
}

/** A modal has to be the first answer, so this reads nothing; its submit checks everything. */
export interface ModalOpener {
  readonly acknowledge: 'modal';
  open(words: Words, argument: string): APIModalInteractionResponseCallbackData;
}

export interface SubmitHandler {
  readonly acknowledge: 'ephemeral';
  submit(moment: Moment, argument: string, fields: Readonly<Record<string, string>>): Answer;
}

/** One slash command: its definition, and what its buttons, menus and modals do, by verb. */
export interface Command {
  readonly definition: RESTPostAPIChatInputApplicationCommandsJSONBody;
  readonly acknowledge: 'ephemeral';
  run(moment: Moment, options: Options): Answer;
  /** By option, from what is in memory: Discord waits for it at every key. */
  readonly complete?: Readonly<Record<string, (typed: string) => Choice[]>>;
  readonly presses?: Readonly<Record<string, PressHandler | ModalOpener>>;
  readonly submits?: Readonly<Record<string, SubmitHandler>>;
}
