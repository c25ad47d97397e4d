import { ChannelType } from 'discord.js';
import type { Eligibility, Offered } from '../../src/campaigns/index.ts';
import type { InteractionContext } from '../../src/discord/index.ts';
import { en } from '../../src/i18n/index.ts';
import type { Given } from '../shared/define.ts';
import { channelOption, choiceOption, completeFrom, roleOption, textOption, wholeOption } from '../shared/option.ts';
import { askedIn, requireOwnChannel } from '../shared/own-channel.ts';

/** So many cards are five orders, and more than one person's word should give away at once. */
const MOST_CARDS = 500;
const MOST_DAYS = 3650;
const LONGEST_MESSAGE = 200;
const LONGEST_TIME = 40;

/** The words that go with a card. */
export const messageOption = textOption(LONGEST_MESSAGE);
/** Who reads that it was sent. */
export const receiptOption = choiceOption(en.commands.reward.receipts);
export const countOption = wholeOption(MOST_CARDS);
export const timeOption = textOption(LONGEST_TIME, completeFrom(en.rewardTimes.offered));

/** Where, from when, and for whom: the same for drops and giveaways. */
export const offerOptions = {
  channel: channelOption(ChannelType.GuildText, ChannelType.GuildAnnouncement),
  starts: timeOption,
  role: roleOption,
  'account-days': wholeOption(MOST_DAYS),
  'member-days': wholeOption(MOST_DAYS),
  'quiet-days': wholeOption(MOST_DAYS),
  message: messageOption,
  repeat: choiceOption(en.commands.reward.repeats),
};
type Chosen = Given<typeof offerOptions> & { readonly ends?: string };

/** What was chosen of these, as the campaign takes it. Throws `channel_not_yours`. */
export function offerOf(
  moment: InteractionContext,
  { message = '', starts, ends, repeat, channel: place = moment.channel, ...rules }: Chosen,
): Omit<Offered, 'kind' | 'itemCode' | 'cards'> {
  const { asker: member, locale, words } = moment;
  requireOwnChannel(moment, place);
  const channel = askedIn(moment, place);
  const saying = message.trim();
  return {
    member,
    channel,
    locale,
    says: words.rewardTimes.says,
    place,
    gift: { receipt: 'private', ...(saying && { message: saying }) },
    eligibility: eligibilityOf(rules),
    ...(starts !== undefined && { starts }),
    ...(ends !== undefined && { ends }),
    ...(repeat !== undefined && { repeats: repeat }),
  };
}

function eligibilityOf(rules: Pick<Chosen, 'role' | (`${string}-days` & keyof Chosen)>): Eligibility {
  const { role, 'account-days': accountDays, 'member-days': memberDays } = rules;
  const { 'quiet-days': quietDays } = rules;
  return {
    ...(role !== undefined && { role }),
    ...(accountDays !== undefined && { accountDays }),
    ...(memberDays !== undefined && { memberDays }),
    ...(quietDays !== undefined && { quietDays }),
  };
}
