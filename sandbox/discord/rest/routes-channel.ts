import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { z } from 'zod';
import { compose } from '../compose.ts';
import { refusal } from '../errors.ts';
import type { StoredMessage } from '../message.ts';
import { messageJson } from '../message-json.ts';
import { refuseOldEdit } from '../old-edits.ts';
import { channelJson, userJson } from '../payloads.ts';
import { botMay, needUnlocked } from '../permissions.ts';
import { deleteMessage, editMessage, postMessage } from '../post.ts';
import { checkForm } from '../rules/form.ts';
import type { Channel, User, World } from '../world.ts';
import { type Call, noContent, ok, type Route } from './route.ts';

const channelOf = ({ world, param }: Call): Channel => {
  const channel = world.channels.get(param('channel'));
  if (!channel) throw refusal('unknownChannel');
  const guild = world.guilds.get(channel.guildId ?? '');
  if (guild && !guild.joined) throw refusal('missingAccess');
  if (!botMay(world, channel, Flag.ViewChannel)) throw refusal('missingAccess');
  return channel;
};

/** Ephemeral messages are nowhere but behind their token. */
const listed = (world: World, channel: Channel): StoredMessage[] =>
  [...world.messages.values()].filter((one) => one.channelId === channel.id && !one.ephemeral);

const messageOf = (call: Call): StoredMessage => {
  const channel = channelOf(call);
  const found = listed(call.world, channel).find((one) => one.id === call.param('message'));
  if (!found) throw refusal('unknownMessage');
  return found;
};

/** Its own messages, and with Manage Messages those of others in a guild. */
const needDeletingRight = (world: World, { authorId, channelId }: StoredMessage): void => {
  if (authorId === world.bot.id) return;
  const channel = world.channels.get(channelId) as Channel;
  if (!channel.guildId) throw refusal('notInDms');
  if (!botMay(world, channel, Flag.ManageMessages)) throw refusal('missingPermissions');
};

/** Edits neither wake an archived thread (page "Threads"), nor bring files where none may be attached. */
const needEditingRight = (call: Call): void => {
  const { world, files } = call;
  const channel = channelOf(call);
  needUnlocked(world, channel);
  if (channel.thread?.archived) throw refusal('threadArchived');
  if (files.length > 0 && !botMay(world, channel, Flag.AttachFiles)) throw refusal('missingPermissions');
};

const page = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  before: z.string().regex(/^\d+$/).optional(),
  after: z.string().regex(/^\d+$/).optional(),
});

const newestFirst = (call: Call): StoredMessage[] => {
  const channel = channelOf(call);
  const { limit, before, after } = checkForm(page, Object.fromEntries(call.query));
  if (!botMay(call.world, channel, Flag.ReadMessageHistory)) return [];
  const within = listed(call.world, channel).filter(
    ({ id }) => (!before || BigInt(id) < BigInt(before)) && (!after || BigInt(id) > BigInt(after)),
  );
  // With `after` Discord gives those right after it, otherwise the newest; both newest first.
  return (after ? within.slice(0, limit) : within.slice(-limit)).reverse();
};

const reactorsPage = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  after: z.string().regex(/^\d+$/).default('0'),
});

/** By id, as Discord pages them. */
const reactorsOf = (call: Call): User[] => {
  const { limit, after } = checkForm(reactorsPage, Object.fromEntries(call.query));
  const users = messageOf(call).reactions[decodeURIComponent(call.param('emoji'))] ?? [];
  return users
    .filter((id) => BigInt(id) > BigInt(after))
    .sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
    .slice(0, limit)
    .flatMap((id) => call.world.users.get(id) ?? []);
};

/** Channels and the bot's own messages in them. */
export const channelRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/channels/:channel',
    handle: (call) => ok(channelJson(call.world, channelOf(call))),
  },
  {
    method: 'GET',
    path: '/channels/:channel/messages',
    handle: (call) => ok(newestFirst(call).map((one) => messageJson(call.world, one))),
  },
  {
    method: 'POST',
    path: '/channels/:channel/messages',
    handle: (call) => {
      const { message, nonce } = postMessage(call.world, channelOf(call), call);
      const json = messageJson(call.world, message);
      return ok(nonce === undefined ? json : { ...json, nonce });
    },
  },
  {
    method: 'GET',
    path: '/channels/:channel/messages/:message',
    handle: (call) => {
      // Page "Message", Get Channel Message.
      if (!botMay(call.world, channelOf(call), Flag.ReadMessageHistory)) throw refusal('missingAccess');
      return ok(messageJson(call.world, messageOf(call)));
    },
  },
  {
    method: 'GET',
    path: '/channels/:channel/messages/:message/reactions/:emoji',
    handle: (call) => {
      if (!botMay(call.world, channelOf(call), Flag.ReadMessageHistory)) throw refusal('missingAccess');
      return ok(reactorsOf(call).map(userJson));
    },
  },
  {
    method: 'PATCH',
    path: '/channels/:channel/messages/:message',
    handle: (call) => {
      const old = messageOf(call);
      if (old.authorId !== call.world.bot.id) throw refusal('notTheirs');
      needEditingRight(call);
      refuseOldEdit(call.world, old);
      editMessage(call.world, old, compose(call.world, call, { old }).state);
      return ok(messageJson(call.world, old));
    },
  },
  {
    method: 'DELETE',
    path: '/channels/:channel/messages/:message',
    handle: (call) => {
      const old = messageOf(call);
      needDeletingRight(call.world, old);
      deleteMessage(call.world, old);
      return noContent;
    },
  },
];
