import type { Words } from '../../i18n/index.ts';
import type { Action, Order } from '../../orders/index.ts';
import { reportButton } from '../admin/cases.ts';
import { type Button, buttonFor } from '../kit/message.ts';
import { cancelButton, yesButton } from './quote.ts';

/** The buttons of an order, drawn from what may be done with it; `back` is the page of the list to go back to. */
export function actionButtons(
  order: Order,
  actions: readonly Action[],
  words: Words,
  back?: string,
) {
  const { id, status, quote } = order;
  const { buttons } = words;
  // What admins decide about an order in review has a message of its own.
  const buttonOf: Partial<Record<Action, () => Button | undefined>> = {
    approve: () => buttonFor('order.approve', id, buttons.approve(quote.charged), { main: true }),
    reject: () => buttonFor('order.reject', id, buttons.reject),
    cancel: () => cancelButton(order, words),
    reveal: () => buttonFor('order.reveal', id, buttons.reveal, { main: status === 'held' }),
    collect: () => buttonFor('order.collect', id, buttons.collect),
    report: () => reportButton(id, words),
    resend: () => buttonFor('order.resend', id, buttons.resend),
  };
  return [
    yesButton(order, actions, words),
    ...actions.map((action) => buttonOf[action]?.()),
    back !== undefined && buttonFor('orders.page', back, buttons.back),
  ];
}
