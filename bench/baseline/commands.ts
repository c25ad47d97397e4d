import { SlashCommandBuilder } from 'discord.js';

export const commands = [
  new SlashCommandBuilder().setName('balance').setDescription('What is left on the account'),
  new SlashCommandBuilder()
    .setName('stock')
    .setDescription('Is it in stock?')
    .addStringOption((item) =>
      item.setName('item').setDescription('Which card').setRequired(true).setAutocomplete(true),
    ),
  new SlashCommandBuilder()
    .setName('buy')
    .setDescription('Buy gift cards')
    .addStringOption((item) =>
      item.setName('item').setDescription('Which card').setRequired(true).setAutocomplete(true),
    )
    .addIntegerOption((quantity) =>
      quantity.setName('quantity').setDescription('How many').setMinValue(1).setMaxValue(100),
    ),
  new SlashCommandBuilder().setName('orders').setDescription('What you bought'),
].map((command) => command.toJSON());
