import type { Client } from 'discord.js';
import type { Place, Posting } from '../../outbox/index.ts';
import type { View } from '../../views/index.ts';
import { postableChannel } from '../channels.ts';
import { attempt, calling } from '../errors.ts';
import { findSent, payload } from './message.ts';

/** What makes a message that is out the same: all of it or, where what follows changes, its first line. */
type SameBy = 'all' | 'title';

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

export type ChannelMessages = ReturnType<typeof createChannelMessages>;

/** The bot's messages in the channels of guilds. All throw DiscordFailure. */
export function createChannelMessages(client: Client) {
  const channelIn = async (guild: string, channel: string) =>
    postableChannel(client, await calling(client.guilds.fetch(guild)), channel);

  async function channelOf({ channel }: Place) {
    const there = await calling(client.channels.fetch(channel));
    return there?.isSendable() ? there : undefined;
  }

  return {
    /** Where it is now; undefined when the guild has no such channel that the bot may write in. */
    async post(
      guild: string,
      channelId: string,
      view: View,
      { nonce, mayBeOut, sameBy, pings = true, repliesTo }: PostedHow,
    ): Promise<Place | undefined> {
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

    /** Pings nobody. False when the message is no more. */
    edit: (place: Place, view: View): Promise<boolean> =>
      unlessGone(false, async () => {
        const channel = await channelOf(place);
        if (!channel) return false;
        await calling(channel.messages.edit(place.message, payload(unheard(view))));
        return true;
      }),

    /** One that is no more is removed. */
    remove: (place: Place): Promise<void> =>
      unlessGone(undefined, async () => {
        const channel = await channelOf(place);
        if (channel) await calling(channel.messages.delete(place.message));
      }),

    /** Where it is, if it is among the recent messages of the channel. */
    async find(guild: string, channel: string, view: View, sameBy?: SameBy): Promise<Place | undefined> {
      const there = await channelIn(guild, channel);
      const message = there && (await findSent(there, view, sameBy));
      return message === undefined ? undefined : { channel, message };
    },
  };
}

/** Without pings. */
const unheard = ({ mentions: _, ...view }: View): View => view;

/** What `work` gives; `otherwise`, where the message, its channel or the right to see it is no more. */
async function unlessGone<T>(otherwise: T, work: () => Promise<T>): Promise<T> {
  return attempt(work, (failure) => {
    if (!['gone', 'unknown', 'forbidden'].includes(failure.kind)) throw failure;
    return otherwise;
  });
}

/** A message of a board: where it belongs, what it says now, and by what it is known again. */
interface BoardMessage {
  readonly guild: string;
  /** Undefined where the bot may write in none. */
  channel(): Promise<string | undefined>;
  view(): Promise<View>;
  readonly sameBy: SameBy;
  readonly repliesTo: string | undefined;
}

/** Posts, edits and takes away what `messageOf` makes of a content. */
export function boardOf<Context extends { readonly channelMessages: ChannelMessages }, Content>(
  messageOf: (ctx: Context, content: Content) => BoardMessage,
) {
  return {
    async post(ctx: Context, content: Content, how: Posting): Promise<Place | undefined> {
      const { guild, sameBy, repliesTo, ...message } = messageOf(ctx, content);
      const channel = await message.channel();
      if (channel === undefined) return undefined;
      const more = { sameBy, repliesTo };
      return ctx.channelMessages.post(guild, channel, await message.view(), { ...how, ...more });
    },
    edit: (ctx: Context, place: Place, content: Content): Promise<boolean> =>
      unlessGone(false, async () => ctx.channelMessages.edit(place, await messageOf(ctx, content).view())),
    remove: (ctx: Context, content: Content, place: Place | undefined): Promise<void> =>
      unlessGone(undefined, async () => {
        const there = place ?? (await found(ctx.channelMessages, messageOf(ctx, content)));
        if (there) await ctx.channelMessages.remove(there);
      }),
  };
}

async function found({ find }: ChannelMessages, { guild, sameBy, ...message }: BoardMessage) {
  const channel = await message.channel();
  return channel === undefined ? undefined : find(guild, channel, await message.view(), sameBy);
}
