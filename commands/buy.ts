import type { Command, PressHandler } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem, type ProblemCode } from '../src/lib/index.ts';
import { orderView, quoteView, rejectedView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { approvalButtons } from './shared/decide.ts';
import { command } from './shared/define.ts';
import { itemOption, quantityOption } from './shared/item-option.ts';
import { required, textOption } from './shared/option.ts';
import { showQuote } from './shared/show-quote.ts';

export function buy(app: App): Command {
  const { orders } = app;
  const { guildOf } = orders;

  /** Who may no longer confirm may ask for an approval instead, and the other way round: it is offered so. */
  const decide = (how: 'confirm' | 'ask', closed: ProblemCode): PressHandler => ({
    acknowledge: 'update',
    guildOf,
    async press(moment, id) {
      const { asker, words } = moment;
      try {
        await orders[how](id, asker, moment);
        return undefined;
      } catch (error) {
        if (!(error instanceof Problem && error.code === closed)) throw error;
        const order = await orders.get(id, asker);
        return quoteView(order, await orders.offerOf(order, asker), words);
      }
    },
  });

  const card = approvalButtons('approval', orders, rejectedView);
  return command(en.commands.buy, {
    options: { item: required(itemOption(app.catalog)), quantity: quantityOption, reason: textOption(200) },
    run: (moment, { item: itemCode, quantity = 1, ...reason }) =>
      showQuote(app, moment, { itemCode, quantity, ...reason }),
    presses: {
      'quote.confirm': decide('confirm', 'needs_approval'),
      'quote.ask': decide('ask', 'needs_no_approval'),
      'quote.cancel': {
        acknowledge: 'update',
        guildOf,
        async press({ asker, words }, id) {
          const order = await orders.cancel(id, asker);
          return orderView(order, { actions: await orders.actionsOf(order, asker) }, words);
        },
      },
      // On the approval's card, which shows that it was cancelled.
      'approval.cancel': {
        acknowledge: 'update',
        async press({ asker }, id) {
          await orders.cancel(id, asker);
          return undefined;
        },
      },
      ...card.presses,
    },
    submits: card.submits,
  });
}
