import {
  type AnySelectMenuInteraction,
  ApplicationCommandOptionType,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { Fields, Options, Picked } from './handler.ts';

type Option = ChatInputCommandInteraction['options']['data'][number];

/** What came with a command. People, roles, channels and files are their ids; the name of a subcommand is `subcommand`. */
export function optionsOf({ options }: ChatInputCommandInteraction): Options {
  const subcommand = options.getSubcommand(false);
  const given = options.data.flatMap(leaves).map(({ name, value }) => [name, value]);
  return { ...(subcommand !== null && { subcommand }), ...Object.fromEntries(given) };
}

/** The options inside a subcommand, itself perhaps inside a group. */
function leaves(option: Option): readonly Option[] {
  const { Subcommand, SubcommandGroup } = ApplicationCommandOptionType;
  const isOuter = option.type === Subcommand || option.type === SubcommandGroup;
  return isOuter ? (option.options ?? []).flatMap(leaves) : [option];
}

/** All that was picked in a menu; nothing, for a button. */
export function chosenIn(
  interaction: ButtonInteraction | AnySelectMenuInteraction,
): readonly string[] {
  return interaction.isButton() ? [] : interaction.values;
}

/** What came with a modal: its texts, and what was picked in its menus. */
export function submittedBy(interaction: ModalSubmitInteraction): {
  fields: Fields;
  picked: Picked;
} {
  const fields: Record<string, string> = {};
  const picked: Record<string, readonly string[]> = {};
  for (const field of interaction.fields.fields.values()) {
    if ('values' in field) picked[field.customId] = field.values;
    else fields[field.customId] = String(field.value ?? '');
  }
  return { fields, picked };
}
