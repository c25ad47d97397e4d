import type { SlashCommandIntegerOption, SlashCommandStringOption } from '@discordjs/builders';
import type { Catalog } from '../../src/catalog/index.ts';
import type { Choice } from '../../src/discord/index.ts';
import { clipped } from '../../src/views/index.ts';

interface OptionWords {
  readonly name: string;
  readonly description: string;
}

/** The option that completes to a product as somebody types. A code typed by hand works too. */
export const itemOption =
  ({ name, description }: OptionWords) =>
  (option: SlashCommandStringOption) =>
    option
      .setName(name)
      .setDescription(description)
      .setRequired(true)
      .setAutocomplete(true)
      .setMaxLength(100);

export const quantityOption =
  ({ name, description }: OptionWords) =>
  (option: SlashCommandIntegerOption) =>
    option.setName(name).setDescription(description).setMinValue(1).setMaxValue(100);

/** At most 25 choices: the name, what the card shows and its code; the code is what is sent. */
export const completeItem =
  (catalog: Catalog) =>
  (typed: string): Choice[] =>
    catalog.completeItem(typed).map(({ name, itemCode }) => ({
      name: clipped(`${name} · ${itemCode}`, 100),
      value: itemCode,
    }));
