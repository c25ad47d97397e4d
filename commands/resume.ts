import type { Command, InteractionContext } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { dmStopView, stopView, type View } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';

export function resume({ orders }: App): Command {
  const go = async ({ asker, words }: InteractionContext, id?: string): Promise<View> =>
    stopView((await orders.resumePurchases(asker, id)).stop, words);
  return command(en.commands.resume, {
    isForManagers: true,
    run: (moment) => go(moment),
    // The button names its stop, so that an old one does not end a new stop.
    presses: {
      'purchases.resume': { acknowledge: 'update', press: go },
      'dms.resume': {
        acknowledge: 'update',
        press: async ({ asker, words }, id) => dmStopView(await orders.resumeDms(asker, id), words),
      },
    },
  });
}
