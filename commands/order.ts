import { SlashCommandBuilder } from '@discordjs/builders';
import type { Command, Moment } from '../src/discord/handler.ts';
import { en } from '../src/i18n/en.ts';
import { openActions } from '../src/orders/actions.ts';
import type { Sighted } from '../src/orders/looking-up.ts';
import { orderView } from '../src/views/order.ts';
import { orderRecordView } from '../src/views/order-record.ts';
import type { View } from '../src/views/view.ts';
import type { App } from './app.ts';

export function order(app: App): Command {
  const { purchasing } = app;
  const { name, description, options } = en.commands.order;

  /** As its requester or recipient sees it, or as an admin does, who may see no code. */
  function view({ order: found, viewer, isOwn }: Sighted, { words }: Moment): View {
    if (!isOwn) return orderRecordView(found, words);
    const actions = openActions(found, viewer, app.now());
    const delivery = viewer.isAdmin === true;
    return orderView(found, { actions, timeline: true, delivery }, words);
  }

  return {
    definition: new SlashCommandBuilder()
      .setName(name)
      .setDescription(description)
      .addStringOption((option) =>
        option
          .setName(options.reference.name)
          .setDescription(options.reference.description)
          .setRequired(true)
          .setMaxLength(40),
      )
      .toJSON(),
    acknowledge: 'ephemeral',
    async run(moment, { reference = '' }) {
      return view(await purchasing.lookUp(String(reference), moment.asker), moment);
    },
  };
}
