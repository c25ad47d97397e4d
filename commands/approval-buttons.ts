import type { Command, PressHandler } from '../src/discord/index.ts';
import { rejectedView, rejectModal } from '../src/views/index.ts';
import type { App } from './app.ts';

/** The buttons of an approval's card. What they decide, the card shows: it is edited by whoever has the news. */
export function approvalPresses({ orders }: App): NonNullable<Command['presses']> {
  const approve: PressHandler = {
    acknowledge: 'update',
    async press({ asker }, id) {
      await orders.approve(id, asker);
      return undefined;
    },
  };

  const cancel: PressHandler = {
    acknowledge: 'update',
    async press({ asker }, id) {
      await orders.cancel(id, asker);
      return undefined;
    },
  };

  return {
    'approval.approve': approve,
    'approval.reject': { acknowledge: 'modal', open: ({ words }, id) => rejectModal(id, words) },
    'approval.cancel': cancel,
  };
}

export function approvalSubmits({ orders }: App): NonNullable<Command['submits']> {
  return {
    'approval.reject': {
      acknowledge: 'ephemeral',
      submit: async ({ asker, words }, id, { reason = '' }) =>
        rejectedView(await orders.reject(id, asker, reason), words),
    },
  };
}
