import { ComponentType, InteractionType } from 'discord-api-types/v10';
import { type Component, flatten } from './component.ts';
import type { Attachment, Cause, StoredMessage } from './message.ts';
import { iso, type Json, userJson } from './payloads.ts';
import { mayMention } from './pings.ts';
import type { Embed } from './rules/message.ts';
import type { User, World } from './world.ts';

const causeJson = (world: World, cause: Cause, owner: string): Json => ({
  id: cause.id,
  type: cause.type,
  user: userJson(world.users.get(cause.userId) as User),
  authorizing_integration_owners: { 0: owner },
  ...(cause.command ? { name: cause.command, command_type: 1 } : {}),
  ...(cause.type === InteractionType.MessageComponent ? { interacted_message_id: cause.pressedId } : {}),
  ...(cause.openedBy ? { triggering_interaction_metadata: causeJson(world, cause.openedBy, owner) } : {}),
});

const interactionJson = (world: World, { answers, guildId }: StoredMessage): Json => {
  if (!answers) return {};
  return {
    application_id: world.bot.id,
    webhook_id: world.bot.id,
    interaction_metadata: causeJson(world, answers, guildId ?? '0'),
  };
};

const embedJson = (embed: Embed): Json => ({
  type: 'rich',
  ...embed,
  ...(embed.fields ? { fields: embed.fields.map((one) => ({ inline: false, ...one })) } : {}),
});

/** `folder`: where it lies, which `rest/server.ts` serves. */
export const fileJson = (world: World, file: Attachment, folder: string): Json => {
  const url = `${world.origin}/${folder}/${encodeURIComponent(file.filename)}`;
  return {
    id: file.id,
    filename: file.filename,
    size: file.bytes.length,
    content_type: file.contentType,
    url,
    proxy_url: url,
    ...(file.description ? { description: file.description } : {}),
  };
};

const attachmentJson = (world: World, message: StoredMessage, file: Attachment): Json => ({
  ...fileJson(world, file, `attachments/${message.channelId}/${file.id}`),
  ...(message.ephemeral ? { ephemeral: true } : {}),
});

/** A file component names an attachment when it is sent, and is answered with where that lies. */
const componentJson = (world: World, message: StoredMessage, one: Component): Json => {
  const inner = one.components?.map((child) => componentJson(world, message, child));
  const whole: Json = inner ? { ...one, components: inner } : { ...one };
  if (one.accessory) whole.accessory = componentJson(world, message, one.accessory);
  if (one.type === ComponentType.Container) return { accent_color: null, ...whole };
  const shown = one.file?.url ?? one.media?.url;
  const file = message.attachments.find(({ filename }) => shown === `attachment://${filename}`);
  if (!file) return whole;
  const { id, filename, size, ...media } = attachmentJson(world, message, file);
  const place = { url: media.url, proxy_url: media.proxy_url, content_type: media.content_type };
  const item = { id, attachment_id: id, ...place };
  if (one.type === ComponentType.Thumbnail) return { description: null, spoiler: false, ...whole, media: item };
  return { ...whole, name: filename, size, file: item };
};

/**
 * The files that no component shows: those that one does are told in it, and left out of `attachments`.
 * (discord/discord-api-docs, issue 8277 and the page "Message" since pull request 8279)
 */
const unshownFiles = ({ attachments, components }: StoredMessage): Attachment[] => {
  const shown = new Set(flatten(components).map(({ file, media }) => file?.url ?? media?.url));
  return attachments.filter(({ filename }) => !shown.has(`attachment://${filename}`));
};

/** 20: an answer to a command; 19: a reply; 0: any other. */
const typeOf = (message: StoredMessage): number => {
  if (message.answers?.command) return 20;
  return message.repliesTo === undefined ? 0 : 19;
};

const replyJson = ({ repliesTo, channelId, guildId }: StoredMessage): Json => {
  if (repliesTo === undefined) return {};
  const guild = guildId === undefined ? {} : { guild_id: guildId };
  return {
    message_reference: { type: 0, channel_id: channelId, message_id: repliesTo, ...guild },
  };
};

/** A bot without the intent for message content reads what it wrote itself, and what is said to it. */
const isReadable = (world: World, { authorId, guildId }: StoredMessage): boolean =>
  authorId === world.bot.id || guildId === undefined;

const emojiJson = (key: string): Json => {
  const [name = '', id = null] = key.split(':');
  return { id, name };
};

/** Left out of a message that nobody has reacted to. */
const reactionsJson = (world: World, { reactions }: StoredMessage): Json => {
  const all = Object.entries(reactions).filter(([, users]) => users.length > 0);
  if (all.length === 0) return {};
  return {
    reactions: all.map(([key, users]) => ({
      emoji: emojiJson(key),
      count: users.length,
      count_details: { burst: 0, normal: users.length },
      burst_colors: [],
      me: users.includes(world.bot.id),
      me_burst: false,
    })),
  };
};

export const messageJson = (world: World, message: StoredMessage): Json => ({
  id: message.id,
  type: typeOf(message),
  channel_id: message.channelId,
  author: userJson(world.users.get(message.authorId) as User),
  content: isReadable(world, message) ? message.content : '',
  timestamp: iso(message.createdAt),
  edited_timestamp: message.editedAt === undefined ? null : iso(message.editedAt),
  tts: false,
  mention_everyone: mayMention(world, message, 'everyone'),
  mentions: message.mentioned.flatMap((id) => world.users.get(id) ?? []).map(userJson),
  mention_roles: message.mentioned.filter(
    (id) => id !== 'everyone' && !world.users.has(id) && mayMention(world, message, id),
  ),
  attachments: unshownFiles(message).map((file) => attachmentJson(world, message, file)),
  embeds: message.embeds.map(embedJson),
  pinned: false,
  components: message.components.map((one) => componentJson(world, message, one)),
  flags: message.flags,
  ...reactionsJson(world, message),
  ...interactionJson(world, message),
  ...replyJson(message),
});
