import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { flatten } from './component.ts';
import type { MessageBodyState } from './message.ts';
import { botMay } from './permissions.ts';
import type { MessageBody } from './rules/message.ts';
import type { Channel, World } from './world.ts';

interface Mentioning {
  channelId: string;
  mentioned: readonly string[];
}

type AllowedMentions = NonNullable<MessageBody['allowed_mentions']>;

const named = (text: string, shape: RegExp): string[] => [...text.matchAll(shape)].map((match) => match[1] ?? '');

/** Whom a message mentions, as far as `allowed_mentions` lets it (absent: all). An edit says anew. */
export const mentionedBy = (
  state: Pick<MessageBodyState, 'content' | 'components'>,
  allowed: AllowedMentions | undefined,
): string[] => {
  const shown = flatten(state.components).map((one) => one.content ?? '');
  const text = [state.content, ...shown].join('\n');
  const may = (kind: 'users' | 'roles', id: string): boolean =>
    !allowed || allowed.parse?.includes(kind) === true || allowed[kind]?.includes(id) === true;
  const everyone = !allowed || allowed.parse?.includes('everyone') === true;
  return [
    ...new Set([
      ...named(text, /<@!?(\d+)>/g).filter((id) => may('users', id)),
      ...named(text, /<@&(\d+)>/g).filter((id) => may('roles', id)),
      ...(everyone && /@(everyone|here)\b/.test(text) ? ['everyone'] : []),
    ]),
  ];
};

/** "To mention roles …, the role's `mentionable` field must be set to `true`, or the bot must have MENTION_EVERYONE." */
const mayPing = (world: World, channel: Channel, id: string): boolean => {
  const guild = world.guilds.get(channel.guildId ?? '');
  const isOpen = guild?.roles.get(id)?.mentionable === true;
  return isOpen || (guild !== undefined && botMay(world, channel, Flag.MentionEveryone));
};

/**
 * Whether a message of the bot says of a role, or of everyone, that it mentions it. `allowed_mentions` "is always validated
 * against your permissions" (page "Message", Allowed Mentions Object): what the bot may not ping stands in the text, and in
 * neither `mention_roles` nor `mention_everyone`.
 */
export const mayMention = (world: World, { channelId, mentioned }: Mentioning, id: string): boolean => {
  const channel = world.channels.get(channelId);
  return channel !== undefined && mentioned.includes(id) && mayPing(world, channel, id);
};

/**
 * Who of those gets a notification of a new message in this channel: people who can see it; roles that are mentionable,
 * or whichever the bot may mention, and everyone, only in guilds.
 */
export const pingedIn = (world: World, channel: Channel, mentioned: readonly string[]): string[] => {
  const guild = world.guilds.get(channel.guildId ?? '');
  return mentioned.filter((id) => {
    if (id === 'everyone' || guild?.roles.has(id)) return mayPing(world, channel, id);
    return guild ? guild.members.has(id) : channel.recipientId === id;
  });
};
