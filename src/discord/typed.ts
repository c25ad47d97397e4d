import type {
  AnySelectMenuInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import type { Fields, Options, Picked } from './handler.ts';

/** What came with a command. People, roles and channels are their ids. */
export function optionsOf(interaction: ChatInputCommandInteraction): Options {
  return Object.fromEntries(interaction.options.data.map(({ name, value }) => [name, value]));
}

/** All that was picked in a menu; nothing, for a button. */
export function chosenIn(
  interaction: ButtonInteraction | AnySelectMenuInteraction,
): readonly string[] {
  return interaction.isButton() ? [] : interaction.values;
}

/** What came with a modal: its texts, and what was picked in its menus. */
export function contentOf(interaction: ModalSubmitInteraction): { fields: Fields; picked: Picked } {
  const fields: Record<string, string> = {};
  const picked: Record<string, readonly string[]> = {};
  for (const field of interaction.fields.fields.values()) {
    if ('values' in field) picked[field.customId] = field.values;
    else fields[field.customId] = String(field.value ?? '');
  }
  return { fields, picked };
}
