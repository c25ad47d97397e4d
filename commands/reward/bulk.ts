import { ChannelType } from 'discord.js';
import type { Whom } from '../../src/campaigns/index.ts';
import type { InteractionContext } from '../../src/discord/index.ts';
import { en } from '../../src/i18n/index.ts';
import { Problem } from '../../src/lib/index.ts';
import type { Gift } from '../../src/orders/index.ts';
import { requireOpenChannel } from '../../src/policy/index.ts';
import {
  bulkCheckingView,
  bulkLateView,
  bulkNobodyView,
  bulkPreview,
  bulkTemplateView,
  bulkWhomView,
  bulkWrongView,
  leftOutNotes,
  problemView,
  type View,
} from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { type Subcommand, subcommand } from '../shared/define.ts';
import { giftItem, giftItemOption } from '../shared/item-option.ts';
import { channelOption, fileOption, roleOption, textOption } from '../shared/option.ts';
import { askedIn, requireOwnChannel } from '../shared/own-channel.ts';
import { BULK_CALLS, QUOTE_CALLS } from '../shared/vendor-calls.ts';
import { panelOf } from './decide.ts';
import { messageOption, receiptOption } from './offer-options.ts';
import { whomOf } from './whom.ts';

/** Discord lets a message be edited a few times in five seconds. */
const PROGRESS_EVERY_MS = 2_500;

/** About two hundred mentions. */
const LONGEST_LIST = 5_000;
const LONGEST_LINK = 200;
const LONGEST_EMOJI = 60;

interface Sending {
  readonly whom: Whom;
  readonly place: string;
  readonly gift: Gift;
  readonly itemCode?: string | undefined;
}

interface Preview {
  readonly view: View;
  /** What can be confirmed. */
  readonly campaign?: string;
}

/** Who gets a card is picked from a menu. Throws a Problem where it is not said which card. */
export async function bulkMenu(
  app: App,
  { asker, words }: InteractionContext,
  { itemCode, ...rest }: Omit<Sending, 'whom'>,
): Promise<View> {
  if (itemCode === undefined) throw new Problem('bulk_item_missing', {});
  const offer = await app.shop.offer(itemCode);
  const { itemCode: item } = offer;
  const query = await app.queries.remember({ kind: 'bulk', user: asker.user, item, ...rest });
  return bulkWhomView(query, offer.name, words);
}

/** Cards to many: to members named or picked in a menu, to who reacted to a message, to a role, or to those a file names. */
export function bulk(app: App): Subcommand {
  /** Checked whole, and shown with all that was left out. Nothing is charged before it is confirmed. */
  async function preview(moment: InteractionContext, sending: Sending): Promise<Preview> {
    const { asker: member, locale, words } = moment;
    const channel = askedIn(moment, sending.place);
    let shownAt = app.now();
    const progress = async (checked: number, all: number) => {
      if (app.now() - shownAt < PROGRESS_EVERY_MS) return;
      // An answer that can be edited no more is no reason to stop, and is not tried again.
      const isShown = await moment.showMeanwhile(bulkCheckingView(checked, all, words));
      shownAt = isShown ? app.now() : Number.POSITIVE_INFINITY;
    };
    const plan = await app.campaigns.planBulk({ ...sending, member, channel, locale }, progress);
    if (plan.kind === 'wrong') return { view: bulkWrongView(plan, words) };
    if (plan.kind === 'nobody') return { view: bulkNobodyView(plan.leftOut, words) };
    const { campaign, leftOut } = plan;
    const shown = { preview: bulkPreview(campaign, plan, words) };
    return { view: await panelOf(app, moment, campaign, leftOutNotes(leftOut, words), shown), campaign: campaign.id };
  }

  /** A long list takes a while, and whoever sent it gets what came of it all the same. */
  async function handPreview(moment: InteractionContext, sending: Sending): Promise<undefined> {
    const { asker, words } = moment;
    const { view, campaign }: Preview = await preview(moment, sending).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      return { view: problemView(error, words) };
    });
    await moment.hand(view, bulkLateView(asker.user, campaign, words));
  }

  return subcommand(en.commands.reward.bulk, {
    options: {
      item: giftItemOption(app),
      members: textOption(LONGEST_LIST),
      reacted: textOption(LONGEST_LINK),
      emoji: textOption(LONGEST_EMOJI),
      role: roleOption,
      file: fileOption,
      message: messageOption,
      receipt: receiptOption,
      channel: channelOption(ChannelType.GuildText),
    },
    vendorCalls: BULK_CALLS,
    async run(moment, { item, receipt = 'private', channel, message, ...people }) {
      const { asker, channel: here } = moment;
      const sending = {
        place: channel ?? here,
        gift: { receipt, ...(message !== undefined && { message }) },
        itemCode: item && giftItem(app, item),
      };
      requireOwnChannel(moment, sending.place);
      await requireOpenChannel(app.places, asker.guild, sending.place);
      const whom = await whomOf(moment, people);
      return whom ? handPreview(moment, { ...sending, whom }) : bulkMenu(app, moment, sending);
    },
    presses: {
      'bulk.template': {
        acknowledge: 'ephemeral',
        reads: true,
        press: async ({ words }) => bulkTemplateView(words),
      },
      'bulk.pick': {
        acknowledge: 'update',
        vendorCalls: QUOTE_CALLS,
        async press(moment, query, users) {
          const { item, place, gift } = await app.queries.recall('bulk', query, moment.asker.user);
          requireOwnChannel(moment, place);
          const { view } = await preview(moment, { whom: { kind: 'picked', users }, place, gift, itemCode: item });
          return view;
        },
      },
    },
  });
}
