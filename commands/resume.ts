import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { stopView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { adminCommand } from './shared/admin-command.ts';

export function resume({ orders }: App): Command {
  return {
    definition: adminCommand(en.commands.resume).toJSON(),
    acknowledge: 'ephemeral',
    run: async ({ asker, words }) => stopView((await orders.resumePurchases(asker)).stop, words),
    presses: {
      // It names its stop, so that an old button does not end a new one.
      'purchases.resume': {
        acknowledge: 'update',
        press: async ({ asker, words }, id) =>
          stopView((await orders.resumePurchases(asker, id)).stop, words),
      },
    },
  };
}
