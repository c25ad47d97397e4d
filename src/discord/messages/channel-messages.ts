import type { Client } from 'discord.js';
import type { Place } from '../../outbox/index.ts';
import type { View } from '../../views/index.ts';
import { postableChannel } from '../channels.ts';
import { attempt, calling } from '../errors.ts';
import { findSent, payload } from './message.ts';

/** What makes a message that is out the same: all of it or, where what follows changes, its first line. */
export type SameBy = 'all' | 'title';

interface PostedHow {
  /** At most 25 characters: Discord takes a message once for it, and remembers it for a few minutes. */
  readonly nonce: string;
  /** An earlier process may have sent it: look for it before sending. */
  readonly mayBeOut: boolean;
  /** Default: all. */
  readonly sameBy?: SameBy;
  /** False: nobody whom the view mentions. */
  readonly pings?: boolean;
  /** A message of the channel that it replies to, if that is still there. */
  readonly repliesTo?: string | undefined;
}

/** The bot's messages in the channels of guilds. All throw DiscordFailure. */
export interface ChannelMessages {
  /** Where it is now; undefined when the guild has no such channel that the bot may write in. */
  post(guild: string, channel: string, view: View, how: PostedHow): Promise<Place | undefined>;
  /** Pings nobody. False when the message is no more. */
  edit(place: Place, view: View): Promise<boolean>;
  /** One that is no more is removed. */
  remove(place: Place): Promise<void>;
  /** Where it is, if it is among the recent messages of the channel. */
  find(guild: string, channel: string, view: View, sameBy?: SameBy): Promise<Place | undefined>;
}

export function createChannelMessages(client: Client): ChannelMessages {
  const channelIn = async (guild: string, channel: string) =>
    postableChannel(client, await calling(client.guilds.fetch(guild)), channel);

  async function channelOf({ channel }: Place) {
    const there = await calling(client.channels.fetch(channel));
    return there?.isSendable() ? there : undefined;
  }

  return {
    async post(guild, channelId, view, { nonce, mayBeOut, sameBy, pings = true, repliesTo }) {
      const channel = await channelIn(guild, channelId);
      if (!channel) return undefined;
      const already = mayBeOut ? await findSent(channel, view, sameBy) : undefined;
      if (already !== undefined) return { channel: channel.id, message: already };
      const { allowedMentions, ...message } = payload(pings ? view : unheard(view));
      const sent = channel.send({
        ...message,
        allowedMentions: { ...allowedMentions, repliedUser: false },
        ...(repliesTo && { reply: { messageReference: repliesTo, failIfNotExists: false } }),
        nonce,
        enforceNonce: true,
      });
      return { channel: channel.id, message: (await calling(sent)).id };
    },

    edit: (place, view) =>
      unlessGone(false, async () => {
        const channel = await channelOf(place);
        if (!channel) return false;
        await calling(channel.messages.edit(place.message, payload(unheard(view))));
        return true;
      }),

    remove: (place) =>
      unlessGone(undefined, async () => {
        const channel = await channelOf(place);
        if (channel) await calling(channel.messages.delete(place.message));
      }),

    async find(guild, channelId, view, sameBy) {
      const channel = await channelIn(guild, channelId);
      const message = channel && (await findSent(channel, view, sameBy));
      return message === undefined ? undefined : { channel: channelId, message };
    },
  };
}

/** Without pings. */
const unheard = ({ mentions: _, ...view }: View): View => view;

/** What `work` gives; `otherwise`, where the message, its channel or the right to see it is no more. */
export async function unlessGone<T>(otherwise: T, work: () => Promise<T>): Promise<T> {
  return attempt(work, (failure) => {
    if (!['gone', 'unknown', 'forbidden'].includes(failure.kind)) throw failure;
    return otherwise;
  });
}
