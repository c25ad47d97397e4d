import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { compose, type Upload } from './compose.ts';
import { refusal } from './errors.ts';
import { type MessageBodyState, type MessageOrigin, StoredMessage } from './message.ts';
import { botMay } from './permissions.ts';
import { type Channel, tellChange, type World } from './world.ts';

/** Discord documents "the past few minutes". */
export const NONCE_REMEMBERED_MS = 3 * 60_000;

export const storeMessage = (
  world: World,
  origin: Omit<MessageOrigin, 'id' | 'authorId' | 'createdAt'>,
  state: Partial<MessageBodyState>,
): StoredMessage => {
  const made = { id: world.nextId(), authorId: world.bot.id, createdAt: world.clock.now() };
  const message = new StoredMessage({ ...origin, ...made }, state);
  world.messages.set(message.id, message);
  tellChange(world, { kind: 'message', message });
  return message;
};

/** A first answer to "thinking…" is no edit to whoever reads it. */
export const editMessage = (
  world: World,
  message: StoredMessage,
  state: Partial<MessageBodyState>,
): void => {
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

/** The bot's right to post here: 50001, 50013, 50007 or 50278 without it. */
const needPostingRight = (world: World, channel: Channel, hasFiles: boolean): void => {
  const recipient = world.users.get(channel.recipientId ?? '');
  if (recipient && !sharesGuild(world, recipient.id)) throw refusal('noMutualGuild');
  if (recipient?.dmsClosed) throw refusal('dmsClosed');
  if (!botMay(world, channel, Flag.ViewChannel)) throw refusal('missingAccess');
  if (!botMay(world, channel, Flag.SendMessages | (hasFiles ? Flag.AttachFiles : 0n)))
    throw refusal('missingPermissions');
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
  if (known && world.clock.now() - known.createdAt < NONCE_REMEMBERED_MS)
    return { message: known, nonce };
  const message = storeMessage(world, { channelId: channel.id, guildId: channel.guildId }, state);
  if (nonce !== undefined) world.nonces.set(String(nonce), message);
  return { message, nonce };
};

export const openDm = (world: World, userId: string): Channel => {
  for (const channel of world.channels.values()) if (channel.recipientId === userId) return channel;
  const channel: Channel = {
    id: world.nextId(),
    name: '',
    guildId: undefined,
    recipientId: userId,
    overwrites: [],
  };
  world.channels.set(channel.id, channel);
  return channel;
};
