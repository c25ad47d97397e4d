import type { PressHandler } from '../../src/discord/index.ts';
import { Problem } from '../../src/lib/index.ts';
import type { App } from '../app.ts';
import { showCodes } from '../shared/show-codes.ts';

/** From the message that everybody reads: whoever presses sees the code of their own card, and nobody else does. */
export function fetchingPresses(app: App): Record<string, PressHandler> {
  const { book, entries, viewing, messages } = app.campaigns;
  return {
    'campaign.fetch': {
      acknowledge: 'ephemeral',
      guildOf: async (id) => (await book.get(id))?.guild,
      async press(moment, id) {
        const { reference } = await viewing.here(id, moment.asker);
        const entry = await entries.get(id, moment.asker.user);
        if (entry?.state === 'due') throw new Problem('card_on_its_way', { reference });
        if (entry?.order === undefined) throw new Problem('no_card_of_it', { reference });
        await showCodes(app.orders, moment, entry.order);
        // The message that called them is true no longer.
        messages.kick(id);
        return undefined;
      },
    },
  };
}
