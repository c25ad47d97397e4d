import type { PressHandler } from '../../src/discord/index.ts';
import type { App } from '../app.ts';
import { showCodes } from '../shared/show-codes.ts';

/** From the message that everybody reads: whoever presses sees the code of their own card, and nobody else does. */
export function fetchPresses({ campaigns, orders }: App): Record<string, PressHandler> {
  return {
    'campaign.fetch': {
      acknowledge: 'ephemeral',
      guildOf: campaigns.guildOf,
      async press(moment, id) {
        await campaigns.fetchCard(id, moment.asker, (order) => showCodes(orders, moment, order));
        return undefined;
      },
    },
  };
}
