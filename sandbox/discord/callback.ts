import { InteractionType, InteractionResponseType as Kind, MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Component } from './component.ts';
import { compose, type Upload } from './compose.ts';
import { invalidField, refusal } from './errors.ts';
import { ACKNOWLEDGE_WITHIN_MS, type Acknowledgement, type Choice, causeOf, type Interaction } from './interaction.ts';
import type { MessageOrigin } from './message.ts';
import { editMessage, storeMessage } from './post.ts';
import { checkForm, withoutNulls } from './rules/form.ts';
import { completionRules, modalRules } from './rules/modal.ts';
import { tellChange, type World } from './world.ts';

const callback = z.object({
  type: z.number().int(),
  data: z.looseObject({ flags: z.number().int().nullish() }).nullish(),
});

const answers: readonly number[] = [Kind.ChannelMessageWithSource, Kind.DeferredChannelMessageWithSource];
const updates: readonly number[] = [Kind.DeferredMessageUpdate, Kind.UpdateMessage];

/** Which answers fit: a modal only first and never to a modal, an update only where a message is. */
const allowedKinds = (interaction: Interaction): readonly number[] => {
  if (interaction.type === InteractionType.ApplicationCommandAutocomplete)
    return [Kind.ApplicationCommandAutocompleteResult];
  const onMessage = interaction.pressed ? updates : [];
  const modal = interaction.type === InteractionType.ModalSubmit ? [] : [Kind.Modal];
  return [...answers, ...onMessage, ...modal];
};

/** Where the answers to an interaction go. */
export const answerOrigin = (
  interaction: Interaction,
  ephemeral: boolean,
): Omit<MessageOrigin, 'id' | 'authorId' | 'createdAt'> => ({
  channelId: interaction.channelId,
  guildId: interaction.guildId,
  onlyFor: ephemeral ? interaction.userId : undefined,
  answers: causeOf(interaction),
});

export const ephemeralFlag = (ephemeral: boolean): number => (ephemeral ? MessageFlags.Ephemeral : 0);

type Answer = (world: World, interaction: Interaction, upload: Upload, ephemeral: boolean) => void;

const asMessage: Answer = (world, interaction, upload, ephemeral) => {
  const { state } = compose(world, upload, { prefix: ['data'] });
  const flags = state.flags | ephemeralFlag(ephemeral);
  interaction.ephemeral = ephemeral;
  interaction.original = storeMessage(world, answerOrigin(interaction, ephemeral), {
    ...state,
    flags,
  });
};

const asDeferred: Answer = (world, interaction, _upload, ephemeral) => {
  interaction.ephemeral = ephemeral;
  interaction.original = storeMessage(world, answerOrigin(interaction, ephemeral), {
    flags: MessageFlags.Loading | ephemeralFlag(ephemeral),
  });
};

const asDeferredUpdate: Answer = (_world, interaction) => {
  interaction.original = interaction.pressed;
  interaction.ephemeral = interaction.pressed?.ephemeral ?? false;
};

const asUpdate: Answer = (world, interaction, upload, ephemeral) => {
  const { pressed } = interaction;
  if (!pressed || pressed.deleted) throw refusal('unknownMessage');
  const { state } = compose(world, upload, { old: pressed, prefix: ['data'] });
  asDeferredUpdate(world, interaction, upload, ephemeral);
  editMessage(world, pressed, state);
};

const asModal: Answer = (_world, interaction, upload) => {
  const modal = withoutNulls(checkForm(modalRules, upload.body, ['data']));
  interaction.modal = {
    customId: modal.custom_id,
    title: modal.title,
    components: modal.components as Component[],
  };
};

const asChoices: Answer = (_world, interaction, upload) => {
  const { choices } = checkForm(completionRules, upload.body, ['data']);
  interaction.choices = (choices ?? []).map(({ name, value }): Choice => ({ name, value }));
};

const table: Record<number, [Acknowledgement, Answer]> = {
  [Kind.ChannelMessageWithSource]: ['message', asMessage],
  [Kind.DeferredChannelMessageWithSource]: ['deferred', asDeferred],
  [Kind.DeferredMessageUpdate]: ['deferred-update', asDeferredUpdate],
  [Kind.UpdateMessage]: ['update', asUpdate],
  [Kind.Modal]: ['modal', asModal],
  [Kind.ApplicationCommandAutocompleteResult]: ['choices', asChoices],
};

/** Who locks a thread archives it, and there is nothing to answer in it any more (discord/discord-api-docs, issue 6884). */
export const needActive = (world: World, { channelId }: Interaction): void => {
  if (world.channels.get(channelId)?.thread?.archived) throw refusal('threadArchived');
};

const findUnanswered = (world: World, id: string, token: string): Interaction => {
  const interaction = world.interactions.get(token);
  if (interaction?.id !== id) throw refusal('unknownInteraction');
  if (interaction.acknowledged !== 'none') throw refusal('alreadyAcknowledged');
  if (world.clock.now() - interaction.createdAt > ACKNOWLEDGE_WITHIN_MS) throw refusal('unknownInteraction');
  return interaction;
};

/** `POST /interactions/{id}/{token}/callback`: the one acknowledgement, within three seconds. */
export const acknowledge = (world: World, id: string, token: string, upload: Upload): Interaction => {
  const interaction = findUnanswered(world, id, token);
  const { type, data } = checkForm(callback, upload.body);
  const known = table[type];
  const allowed = allowedKinds(interaction);
  if (!known || !allowed.includes(type))
    throw invalidField(['type'], 'BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`);
  const [acknowledged, answer] = known;
  const ephemeral = ((data?.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  if (answers.includes(type) || updates.includes(type)) needActive(world, interaction);
  answer(world, interaction, { body: data ?? {}, files: upload.files }, ephemeral);
  interaction.acknowledged = acknowledged;
  tellChange(world, { kind: 'interaction', interaction });
  return interaction;
};
