import { MessageFlags } from 'discord-api-types/v10';
import { answerOrigin, ephemeralFlag, needActive } from './callback.ts';
import { compose, type Upload } from './compose.ts';
import { refusal } from './errors.ts';
import { type Interaction, TOKEN_LASTS_MS } from './interaction.ts';
import type { MessageBodyState, StoredMessage } from './message.ts';
import { deleteMessage, editMessage, storeMessage } from './post.ts';
import { tellChange, type World } from './world.ts';

/** An interaction's token opens a webhook: from the acknowledgement on, for 15 minutes. */
export const openWebhook = (world: World, applicationId: string, token: string): Interaction => {
  const interaction = world.interactions.get(token);
  if (!interaction || applicationId !== world.bot.id) throw refusal('unknownWebhook');
  if (world.clock.now() - interaction.createdAt > TOKEN_LASTS_MS) throw refusal('invalidWebhookToken');
  if (interaction.acknowledged === 'none' || interaction.acknowledged === 'choices') throw refusal('unknownWebhook');
  return interaction;
};

/** `@original` or the id of a message that was made through this interaction. */
export const webhookMessage = (interaction: Interaction, id: string): StoredMessage => {
  const own = [...(interaction.original ? [interaction.original] : []), ...interaction.followUps];
  const message = id === '@original' ? interaction.original : own.find((one) => one.id === id);
  if (!message || message.deleted) throw refusal('unknownMessage');
  return message;
};

const change = (world: World, interaction: Interaction, message: StoredMessage, state: MessageBodyState): void => {
  editMessage(world, message, state);
  if (message === interaction.original) interaction.edits += 1;
  tellChange(world, { kind: 'interaction', interaction });
};

export const editThroughWebhook = (
  world: World,
  interaction: Interaction,
  id: string,
  upload: Upload,
): StoredMessage => {
  const message = webhookMessage(interaction, id);
  needActive(world, interaction);
  change(world, interaction, message, compose(world, upload, { old: message }).state);
  return message;
};

/** While the answer is still "thinking…", the first follow-up becomes the answer. */
export const followUp = (world: World, interaction: Interaction, upload: Upload): StoredMessage => {
  const { original } = interaction;
  if (original?.thinking && !original.deleted) return editThroughWebhook(world, interaction, '@original', upload);
  needActive(world, interaction);
  const { state, body } = compose(world, upload);
  const ephemeral = ((body.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const flags = state.flags | ephemeralFlag(ephemeral);
  const message = storeMessage(world, answerOrigin(interaction, ephemeral), { ...state, flags });
  interaction.followUps.push(message);
  tellChange(world, { kind: 'interaction', interaction });
  return message;
};

export const deleteThroughWebhook = (world: World, interaction: Interaction, id: string): void => {
  deleteMessage(world, webhookMessage(interaction, id));
  tellChange(world, { kind: 'interaction', interaction });
};
