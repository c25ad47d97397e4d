import type { Command, InteractionContext, PressHandler } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import type { Decision } from '../src/orders/index.ts';
import {
  askView,
  closeModal,
  decidedView,
  parsePage,
  reviewListView,
  reviewView,
  type View,
} from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';

const MOST_LISTED = 10; // the text of more may not fit a message

export function review({ orders }: App): Command {
  async function decide({ asker, words }: InteractionContext, id: string, decision: Decision): Promise<View> {
    return decidedView(await orders.decide(id, asker, decision), words);
  }

  /** Asked once more, and then done. */
  const deciding = (kind: 'none' | 'wait'): Record<string, PressHandler> => ({
    [`review.${kind}`]: {
      acknowledge: 'ephemeral',
      press: async ({ asker, words }, id) => askView(await orders.review(id, asker, kind), { kind }, words),
    },
    [`review.${kind}.yes`]: { acknowledge: 'update', press: (moment, id) => decide(moment, id, { kind }) },
  });

  return command(en.commands.review, {
    isForManagers: true,
    async run({ asker, words }) {
      const waiting = await orders.reviews(asker, { limit: MOST_LISTED });
      return reviewListView(waiting.orders, waiting.next !== undefined, words);
    },
    presses: {
      'review.open': {
        acknowledge: 'ephemeral',
        press: async ({ asker, words }, _, [id = '']) =>
          reviewView(await orders.review(id, asker, 'close'), 'somebody', words),
      },
      'review.ours': {
        acknowledge: 'ephemeral',
        async press({ asker, words }, argument) {
          const { id, orderId } = parseCandidate(argument);
          const order = await orders.review(id, asker, 'ours');
          const candidate = order.candidates?.find((one) => one.orderId === orderId) ?? { orderId };
          return askView(order, { kind: 'ours', candidate }, words);
        },
      },
      'review.ours.yes': {
        acknowledge: 'update',
        press(moment, argument) {
          const { id, orderId } = parseCandidate(argument);
          return decide(moment, id, { kind: 'ours', orderId });
        },
      },
      ...deciding('none'),
      ...deciding('wait'),
      'review.close': { acknowledge: 'modal', open: ({ words }, id) => closeModal(id, words) },
    },
    submits: {
      'review.close': {
        acknowledge: 'ephemeral',
        submit: (moment, id, { reason = '' }) => decide(moment, id, { kind: 'close', reason }),
      },
    },
  });
}

function parseCandidate(argument: string): { id: string; orderId: number } {
  const { query: id, page } = parsePage(argument);
  return { id, orderId: Number(page) };
}
