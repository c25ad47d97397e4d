import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import type { Dispatch } from './gateway.ts';
import { channelJson } from './payloads.ts';
import { deleteMessage } from './post.ts';
import { type Channel, needGuild, type Overwrite, tellChange, type World } from './world.ts';

export interface ChannelSetup {
  botMayPost?: boolean;
  botMaySee?: boolean;
  /** What else the bot is denied there, such as AttachFiles. */
  botMayNot?: bigint;
  kind?: 'announcement' | 'forum';
  /** Whether the bot may ping everyone, and roles that are not mentionable. */
  botMayMention?: boolean;
  /** Only the bot may write in it, and whoever may everywhere. */
  readOnly?: boolean;
  /** Ids of the roles and members that may see it, besides the bot; default: everyone. */
  seenBy?: readonly string[];
}

/** A channel is private when everyone is denied to view it, and some are allowed again. */
const privacy = (world: World, guildId: string, { seenBy, readOnly }: ChannelSetup): Overwrite[] => {
  if (readOnly) return [{ id: guildId, type: 0, allow: 0n, deny: Flag.SendMessages }];
  if (!seenBy) return [];
  const allowed = seenBy.map((id): Overwrite => {
    return { id, type: world.users.has(id) ? 1 : 0, allow: Flag.ViewChannel, deny: 0n };
  });
  return [{ id: guildId, type: 0, allow: 0n, deny: Flag.ViewChannel }, ...allowed];
};

/** Makes and changes the channels of guilds, and tells a connected bot. */
export const createChannels = (world: World, dispatch: Dispatch) => {
  const makeChannel = (guildId: string, name: string, setup: ChannelSetup = {}): Channel => {
    const denied =
      (setup.botMayNot ?? 0n) |
      (setup.botMayPost === false ? Flag.SendMessages : 0n) |
      (setup.botMaySee === false ? Flag.ViewChannel : 0n) |
      (setup.botMayMention === false ? Flag.MentionEveryone : 0n);
    const seen = setup.seenBy && setup.botMaySee !== false ? Flag.ViewChannel : 0n;
    const granted = setup.readOnly ? Flag.SendMessages : seen;
    const allow = granted | (setup.botMayMention ? Flag.MentionEveryone : 0n);
    const forBot: Overwrite = { id: world.bot.id, type: 1, allow, deny: denied };
    const channel: Channel = {
      id: world.nextId(),
      name,
      guildId,
      recipientId: undefined,
      ...(setup.kind && { kind: setup.kind }),
      overwrites: [...privacy(world, guildId, setup), ...(allow | denied ? [forBot] : [])],
    };
    world.channels.set(channel.id, channel);
    return channel;
  };

  const needChannel = (channelId: string): Channel => {
    const channel = world.channels.get(channelId);
    if (!channel?.guildId) throw new Error(`There is no channel ${channelId} in any guild.`);
    return channel;
  };

  /** Its messages and threads go with it. */
  const deleteChannel = (guildId: string, channelId: string): void => {
    const channel = needChannel(channelId);
    if (channel.guildId !== guildId) throw new Error(`Channel ${channelId} is elsewhere.`);
    for (const message of world.messages.values()) if (message.channelId === channelId) deleteMessage(world, message);
    world.channels.delete(channelId);
    for (const { id, thread } of world.channels.values())
      if (thread?.parentId === channelId) deleteChannel(guildId, id);
    const event = channel.thread ? 'THREAD_DELETE' : 'CHANNEL_DELETE';
    dispatch(event, channelJson(world, channel), guildId);
    tellChange(world, { kind: 'guilds' });
  };

  const setBotMay = (channelId: string, bits: bigint, may: boolean): void => {
    const channel = needChannel(channelId);
    const { overwrites } = channel;
    const known = overwrites.find(({ id }) => id === world.bot.id);
    const own = known ?? { id: world.bot.id, type: 1 as const, allow: 0n, deny: 0n };
    if (!known) overwrites.push(own);
    own.deny = may ? own.deny & ~bits : own.deny | bits;
    own.allow = may ? own.allow | bits : own.allow & ~bits;
    dispatch('CHANNEL_UPDATE', channelJson(world, channel), channel.guildId);
    tellChange(world, { kind: 'guilds' });
  };

  const setBotMayPost = (channelId: string, may: boolean): void => setBotMay(channelId, Flag.SendMessages, may);

  const addChannel = (guildId: string, name: string, setup: ChannelSetup = {}): Channel => {
    const channel = makeChannel(needGuild(world, guildId).id, name, setup);
    dispatch('CHANNEL_CREATE', channelJson(world, channel), guildId);
    tellChange(world, { kind: 'guilds' });
    return channel;
  };

  return { makeChannel, addChannel, deleteChannel, setBotMay, setBotMayPost };
};
