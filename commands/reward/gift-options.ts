import type { SlashCommandStringOption } from '@discordjs/builders';
import type { Options } from '../../src/discord/index.ts';
import { en } from '../../src/i18n/index.ts';
import type { Gift } from '../../src/orders/index.ts';

const { options, receipts } = en.commands.reward.send;
const LONGEST_MESSAGE = 200;

/** The words that go with a card. */
export const messageOption = (option: SlashCommandStringOption): SlashCommandStringOption =>
  option
    .setName(options.message.name)
    .setDescription(options.message.description)
    .setMaxLength(LONGEST_MESSAGE);

/** Who reads that it was sent. */
export const receiptOption = (option: SlashCommandStringOption): SlashCommandStringOption =>
  option
    .setName(options.receipt.name)
    .setDescription(options.receipt.description)
    .addChoices(
      { name: receipts.private, value: 'private' },
      { name: receipts.public, value: 'public' },
    );

export const receiptOf = (chosen: Options[string]): Gift['receipt'] =>
  chosen === 'public' ? 'public' : 'private';
