import type { SlashCommandSubcommandBuilder } from '@discordjs/builders';
import type { Command, Moment, Options } from '../../src/discord/index.ts';
import type { View } from '../../src/views/index.ts';

/** One subcommand of `/reward`: what it takes, and what its buttons, menus and modals do, by verb. */
export interface Subcommand extends Pick<Command, 'presses' | 'submits' | 'complete'> {
  readonly name: string;
  define(subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder;
  run(moment: Moment, options: Options): Promise<View | undefined>;
}
