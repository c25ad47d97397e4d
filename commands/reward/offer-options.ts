import type {
  SlashCommandIntegerOption,
  SlashCommandStringOption,
  SlashCommandSubcommandBuilder,
} from '@discordjs/builders';
import { ChannelType } from 'discord.js';
import type { Eligibility, Offered } from '../../src/campaigns/index.ts';
import type { Choice, Moment, Options } from '../../src/discord/index.ts';
import { en } from '../../src/i18n/index.ts';
import { messageOption } from './gift-options.ts';

interface OptionWords {
  readonly name: string;
  readonly description: string;
}

const { repeats } = en.commands.reward.offering;
const { options: shared } = en.commands.reward.drop;
/** So many cards are five orders, and more than one person's word should give away at once. */
const MOST_CARDS = 500;
const MOST_DAYS = 3650;
const LONGEST_TIME = 40;

export const countOption =
  ({ name, description }: OptionWords) =>
  (option: SlashCommandIntegerOption) =>
    option
      .setName(name)
      .setDescription(description)
      .setRequired(true)
      .setMinValue(1)
      .setMaxValue(MOST_CARDS);

export const wholeOption =
  ({ name, description }: OptionWords, highest = MOST_DAYS) =>
  (option: SlashCommandIntegerOption) =>
    option.setName(name).setDescription(description).setMinValue(1).setMaxValue(highest);

export const timeOption =
  ({ name, description }: OptionWords, isRequired = false) =>
  (option: SlashCommandStringOption) =>
    option
      .setName(name)
      .setDescription(description)
      .setRequired(isRequired)
      .setAutocomplete(true)
      .setMaxLength(LONGEST_TIME);

/** Where, from when, and for whom: the same for drops and giveaways. */
export function withShared(subcommand: SlashCommandSubcommandBuilder) {
  return subcommand
    .addChannelOption((option) =>
      option
        .setName(shared.channel.name)
        .setDescription(shared.channel.description)
        .addChannelTypes(ChannelType.GuildText, ChannelType.GuildAnnouncement),
    )
    .addStringOption(timeOption(shared.starts))
    .addRoleOption((option) =>
      option.setName(shared.role.name).setDescription(shared.role.description),
    )
    .addIntegerOption(wholeOption(shared.accountDays))
    .addIntegerOption(wholeOption(shared.memberDays))
    .addIntegerOption(wholeOption(shared.quietDays))
    .addStringOption((option) =>
      messageOption(option).setName(shared.message.name).setDescription(shared.message.description),
    )
    .addStringOption((option) =>
      option
        .setName(shared.repeat.name)
        .setDescription(shared.repeat.description)
        .addChoices(
          { name: repeats.weekly, value: 'weekly' },
          { name: repeats.monthly, value: 'monthly' },
        ),
    );
}

/** A time is typed by hand; these are offered. */
export function completeTime(typed: string): Choice[] {
  const start = typed.trim().toLowerCase();
  return en.rewardTimes.offered
    .filter((each) => each.toLowerCase().startsWith(start))
    .map((each) => ({ name: each, value: each }));
}

/** What was chosen of these, as the campaign takes it. */
export function sharedOf(
  { asker: member, channel, locale, words }: Moment,
  options: Options,
): Omit<Offered, 'kind' | 'itemCode' | 'cards'> {
  const { starts, ends, repeat } = options;
  const message = String(options.message ?? '').trim();
  return {
    member,
    channel,
    locale,
    says: words.rewardTimes.says,
    place: String(options.channel ?? channel),
    gift: { receipt: 'private', ...(message && { message }) },
    eligibility: eligibilityOf(options),
    ...(starts !== undefined && { starts: String(starts) }),
    ...(ends !== undefined && { ends: String(ends) }),
    ...((repeat === 'weekly' || repeat === 'monthly') && { repeats: repeat }),
  };
}

function eligibilityOf(options: Options): Eligibility {
  const days = {
    accountDays: options[shared.accountDays.name],
    memberDays: options[shared.memberDays.name],
    quietDays: options[shared.quietDays.name],
  };
  const given = Object.entries(days).filter(([, count]) => count !== undefined);
  const { role } = options;
  return {
    ...(role !== undefined && { role: String(role) }),
    ...Object.fromEntries(given.map(([rule, count]) => [rule, Number(count)])),
  };
}
