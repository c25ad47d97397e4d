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

export const messageJson = (world: World, message: StoredMessage): Json => ({
  id: message.id,
  type: message.answers?.command ? 20 : 0,
  channel_id: message.channelId,
  author: userJson(world.users.get(message.authorId) as User),
  content: message.content,
  timestamp: iso(message.createdAt),
  edited_timestamp: message.editedAt === undefined ? null : iso(message.editedAt),
  tts: false,
  mention_everyone: message.pinged.includes('everyone'),
  mentions: message.pinged.flatMap((id) => world.users.get(id) ?? []).map(userJson),
  mention_roles: message.pinged.filter((id) => id !== 'everyone' && !world.users.has(id)),
  attachments: message.attachments.map((file) => attachmentJson(world, message, file)),
  embeds: message.embeds.map(embedJson),
  pinned: false,
  components: message.components,
  flags: message.flags,
  ...interactionJson(world, message),
});
