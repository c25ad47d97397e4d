import type { SlashCommandSubcommandBuilder } from '@discordjs/builders';
import { ChannelType } from 'discord.js';
import type { Whom } from '../../src/campaigns/index.ts';
import type { Moment, Options } from '../../src/discord/index.ts';
import { en } from '../../src/i18n/index.ts';
import { Problem } from '../../src/lib/index.ts';
import type { Gift } from '../../src/orders/index.ts';
import { requireOpenChannel } from '../../src/policy/index.ts';
import {
  bulkCheckingView,
  bulkNobodyView,
  bulkWhomView,
  bulkWrongView,
  leftOutNotes,
  type View,
} from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { completeItem, itemOption } from '../shared/item-option.ts';
import { panelOf } from './decide.ts';
import { messageOption, receiptOf, receiptOption } from './gift-options.ts';
import type { Subcommand } from './subcommand.ts';

const { name, description, options } = en.commands.reward.bulk;
/** Discord lets a message be edited a few times in five seconds. */
const PROGRESS_EVERY_MS = 2_500;

interface Sending {
  readonly whom: Whom;
  readonly place: string;
  readonly gift: Gift;
  readonly itemCode?: string | undefined;
}

function define(subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return subcommand
    .setName(name)
    .setDescription(description)
    .addStringOption((option) => itemOption(options.item)(option).setRequired(false))
    .addRoleOption((option) =>
      option.setName(options.role.name).setDescription(options.role.description),
    )
    .addAttachmentOption((option) =>
      option.setName(options.file.name).setDescription(options.file.description),
    )
    .addStringOption(messageOption)
    .addStringOption(receiptOption)
    .addChannelOption((option) =>
      option
        .setName(options.channel.name)
        .setDescription(options.channel.description)
        .addChannelTypes(ChannelType.GuildText),
    );
}

/** Cards to many: to members picked in a menu, to those a file names, or to a role. */
export function bulk(app: App): Subcommand {
  /** Checked whole, and shown with all that was left out. Nothing is charged before it is confirmed. */
  async function preview(moment: Moment, { whom, ...sending }: Sending): Promise<View> {
    const { asker: member, channel, locale, words } = moment;
    let shownAt = app.now();
    const progress = async (checked: number, all: number) => {
      if (app.now() - shownAt < PROGRESS_EVERY_MS) return;
      shownAt = app.now();
      await moment.show(bulkCheckingView(checked, all, words));
    };
    const wish = { ...sending, whom, member, channel, locale };
    const plan = await app.campaigns.planBulk(wish, progress);
    if (plan.kind === 'wrong') return bulkWrongView(plan, words);
    if (plan.kind === 'nobody') return bulkNobodyView(plan.leftOut, words);
    return panelOf(app, moment, plan.campaign, leftOutNotes(plan.leftOut, words));
  }

  async function whomOf(moment: Moment, { role, file }: Options): Promise<Whom | undefined> {
    if (role !== undefined && file !== undefined) throw new Problem('bulk_whom_twice', {});
    if (role !== undefined) return { kind: 'role', role: String(role) };
    const attached = await moment.attachment(options.file.name);
    return attached && { kind: 'file', text: attached.text };
  }

  async function menu({ asker, words }: Moment, sending: Omit<Sending, 'whom'>): Promise<View> {
    const { itemCode, ...rest } = sending;
    if (itemCode === undefined) throw new Problem('bulk_item_missing', {});
    const offer = await app.shop.offer(itemCode);
    const { itemCode: item } = offer;
    const query = await app.queries.remember({ kind: 'bulk', user: asker.user, item, ...rest });
    return bulkWhomView(query, offer.name, words);
  }

  return {
    name,
    define,
    async run(moment, given) {
      const { item, message, receipt, channel = moment.channel } = given;
      const sending = {
        place: String(channel),
        gift: {
          receipt: receiptOf(receipt),
          ...(message !== undefined && { message: String(message) }),
        },
        ...(item !== undefined && { itemCode: String(item) }),
      };
      await requireOpenChannel(app.places, moment.asker.guild, sending.place);
      const whom = await whomOf(moment, given);
      return whom ? preview(moment, { ...sending, whom }) : menu(moment, sending);
    },
    complete: { [options.item.name]: completeItem(app.catalog) },
    presses: {
      'bulk.pick': {
        acknowledge: 'update',
        async press(moment, query, users) {
          const { item, place, gift } = await app.queries.recall('bulk', query, moment.asker.user);
          return preview(moment, { whom: { kind: 'picked', users }, place, gift, itemCode: item });
        },
      },
    },
  };
}
