import {
  type AnySelectMenuInteraction,
  ApplicationCommandOptionType,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { Words } from '../../i18n/index.ts';
import { createKeyed, Problem } from '../../lib/index.ts';
import { incidentView, problemView, type View } from '../../views/index.ts';
import type { DiscordContext } from '../context.ts';
import { calling, DiscordFailure } from '../errors.ts';
import { payload } from '../messages/message.ts';
import type { Acknowledgement, Asker, InteractionContext, Options } from './handler.ts';

type ReplyContext = Pick<DiscordContext, 'wordsFor' | 'readFile' | 'liveReplies'>;

/** Interactions that are answered with a message. */
export type Answerable =
  | ChatInputCommandInteraction
  | ButtonInteraction
  | AnySelectMenuInteraction
  | ModalSubmitInteraction;

/**
 * Tells Discord that the press has arrived, and gives how: where there is no message to update, with a new one.
 * Throws DiscordFailure: then nothing may be done about it.
 */
export async function acknowledge(interaction: Answerable, wanted: Acknowledgement): Promise<Acknowledgement> {
  if (wanted === 'update' && isOnMessage(interaction)) {
    await calling(interaction.deferUpdate());
    return 'update';
  }
  await calling(interaction.deferReply({ flags: MessageFlags.Ephemeral }));
  return 'ephemeral';
}

function isOnMessage(interaction: Answerable): interaction is Exclude<Answerable, ChatInputCommandInteraction> {
  if (interaction.isModalSubmit()) return interaction.isFromMessage();
  return interaction.isMessageComponent();
}

export function createInteractionContext(
  { wordsFor, readFile, liveReplies }: ReplyContext,
  interaction: Answerable,
  asker: Asker,
): InteractionContext {
  const edits = createKeyed();
  return {
    asker,
    channel: interaction.channelId ?? '',
    locale: interaction.locale,
    words: wordsFor(interaction.locale),
    /** One edit after the other: a slow one must not overwrite what came after it. */
    show: (view) =>
      edits.serialise('edit', async () => {
        await calling(interaction.editReply({ ...payload(view), attachments: [] }));
      }),
    async add(view) {
      const { flags, ...rest } = payload(view);
      await calling(interaction.followUp({ ...rest, flags: flags | MessageFlags.Ephemeral }));
    },
    async attachment(option) {
      if (!interaction.isChatInputCommand()) return undefined;
      const file = interaction.options.getAttachment(option);
      return file ? readFile(file) : undefined;
    },
    follow: (order) => liveReplies.follow(order, interaction.token),
  };
}

type ErrorContext = Pick<DiscordContext, 'newIncidentId' | 'log'>;

/** The one place where an error becomes words for the person it stopped. */
export async function replyWithError(
  ctx: ErrorContext,
  error: unknown,
  moment: InteractionContext,
  how: Acknowledgement,
): Promise<void> {
  if (error instanceof DiscordFailure && error.kind === 'gone') {
    ctx.log.debug({ err: error }, 'nobody looks at this answer any more');
    return;
  }
  const view = errorView(ctx, error, moment.words);
  // What an update would overwrite may still be true, so the bad news gets a message of its own.
  await (how === 'update' ? moment.add(view) : moment.show(view));
}

function errorView({ newIncidentId, log }: ErrorContext, error: unknown, words: Words): View {
  if (error instanceof Problem) return problemView(error, words);
  const incident = newIncidentId();
  log.error({ err: error, incident }, 'a handler failed');
  return incidentView(incident, words);
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

/** All that was picked in a menu; nothing, for a button. */
export function chosenIn(interaction: ButtonInteraction | AnySelectMenuInteraction) {
  return interaction.isButton() ? [] : interaction.values;
}

/** What came with a modal: its texts, and what was picked in its menus. */
export function submittedBy(interaction: ModalSubmitInteraction) {
  const fields: Record<string, string> = {};
  const picked: Record<string, readonly string[]> = {};
  for (const field of interaction.fields.fields.values()) {
    if ('values' in field) picked[field.customId] = field.values;
    else fields[field.customId] = String(field.value ?? '');
  }
  return { fields, picked };
}
