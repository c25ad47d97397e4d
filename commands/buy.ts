import { type Command, DiscordFailure, type InteractionContext, type PressHandler } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem, type ProblemCode } from '../src/lib/index.ts';
import type { Order } from '../src/orders/index.ts';
import { orderView, quoteView, rejectedView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { approvalButtons } from './shared/decide.ts';
import { command } from './shared/define.ts';
import { itemOption, quantityOption } from './shared/item-option.ts';
import { required, textOption } from './shared/option.ts';
import { showCodes } from './shared/show-codes.ts';
import { showQuote } from './shared/show-quote.ts';
import { PURCHASE_CALLS, QUOTE_CALLS } from './shared/vendor-calls.ts';

export function buy(app: App): Command {
  const { orders } = app;
  const { guildOf } = orders;

  /** Where the server wants it, whoever bought for themselves sees the codes at once, in a message that nobody else sees. */
  async function showBeside(order: Order, moment: InteractionContext): Promise<void> {
    const { user } = moment.asker;
    const isTheirs = order.cards.some(({ recipient }) => recipient === user) && order.requester === user;
    if (!isTheirs || order.gift || !(await app.rules.termsOf(order.guild)).showsCodes) return;
    try {
      await showCodes(orders, { ...moment, show: moment.add }, order.id);
    } catch (error) {
      // It is bought, and its codes are in a direct message or wait to be revealed: nothing has gone wrong.
      if (!(error instanceof DiscordFailure || error instanceof Problem)) throw error;
    }
  }

  /** Who may no longer confirm may ask for an approval instead, and the other way round: it is offered so. */
  const decide = (how: 'confirm' | 'ask', closed: ProblemCode): PressHandler => ({
    acknowledge: 'update',
    guildOf,
    ...(how === 'confirm' && { vendorCalls: PURCHASE_CALLS }),
    async press(moment, id) {
      const { asker, words } = moment;
      try {
        const order = await orders[how](id, asker, moment);
        if (how === 'confirm') await showBeside(order, moment);
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
    options: { item: required(itemOption(app)), quantity: quantityOption, reason: textOption(200) },
    vendorCalls: QUOTE_CALLS,
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
        async refuse({ asker }, id) {
          // Admins of the first server may cancel orders of others.
          if (!asker.isAdmin) await orders.get(id, asker);
        },
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
