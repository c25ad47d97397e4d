import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { whyView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';
import { itemOption, quantityOption } from './shared/item-option.ts';
import { memberOption, required } from './shared/option.ts';
import { QUOTE_CALLS } from './shared/vendor-calls.ts';

/** What would happen to an order, without making one. */
export const why = (app: App): Command =>
  command(en.commands.why, {
    isForManagers: true,
    options: { item: required(itemOption(app)), quantity: quantityOption, member: memberOption },
    vendorCalls: QUOTE_CALLS,
    reads: true,
    async run({ asker, words }, { item: itemCode, quantity = 1, member: user = asker.user }) {
      return whyView(await app.orders.explain(asker, { itemCode, quantity, user }), words);
    },
  });
