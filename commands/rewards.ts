import { SlashCommandBuilder } from '@discordjs/builders';
import type { Asker, Command, PressHandler } from '../src/discord/index.ts';
import { en, type Words } from '../src/i18n/index.ts';
import { packPage, rewardListView, rewardView, type View } from '../src/views/index.ts';
import type { App } from './app.ts';
import { turnPages } from './shared/turn-pages.ts';

const REWARDS_A_PAGE = 10;

/** What somebody was sent. Its codes are shown by the button of `/orders`. */
export function rewards({ orders, queries }: App): Command {
  const pages = turnPages(queries, 'rewards', (asker, before) =>
    orders.receivedBy(asker, {
      limit: REWARDS_A_PAGE,
      ...(before !== undefined && { before }),
    }),
  );

  async function page(argument: string, asker: Asker, words: Words): Promise<View> {
    const turned = await pages(argument, asker);
    return rewardListView({ ...turned, user: asker.user }, words);
  }

  const turn: PressHandler = {
    acknowledge: 'update',
    press: ({ asker, words }, argument) => page(argument, asker, words),
  };

  const open: PressHandler = {
    acknowledge: 'update',
    async press({ asker, words }, here, [id = '']) {
      const order = await orders.get(id, asker);
      const actions = await orders.actionsOf(order, asker);
      return rewardView(order, { user: asker.user, actions, back: here }, words);
    },
  };

  const { name, description } = en.commands.rewards;
  return {
    definition: new SlashCommandBuilder().setName(name).setDescription(description).toJSON(),
    acknowledge: 'ephemeral',
    async run({ asker, words }) {
      const list = await queries.remember({ kind: 'rewards', user: asker.user, cursors: [] });
      return page(packPage(list, 0), asker, words);
    },
    presses: { 'rewards.page': turn, 'rewards.open': open },
  };
}
