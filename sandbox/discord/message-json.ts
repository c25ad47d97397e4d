import type { Attachment, StoredMessage } from './message.ts';
import { iso, type Json, userJson } from './payloads.ts';
import type { Embed } from './rules/message.ts';
import type { User, World } from './world.ts';

const interactionJson = (world: World, message: StoredMessage): Json => {
  const origin = message.answers;
  if (!origin) return {};
  return {
    application_id: world.bot.id,
    webhook_id: world.bot.id,
    interaction_metadata: {
      id: origin.id,
      type: origin.type,
      user: userJson(world.users.get(origin.userId) as User),
      authorizing_integration_owners: message.guildId ? { 0: message.guildId } : { 0: '0' },
      ...(origin.command ? { name: origin.command, command_type: 1 } : {}),
    },
  };
};

const embedJson = (embed: Embed): Json => ({
  type: 'rich',
  ...embed,
  ...(embed.fields ? { fields: embed.fields.map((one) => ({ inline: false, ...one })) } : {}),
});

const attachmentJson = (world: World, message: StoredMessage, file: Attachment): Json => {
  const name = encodeURIComponent(file.filename);
  const url = `${world.origin}/attachments/${message.channelId}/${file.id}/${name}`;
  return {
    id: file.id,
    filename: file.filename,
    size: file.bytes.length,
    content_type: file.contentType,
    url,
    proxy_url: url,
    ...(file.description ? { description: file.description } : {}),
    ...(message.ephemeral ? { ephemeral: true } : {}),
  };
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

export const messageJson = (world: World, message: StoredMessage): Json => ({
  id: message.id,
  type: typeOf(message),
  channel_id: message.channelId,
  author: userJson(world.users.get(message.authorId) as User),
  content: isReadable(world, message) ? message.content : '',
  timestamp: iso(message.createdAt),
  edited_timestamp: message.editedAt === undefined ? null : iso(message.editedAt),
  tts: false,
  mention_everyone: message.mentioned.includes('everyone'),
  mentions: message.mentioned.flatMap((id) => world.users.get(id) ?? []).map(userJson),
  mention_roles: message.mentioned.filter((id) => id !== 'everyone' && !world.users.has(id)),
  attachments: message.attachments.map((file) => attachmentJson(world, message, file)),
  embeds: message.embeds.map(embedJson),
  pinned: false,
  components: message.components,
  flags: message.flags,
  ...interactionJson(world, message),
  ...replyJson(message),
});
