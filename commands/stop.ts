import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { stopView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';
import { textOption } from './shared/option.ts';

export const stop = ({ orders }: App): Command =>
  command(en.commands.stop, {
    isForManagers: true,
    options: { reason: textOption(200) },
    async run({ asker, words }, { reason }) {
      const { stop: stopped, isNew } = await orders.stopPurchases(asker, reason);
      return stopView(stopped, words, isNew ? undefined : words.admin.stop.already);
    },
  });
