import {
  type AnySelectMenuInteraction,
  ApplicationCommandOptionType,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type ContextMenuCommandInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { Words } from '../../i18n/index.ts';
import { Problem, seenText } from '../../lib/index.ts';
import { recordProblem } from '../../orders/index.ts';
import { incidentView, problemView, type View, type WhoToAsk } from '../../views/index.ts';
import { mayReadIn, mayWriteIn } from '../channels.ts';
import type { DiscordContext } from '../context.ts';
import { attempt, DiscordFailure } from '../errors.ts';
import type { Asker, InteractionContext, MenuTarget, Options } from './handler.ts';
import type { Answerable, Reply } from './reply.ts';
import { whoToAsk } from './who-to-ask.ts';

type ReplyContext = Pick<
  DiscordContext,
  'wordsFor' | 'brands' | 'readFile' | 'liveReplies' | 'directMessages' | 'channelMessages' | 'log'
>;

export function createInteractionContext(
  ctx: ReplyContext,
  interaction: Answerable,
  { show, add }: Reply,
  asker: Asker,
): InteractionContext {
  const { wordsFor, readFile, liveReplies } = ctx;
  return {
    asker,
    channel: interaction.channelId ?? '',
    isDirect: interaction.guildId === null,
    locale: interaction.locale,
    words: wordsFor(interaction.locale),
    mayWrite: (channel) => mayWriteIn(interaction, channel),
    mayRead: (channel) => mayReadIn(interaction, channel),
    guideOf: ctx.brands.guideOf,
    show,
    add,
    showMeanwhile: (view) =>
      attempt(
        async () => {
          await show(view);
          return true;
        },
        () => false,
      ),
    hand: (view, aside) =>
      attempt(
        () => show(view),
        (failure) => {
          if (failure.kind !== 'gone') throw failure;
          return handLate(ctx, interaction, asker, { view, aside });
        },
      ),
    async attachment(option) {
      if (!interaction.isChatInputCommand()) return undefined;
      const file = interaction.options.getAttachment(option);
      return file ? readFile(file) : undefined;
    },
    follow: (order, how) =>
      liveReplies.follow(order, interaction.token, { ...how, guild: interaction.guildId ?? undefined }),
  };
}

/** What was asked for more than 15 minutes ago, when the answer was the asker's to look at. */
function handLate(
  { directMessages, channelMessages, log }: ReplyContext,
  { id: nonce, channelId }: Answerable,
  { user, guild }: Asker,
  { view, aside }: { view: View; aside: View },
): Promise<void> {
  return attempt(
    async () => void (await directMessages.send(user, view, nonce, guild)),
    async (failure) => {
      log.info({ user, err: failure }, 'a late answer goes to the channel: its asker had no direct message');
      await channelMessages.post(guild, channelId ?? '', aside, { nonce, mayBeOut: false });
    },
  );
}

type ErrorContext = Pick<DiscordContext, 'client' | 'approversOf' | 'wordsFor' | 'newIncidentId' | 'log'>;

/** The one place where an error becomes words for the person it stopped. `kept`: what they wrote, for them to copy. */
export async function replyWithError(
  ctx: ErrorContext,
  error: unknown,
  reply: Reply,
  { locale, guildId: guild, user }: Pick<Answerable, 'locale' | 'guildId' | 'user'>,
  kept?: string,
): Promise<void> {
  if (error instanceof DiscordFailure && error.kind === 'gone') {
    ctx.log.debug({ err: error }, 'nobody looks at this answer any more');
    return;
  }
  const ask = error instanceof Problem ? await whoToAsk(ctx, error, { guild, user: user.id }) : undefined;
  await reply.refuse(errorView(ctx, error, ctx.wordsFor(locale), { kept, ask }));
}

function errorView(
  { newIncidentId, log }: ErrorContext,
  error: unknown,
  words: Words,
  { kept, ask }: { readonly kept: string | undefined; readonly ask: WhoToAsk | undefined },
): View {
  if (error instanceof Problem) return problemView(error, words, { kept, ask });
  const unreadable = recordProblem(error);
  if (unreadable) return problemView(unreadable, words, { kept });
  const incident = newIncidentId();
  log.error({ err: error, incident }, 'a handler failed');
  return incidentView(incident, words, kept);
}

type Option = ChatInputCommandInteraction['options']['data'][number];

/** What came with a command. People, roles, channels and files are their ids; the name of a subcommand is `subcommand`. */
export function optionsOf({ options }: ChatInputCommandInteraction): Options {
  const subcommand = options.getSubcommand(false);
  const given = options.data.flatMap(leaves).map(({ name, value }) => [name, value]);
  return { ...(subcommand !== null && { subcommand }), ...Object.fromEntries(given) };
}

/** The options inside a subcommand, itself perhaps inside a group. */
function leaves(option: Option): readonly Option[] {
  const { Subcommand, SubcommandGroup } = ApplicationCommandOptionType;
  const isOuter = option.type === Subcommand || option.type === SubcommandGroup;
  return isOuter ? (option.options ?? []).flatMap(leaves) : [option];
}

/** Whose menu was opened. Where the channel is not known to discord.js, it gives a message as Discord wrote it. */
export function targetOf(interaction: ContextMenuCommandInteraction): MenuTarget {
  if (interaction.isUserContextMenuCommand()) {
    const { id: user, bot: isBot } = interaction.targetUser;
    return { user, isBot };
  }
  if (interaction.isMessageContextMenuCommand()) {
    const { targetMessage: target, channelId: channel } = interaction;
    const webhook = 'webhook_id' in target ? target.webhook_id : 'webhookId' in target && target.webhookId;
    const { id: user, bot = false } = target.author;
    return { user, isBot: bot || Boolean(webhook), message: { channel, message: target.id } };
  }
  throw new Error(`no menu of people or messages has ${interaction.commandName}`);
}

/** All that was picked in a menu; nothing, for a button. */
export function chosenIn(interaction: ButtonInteraction | AnySelectMenuInteraction) {
  return interaction.isButton() ? [] : interaction.values;
}

/** What came with a modal: its texts, as whoever wrote them sees them, and what was picked in its menus. */
export function submittedBy(interaction: ModalSubmitInteraction) {
  const fields: Record<string, string> = {};
  const picked: Record<string, readonly string[]> = {};
  for (const field of interaction.fields.fields.values()) {
    if ('values' in field) picked[field.customId] = field.values;
    else fields[field.customId] = seenText(String(field.value ?? ''));
  }
  return { fields, picked };
}
