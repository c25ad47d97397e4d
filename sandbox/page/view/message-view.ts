import type { DiscordStandIn, Message, Sight } from '../../discord/start-discord.ts';
import { letterOf } from '../cast.ts';
import type { AttachmentView, MessageView } from '../contract.ts';
import { fileType } from '../file-type.ts';

const MAX_TEXT_BYTES = 64 * 1024;

const isText = (type: string): boolean => /^text\/|json\b/.test(type);

type File = Message['attachments'][number];

const toAttachment = (file: File, me: string): AttachmentView => ({
  id: file.id,
  filename: file.filename,
  contentType: fileType(file),
  size: file.bytes.length,
  description: file.description ?? '',
  url: `/files/${file.id}/${encodeURIComponent(file.filename)}?as=${me}`,
  text: isText(fileType(file)) && file.bytes.length <= MAX_TEXT_BYTES ? file.text : null,
});

const authorOf = (discord: DiscordStandIn, { authorId }: Message): MessageView['author'] => {
  const { id = authorId, name = 'Unknown', bot = false } = discord.user(authorId) ?? {};
  return { id, name, letter: letterOf(name), isBot: bot };
};

const repliedTo = (discord: DiscordStandIn, sight: Sight, { repliesTo }: Message): MessageView['repliesTo'] => {
  if (repliesTo === undefined) return null;
  const message = sight.message(repliesTo);
  if (!message) return { id: null, author: '', text: '' };
  const [text = ''] = message.text.split('\n');
  return { id: message.id, author: authorOf(discord, message).name, text };
};

const usedCommand = (discord: DiscordStandIn, { answers }: Message): MessageView['usedCommand'] => {
  if (!answers?.command) return null;
  return { by: discord.user(answers.userId)?.name ?? '', command: answers.command };
};

/** Whether a message has notified this person: by name, by a role of theirs, or with everyone. */
export const hasPinged = ({ user, guilds }: Sight, message: Message): boolean => {
  const guild = guilds().find(({ id }) => id === message.guildId);
  const roles = guild?.members.get(user.id)?.roleIds ?? [];
  const mine = ['everyone', user.id, ...roles];
  return message.authorId !== user.id && message.pinged.some((id) => mine.includes(id));
};

/** A message as this person sees it. */
export const messageView = (discord: DiscordStandIn, sight: Sight, message: Message): MessageView => ({
  id: message.id,
  place: message.channelId,
  author: authorOf(discord, message),
  at: message.createdAt,
  editedAt: message.editedAt ?? null,
  isOnlyForMe: message.ephemeral,
  isThinking: message.thinking,
  pingsMe: hasPinged(sight, message),
  usedCommand: usedCommand(discord, message),
  repliesTo: repliedTo(discord, sight, message),
  content: message.content,
  embeds: message.embeds as MessageView['embeds'],
  components: message.components,
  attachments: message.attachments.map((file) => toAttachment(file, sight.user.id)),
});
