import {
  type ApplicationCommandOptionAllowedChannelTypes,
  type ApplicationCommandOptionBase,
  SlashCommandAttachmentOption,
  SlashCommandChannelOption,
  SlashCommandIntegerOption,
  SlashCommandNumberOption,
  SlashCommandRoleOption,
  SlashCommandStringOption,
  SlashCommandUserOption,
} from '@discordjs/builders';
import type { Choice, Completer, Options } from '../../src/discord/index.ts';
import { en } from '../../src/i18n/index.ts';
import { seenText } from '../../src/lib/index.ts';

/** An option of a command, without its words: what Discord is told of it, and how what it sends is read. */
export interface Option<Value = unknown> {
  build(): ApplicationCommandOptionBase;
  read(sent: Options[string]): Value;
  readonly isRequired?: true;
  readonly complete?: Completer | undefined;
}

export type RequiredOption<Value> = Option<Value> & { readonly isRequired: true };

export const required = <Value>(option: Option<Value>): RequiredOption<Value> => ({ ...option, isRequired: true });

/**
 * What is typed, as whoever types it sees it; what may be picked from a list is taken as it is there. `most`: how many
 * characters. `complete: false` is told to Discord, and means what leaving it out means.
 */
export const textOption = (most: number, complete?: Completer | false): Option<string> => ({
  build() {
    const option = new SlashCommandStringOption().setMaxLength(most);
    return complete === undefined ? option : option.setAutocomplete(complete !== false);
  },
  read: (sent) => (complete ? String(sent ?? '') : seenText(String(sent ?? ''))),
  complete: complete || undefined,
});

/** Offers these, as far as what was typed goes; anything else is typed by hand. */
export const completeFrom =
  (offered: readonly string[]) =>
  (typed: string): Choice[] => {
    const start = typed.trim().toLowerCase();
    return offered.filter((each) => each.toLowerCase().startsWith(start)).map((each) => ({ name: each, value: each }));
  };

/** `labels`: what people read of each value. */
export const choiceOption = <Value extends string>(labels: Readonly<Record<Value, string>>): Option<Value> => ({
  build: () =>
    new SlashCommandStringOption().addChoices(Object.entries<string>(labels).map(([value, name]) => ({ name, value }))),
  // Discord takes no other value than these.
  read: (sent) => sent as Value,
});

/** For admins of the first server: what is open in all of them. */
export const serverOption = choiceOption(en.commands.servers);

export const wholeOption = (highest: number): Option<number> => ({
  build: () => new SlashCommandIntegerOption().setMinValue(1).setMaxValue(highest),
  read: Number,
});

export const numberOption = (lowest: number): Option<number> => ({
  build: () => new SlashCommandNumberOption().setMinValue(lowest),
  read: Number,
});

export const channelOption = (...types: ApplicationCommandOptionAllowedChannelTypes[]): Option<string> => ({
  build: () => new SlashCommandChannelOption().addChannelTypes(types),
  read: String,
});

/** What is read of it is an id. */
const idOption = (Builder: new () => ApplicationCommandOptionBase): Option<string> => ({
  build: () => new Builder(),
  read: String,
});
export const memberOption = idOption(SlashCommandUserOption);
export const roleOption = idOption(SlashCommandRoleOption);
export const fileOption = idOption(SlashCommandAttachmentOption);
