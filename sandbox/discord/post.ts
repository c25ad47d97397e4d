import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { compose, type Upload } from './compose.ts';
import { refuseSpam } from './direct-messages.ts';
import { invalidField, refusal } from './errors.ts';
import { type MessageBodyState, type MessageOrigin, StoredMessage } from './message.ts';
import { botMay, needUnlocked, toSpeakIn } from './permissions.ts';
import { pingedIn } from './pings.ts';
import type { MessageBody } from './rules/message.ts';
import { type Channel, tellChange, type User, type World } from './world.ts';

/** Discord documents "the past few minutes". */
export const NONCE_REMEMBERED_MS = 3 * 60_000;

export const storeMessage = (
  world: World,
  origin: Omit<MessageOrigin, 'id' | 'authorId' | 'createdAt' | 'pinged'> & { authorId?: string },
  state: Partial<MessageBodyState>,
): StoredMessage => {
  const { authorId = world.bot.id } = origin;
  const made = { id: world.nextId(), authorId, createdAt: world.clock.now() };
  const channel = world.channels.get(origin.channelId);
  // Whoever alone sees an answer has asked for it.
  const isHeard = channel !== undefined && origin.onlyFor === undefined;
  const pinged = isHeard ? pingedIn(world, channel, state.mentioned ?? []) : [];
  const message = new StoredMessage({ ...origin, ...made, pinged }, state);
  world.messages.set(message.id, message);
  tellChange(world, { kind: 'message', message });
  return message;
};

/** A first answer to "thinking…" is no edit to whoever reads it. */
export const editMessage = (world: World, message: StoredMessage, state: Partial<MessageBodyState>): void => {
  if (!message.thinking) {
    message.edits += 1;
    message.editedAt = world.clock.now();
  }
  Object.assign(message, state);
  tellChange(world, { kind: 'message', message });
};

export const deleteMessage = (world: World, message: StoredMessage): void => {
  message.deleted = true;
  world.messages.delete(message.id);
  tellChange(world, { kind: 'message', message });
};

const sharesGuild = (world: World, userId: string): boolean =>
  [...world.guilds.values()].some((guild) => guild.joined && guild.members.has(userId));

/** The recipient takes it: 50007, 50278 or, where the bot is taken for spam, 40003, 20026 or 20028 where not. */
const needOpenEars = (world: World, recipient: User): void => {
  if (!sharesGuild(world, recipient.id)) throw refusal('noMutualGuild');
  refuseSpam(world, 'sending');
  if (recipient.dmsClosed) throw refusal('dmsClosed');
};

/** The bot's right to post here: 50001, 50008, 160005 or 50013 without it. */
const needPostingRight = (world: World, channel: Channel, hasFiles: boolean): void => {
  const recipient = world.users.get(channel.recipientId ?? '');
  if (recipient) needOpenEars(world, recipient);
  if (!botMay(world, channel, Flag.ViewChannel)) throw refusal('missingAccess');
  if (channel.kind === 'forum') throw refusal('notText');
  needUnlocked(world, channel);
  if (!botMay(world, channel, toSpeakIn(channel) | (hasFiles ? Flag.AttachFiles : 0n)))
    throw refusal('missingPermissions');
};

/** The message that a new one replies to, if it is in the same channel; where there is none, none has to be. */
const repliedTo = (world: World, channel: Channel, body: MessageBody): string | undefined => {
  const { message_reference: reference } = body;
  if (!reference) return undefined;
  if (!botMay(world, channel, Flag.ReadMessageHistory)) throw refusal('noHistory');
  const message = world.messages.get(reference.message_id);
  if (message?.channelId === channel.id && !message.ephemeral) return message.id;
  if (reference.fail_if_not_exists === false) return undefined;
  throw invalidField(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
};

/** A message of the bot's own; with `enforce_nonce`, one nonce makes one message. */
export const postMessage = (
  world: World,
  channel: Channel,
  upload: Upload,
): { message: StoredMessage; nonce: string | number | undefined } => {
  needPostingRight(world, channel, upload.files.length > 0);
  const { state, body } = compose(world, upload);
  const nonce = body.nonce ?? undefined;
  const known = body.enforce_nonce && nonce !== undefined && world.nonces.get(String(nonce));
  if (known && world.clock.now() - known.createdAt < NONCE_REMEMBERED_MS) return { message: known, nonce };
  const repliesTo = repliedTo(world, channel, body);
  const origin = { channelId: channel.id, guildId: channel.guildId, repliesTo };
  const message = storeMessage(world, origin, state);
  if (nonce !== undefined) world.nonces.set(String(nonce), message);
  return { message, nonce };
};

/** What a person writes. The bot, without the intents for messages, hears nothing of it. */
export const sayAs = (world: World, userId: string, channel: Channel, text: string) =>
  storeMessage(world, { channelId: channel.id, guildId: channel.guildId, authorId: userId }, { content: text });
