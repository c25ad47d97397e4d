import { InteractionResponseType as Kind } from 'discord-api-types/v10';
import { acknowledge } from '../callback.ts';
import type { Acknowledgement, Interaction } from '../interaction.ts';
import { messageJson } from '../message-json.ts';
import type { Json } from '../payloads.ts';
import { deleteThroughWebhook, editThroughWebhook, followUp, openWebhook, webhookMessage } from '../webhook.ts';
import type { World } from '../world.ts';
import { type Call, noContent, ok, type Route } from './route.ts';

/** Only answers that make or change a message have a resource; a deferred one makes it at once. */
const kindOf: Partial<Record<Acknowledgement, number>> = {
  message: Kind.ChannelMessageWithSource,
  deferred: Kind.ChannelMessageWithSource,
  update: Kind.UpdateMessage,
};

const callbackJson = (world: World, interaction: Interaction): Json => {
  const { original, id, type, acknowledged } = interaction;
  const kind = kindOf[acknowledged];
  return {
    interaction: {
      id,
      type,
      channel_id: interaction.channelId,
      ...(interaction.guildId ? { guild_id: interaction.guildId } : {}),
      ...(original
        ? {
            response_message_id: original.id,
            response_message_loading: original.thinking,
            response_message_ephemeral: original.ephemeral,
          }
        : {}),
    },
    ...(kind && original ? { resource: { type: kind, message: messageJson(world, original) } } : {}),
  };
};

const webhook = ({ world, param }: Call): Interaction => openWebhook(world, param('application'), param('token'));

const WEBHOOK = '/webhooks/:application/:token';

/** Answers to interactions: the callback, and the webhook that the token opens. */
export const interactionRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/interactions/:interaction/:token/callback',
    open: true,
    handle: (call) => {
      const { world, param, query } = call;
      const interaction = acknowledge(world, param('interaction'), param('token'), call);
      return query.get('with_response') === 'true' ? ok(callbackJson(world, interaction)) : noContent;
    },
  },
  {
    method: 'POST',
    path: WEBHOOK,
    open: true,
    handle: (call) => ok(messageJson(call.world, followUp(call.world, webhook(call), call))),
  },
  {
    method: 'GET',
    path: `${WEBHOOK}/messages/:message`,
    open: true,
    handle: (call) => ok(messageJson(call.world, webhookMessage(webhook(call), call.param('message')))),
  },
  {
    method: 'PATCH',
    path: `${WEBHOOK}/messages/:message`,
    open: true,
    handle: (call) => {
      const { world, param } = call;
      const edited = editThroughWebhook(world, webhook(call), param('message'), call);
      return ok(messageJson(world, edited));
    },
  },
  {
    method: 'DELETE',
    path: `${WEBHOOK}/messages/:message`,
    open: true,
    handle: (call) => {
      deleteThroughWebhook(call.world, webhook(call), call.param('message'));
      return noContent;
    },
  },
];
