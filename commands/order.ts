import type { Command, InteractionContext } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { type Order as Found, openActions, type Sighted } from '../src/orders/index.ts';
import { orderRecordView, orderView, parseTurn, resendView, rewardView, type View } from '../src/views/index.ts';
import type { App } from './app.ts';
import { rejectForm } from './shared/decide.ts';
import { command } from './shared/define.ts';
import { required, textOption } from './shared/option.ts';

export function order(app: App): Command {
  const { orders } = app;
  const { guildOf } = orders;

  /** As its requester sees it, or whom a card of it was sent to, or as an admin does, who may see no code. */
  async function view({ order: found, viewer, isOwn }: Sighted, { words }: InteractionContext): Promise<View> {
    const actions = openActions(found, viewer, app.now());
    const cases = await orders.casesOf(found, viewer);
    const { user, oversees: delivery = false } = viewer;
    const isSentToThem = isOwn && found.requester !== user;
    if (isSentToThem && !delivery) return rewardView(found, { user, actions }, words);
    if (!isOwn || isSentToThem) return orderRecordView(found, { actions, cases }, words);
    return orderView(found, { actions, cases, timeline: true, delivery }, words);
  }

  async function resend(moment: InteractionContext, id: string, turn?: number): Promise<View> {
    return resendView(await orders.resend(id, moment.asker, turn), moment.words);
  }

  /** Who may decide sees it as long as it waits: afterwards they see what they have decided. */
  async function decided(how: Promise<Found>, { asker, words }: InteractionContext): Promise<View> {
    const found = await how;
    const actions = await orders.actionsOf(found, asker);
    return orderRecordView(found, { actions }, words);
  }

  return command(en.commands.order, {
    options: { reference: required(textOption(40)) },
    reads: true,
    run: async (moment, { reference }) => view(await orders.lookUp(reference, moment.asker), moment),
    presses: {
      'order.show': {
        acknowledge: 'update',
        reads: true,
        guildOf,
        press: async (moment, id) => view(await orders.sight(id, moment.asker), moment),
      },
      'order.approve': {
        acknowledge: 'update',
        press: (moment, id) => decided(orders.approve(id, moment.asker), moment),
      },
      'order.reject': rejectForm('order.reject'),
      'order.resend': { acknowledge: 'update', guildOf, press: (moment, id) => resend(moment, id) },
      'order.resend_sure': {
        acknowledge: 'update',
        guildOf: (argument) => guildOf(parseTurn(argument).order),
        press(moment, argument) {
          const { order: id, turn } = parseTurn(argument);
          return resend(moment, id, turn);
        },
      },
    },
    submits: {
      'order.reject': {
        acknowledge: 'update',
        submit: (moment, id, { reason = '' }) => decided(orders.reject(id, moment.asker, reason), moment),
      },
    },
  });
}
