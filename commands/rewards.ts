import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { rewardListView, rewardView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';
import { pagedList } from './shared/paged-list.ts';

/** What somebody was sent. Its codes are shown by the button of `/orders`. */
export function rewards({ orders, queries }: App): Command {
  const pages = pagedList(queries, 'rewards', orders.receivedBy, rewardListView);
  return command(en.commands.rewards, {
    reads: true,
    run: (moment) => pages.begin(moment, {}),
    presses: {
      'rewards.page': pages.turn,
      'rewards.open': {
        acknowledge: 'update',
        reads: true,
        async press({ asker, words }, here, [id = '']) {
          const order = await orders.get(id, asker);
          const actions = await orders.actionsOf(order, asker);
          return rewardView(order, { user: asker.user, actions, back: here }, words);
        },
      },
    },
  });
}
