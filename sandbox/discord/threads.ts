import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import type { Dispatch } from './gateway.ts';
import { channelJson } from './payloads.ts';
import { botMay } from './permissions.ts';
import { type Channel, tellChange, type World } from './world.ts';

export interface ThreadSetup {
  /** Whose thread it is; default: the owner's of its guild. */
  ownerId?: string;
  locked?: boolean;
  archived?: boolean;
}

/** Public threads of a text channel, and the posts of a forum, which are the same (page "Threads"). */
export const createThreads = (world: World, dispatch: Dispatch) => {
  const needThread = (threadId: string) => {
    const channel = world.channels.get(threadId);
    if (!channel?.thread) throw new Error(`There is no thread ${threadId}.`);
    return { channel, thread: channel.thread };
  };

  /** "Clients will not be informed of a thread … if they do not have permission to view" it (there). */
  const tell = (event: string, channel: Channel): void => {
    if (botMay(world, channel, Flag.ViewChannel)) dispatch(event, channelJson(world, channel), channel.guildId);
    tellChange(world, { kind: 'guilds' });
  };

  const addThread = (channelId: string, name: string, setup: ThreadSetup = {}): Channel => {
    const parent = world.channels.get(channelId);
    const guild = world.guilds.get(parent?.guildId ?? '');
    if (!parent || !guild || parent.thread) throw new Error(`Channel ${channelId} can have no threads.`);
    const { ownerId = guild.ownerId, locked = false, archived = false } = setup;
    const channel: Channel = {
      id: world.nextId(),
      name,
      guildId: guild.id,
      recipientId: undefined,
      // The parent's own: a thread has none, and what changes there changes here.
      overwrites: parent.overwrites,
      thread: { parentId: parent.id, ownerId, locked, archived, createdAt: world.clock.now() },
    };
    world.channels.set(channel.id, channel);
    tell('THREAD_CREATE', channel);
    return channel;
  };

  /** As a moderator, or as time that has passed. */
  const setThread = (threadId: string, state: Pick<ThreadSetup, 'locked' | 'archived'>): void => {
    const { channel, thread } = needThread(threadId);
    Object.assign(thread, state);
    tell('THREAD_UPDATE', channel);
  };

  // "Sending a message will automatically unarchive the thread, unless [it] has been locked by a moderator."
  world.changes.on('change', (change) => {
    if (change.kind !== 'message' || change.message.deleted || change.message.edits > 0) return;
    const channel = world.channels.get(change.message.channelId);
    if (channel?.thread?.archived) setThread(channel.id, { archived: false });
  });

  return { addThread, setThread };
};
