import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { whyView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { adminCommand } from './shared/admin-command.ts';
import { completeItem, itemOption, quantityOption } from './shared/item-option.ts';

/** What would happen to an order, without making one. */
export function why(app: App): Command {
  const { options } = en.commands.why;
  return {
    definition: adminCommand(en.commands.why)
      .addStringOption(itemOption(options.item))
      .addIntegerOption((option) => quantityOption(options.quantity)(option).setRequired(true))
      .addUserOption((option) =>
        option.setName(options.member.name).setDescription(options.member.description),
      )
      .toJSON(),
    acknowledge: 'ephemeral',
    async run({ asker, words }, { item = '', quantity, member }) {
      const question = { itemCode: String(item), quantity: Number(quantity) };
      const user = member === undefined ? {} : { user: String(member) };
      return whyView(await app.orders.explain(asker, { ...question, ...user }), words);
    },
    complete: { [options.item.name]: completeItem(app.catalog) },
  };
}
