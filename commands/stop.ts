import { SlashCommandBuilder } from '@discordjs/builders';
import { PermissionFlagsBits } from 'discord.js';
import type { Command } from '../src/discord/handler.ts';
import { en } from '../src/i18n/en.ts';
import { stopView } from '../src/views/notice.ts';
import type { App } from './app.ts';

export function stop({ purchasing }: App): Command {
  const { name, description, options } = en.commands.stop;
  return {
    definition: new SlashCommandBuilder()
      .setName(name)
      .setDescription(description)
      .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
      .addStringOption((option) =>
        option
          .setName(options.reason.name)
          .setDescription(options.reason.description)
          .setMaxLength(200),
      )
      .toJSON(),
    acknowledge: 'ephemeral',
    async run({ asker, words }, { reason }) {
      const because = reason === undefined ? undefined : String(reason);
      const { stop: stopped, isNew } = await purchasing.stopPurchases(asker, because);
      return stopView(stopped, words, isNew ? undefined : words.admin.stop.already);
    },
  };
}
