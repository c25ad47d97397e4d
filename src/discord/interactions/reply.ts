import {
  type AnySelectMenuInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type ContextMenuCommandInteraction,
  InteractionResponseType,
  MessageFlags,
  type ModalSubmitInteraction,
  Routes,
} from 'discord.js';
import { createKeyed } from '../../lib/index.ts';
import type { View } from '../../views/index.ts';
import type { DiscordContext } from '../context.ts';
import { calling, DiscordFailure } from '../errors.ts';
import { answerBody } from '../messages/message.ts';
import type { Acknowledgement } from './handler.ts';

/** Interactions that are answered with a message. */
export type Answerable =
  | ChatInputCommandInteraction
  | ContextMenuCommandInteraction
  | ButtonInteraction
  | AnySelectMenuInteraction
  | ModalSubmitInteraction;

export type Reply = ReturnType<typeof createReply>;

const {
  ChannelMessageWithSource: NEW_MESSAGE,
  DeferredChannelMessageWithSource: NEW_MESSAGE_LATER,
  DeferredMessageUpdate: UPDATE_LATER,
  UpdateMessage: UPDATE,
} = InteractionResponseType;

/**
 * The answer to one interaction. Its first word, with the answer in it or without, is its acknowledgement: one promise, and
 * all else waits for it. `onTaken`: Discord has taken it. What follows goes through its webhook. All throw DiscordFailure: then nothing may be done about it.
 */
export function createReply(
  ctx: Pick<DiscordContext, 'client' | 'webhooks' | 'commandMentions' | 'brands'>,
  interaction: Answerable,
  wanted: Acknowledgement,
  onTaken: () => void = () => undefined,
) {
  /** Where there is no message to update, a new one. */
  const how: Acknowledgement = wanted === 'update' && isOnMessage(interaction) ? 'update' : 'ephemeral';
  const { id, token } = interaction;
  const guild = interaction.guildId ?? undefined;
  const edits = createKeyed();
  let first: Promise<void> | undefined;

  function acknowledge(type: InteractionResponseType, view?: View): Promise<void> {
    const isForThemAlone = type === NEW_MESSAGE || type === NEW_MESSAGE_LATER;
    const flags = isForThemAlone ? MessageFlags.Ephemeral : 0;
    const { body: data, files } = view
      ? answerBody(ctx.commandMentions.on(view, guild), ctx.brands.pictureOf, flags)
      : { body: { flags }, files: [] };
    const query = new URLSearchParams({ with_response: 'false' });
    const body = type === UPDATE_LATER ? { type } : { type, data };
    const sent = ctx.client.rest.post(Routes.interactionCallback(id, token), { body, files, query, auth: false });
    const word = calling(sent).then(() => onTaken());
    first = word;
    word.catch((error: unknown) => {
      // What Discord would not take has acknowledged nothing: something else may.
      if (view && first === word && error instanceof DiscordFailure && error.kind === 'refused') first = undefined;
    });
    return word;
  }

  const defer = (): Promise<void> => first ?? acknowledge(how === 'update' ? UPDATE_LATER : NEW_MESSAGE_LATER);

  /** Calls keep their order: a slow edit must not overwrite what came after it. */
  function show(view: View): Promise<void> {
    if (!first) return acknowledge(how === 'update' ? UPDATE : NEW_MESSAGE, view);
    const before = first;
    return edits.serialise('edit', async () => {
      await before;
      await ctx.webhooks.edit(token, '@original', view, guild);
    });
  }

  async function add(view: View): Promise<void> {
    await defer();
    await ctx.webhooks.add(token, view, guild);
  }

  return {
    /** Discord did not take the first word, or gave no answer to it: nobody is there to tell anything. */
    async hasFailed(): Promise<boolean> {
      const word = first ?? Promise.resolve();
      return word.then(
        () => false,
        () => true,
      );
    },
    /** Says that it has arrived, unless something was said. */
    defer,
    /** Puts it in place of the answer so far. */
    show,
    /** Adds a message that only the asker sees. */
    add,
    /** The last word, of what went wrong: what an update would overwrite may still be true. One message, whatever was said. */
    refuse: (view: View): Promise<void> => {
      if (how === 'ephemeral') return show(view);
      return first ? add(view) : acknowledge(NEW_MESSAGE, view);
    },
  };
}

function isOnMessage(interaction: Answerable): boolean {
  if (interaction.isModalSubmit()) return interaction.isFromMessage();
  return interaction.isMessageComponent();
}
