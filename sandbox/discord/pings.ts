import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { flatten } from './component.ts';
import type { MessageBodyState } from './message.ts';
import { botMay } from './permissions.ts';
import type { MessageBody } from './rules/message.ts';
import type { Channel, World } from './world.ts';

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

/**
 * Who of those gets a notification of a new message in this channel: people who can see it; roles that are mentionable,
 * or whichever the bot may mention, and everyone, only in guilds.
 */
export const pingedIn = (world: World, channel: Channel, mentioned: readonly string[]): string[] => {
  const guild = world.guilds.get(channel.guildId ?? '');
  const mayAll = guild !== undefined && botMay(world, channel, Flag.MentionEveryone);
  return mentioned.filter((id) => {
    if (id === 'everyone') return mayAll;
    const role = guild?.roles.get(id);
    if (role) return role.mentionable || mayAll;
    return guild ? guild.members.has(id) : channel.recipientId === id;
  });
};
