import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { stopView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { adminCommand } from './shared/admin-command.ts';

export function stop({ orders }: App): Command {
  const { options } = en.commands.stop;
  return {
    definition: adminCommand(en.commands.stop)
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
      const { stop: stopped, isNew } = await orders.stopPurchases(asker, because);
      return stopView(stopped, words, isNew ? undefined : words.admin.stop.already);
    },
  };
}
