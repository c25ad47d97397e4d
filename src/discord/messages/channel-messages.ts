import type { Client } from 'discord.js';
import { type Place, type Posting, TooManyEdits } from '../../outbox/index.ts';
import { type View, withoutPicture } from '../../views/index.ts';
import { callingIn, postableChannel, rightsIn } from '../channels.ts';
import { attempt, calling, type DiscordFailure } from '../errors.ts';
import type { CommandMentions } from './command-mentions.ts';
import { editKeepingPicture, findSent, type PictureOf, payload } from './message.ts';

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

/** Where a message is to stand: the id of a channel, or somebody who reads it by direct message. */
export type Target = string | { readonly user: string };

export type ChannelMessages = ReturnType<typeof createChannelMessages>;

/** The bot's messages in the channels of guilds, and those of admins that are told by direct message. All throw DiscordFailure. */
export function createChannelMessages(client: Client, commandMentions: CommandMentions, pictureOf: PictureOf) {
  const channelIn = async (guild: string, target: Target) =>
    typeof target === 'string'
      ? postableChannel(client, await calling(client.guilds.fetch(guild)), target)
      : calling(client.users.createDM(target.user));

  async function channelOf({ channel }: Place) {
    const there = await calling(client.channels.fetch(channel));
    return there?.isSendable() ? there : undefined;
  }

  /** Messages that could not keep their picture once: it goes with each of their edits from then on. */
  const withPicture = new Set<string>();

  return {
    /** Where it is now; undefined when the guild has no such channel that the bot may write in. */
    async post(
      guild: string,
      target: Target,
      view: View,
      { nonce, mayBeOut, sameBy, pings = true, repliesTo }: PostedHow,
    ): Promise<Place | undefined> {
      const channel = await channelIn(guild, target);
      if (!channel) return undefined;
      const already = mayBeOut ? await findSent(channel, view, sameBy) : undefined;
      if (already !== undefined) return { channel: channel.id, message: already };
      const lacks = channel.isDMBased() ? [] : rightsIn(channel.guild, channel);
      const said = commandMentions.on(pings ? view : unheard(view), guild);
      // A picture is no reason for a message not to be there.
      const now = lacks.includes('attach') ? withoutPicture(said) : said;
      const { allowedMentions, ...message } = payload(now, pictureOf);
      const mayReply = !lacks.includes('history');
      const sent = await callingIn<{ readonly id: string }>(channel, () =>
        channel.send({
          ...message,
          allowedMentions: { ...allowedMentions, repliedUser: false },
          ...(repliesTo && mayReply && { reply: { messageReference: repliesTo, failIfNotExists: false } }),
          nonce,
          enforceNonce: true,
        }),
      );
      return { channel: channel.id, message: sent.id };
    },

    /**
     * Pings nobody. False when the message is no more; one that is there and may not be edited now is not. `direct`: what
     * it says where it is a direct message.
     */
    edit: (place: Place, view: View, direct = view): Promise<boolean> =>
      unlessGone(false, async () => {
        const channel = await channelOf(place);
        if (!channel) return false;
        const [said, guild] = channel.isDMBased() ? [direct] : [view, channel.guildId];
        const now = commandMentions.on(unheard(said), guild);
        const mayAttach = channel.isDMBased() || !rightsIn(channel.guild, channel).includes('attach');
        const whole: typeof payload = (all, of) => payload(mayAttach ? all : withoutPicture(all), of);
        const edit = (how: typeof payload | typeof editKeepingPicture) =>
          callingIn(channel, () => channel.messages.edit(place.message, how(now, pictureOf)));
        // Refused, such as where it has no picture so far, or another kind of it.
        const anew = (failure: DiscordFailure) => {
          if (failure.kind !== 'refused' || isTooOften(failure) || now.picture === undefined) throw failure;
          withPicture.add(place.message);
          return edit(whole);
        };
        await attempt(
          () => (withPicture.has(place.message) ? edit(whole) : attempt(() => edit(editKeepingPicture), anew)),
          (failure) => {
            throw isTooOften(failure) ? new TooManyEdits(failure.message) : failure;
          },
        );
        return true;
      }),

    /** One that is no more is removed. */
    remove: (place: Place): Promise<void> =>
      unlessOutOfReach(undefined, async () => {
        const channel = await channelOf(place);
        if (channel) await calling(channel.messages.delete(place.message));
      }),

    /** Where it is, if it is among the recent messages of the channel. */
    async find(guild: string, target: Target, view: View, sameBy?: SameBy): Promise<Place | undefined> {
      const there = await channelIn(guild, target);
      const message = there && (await findSent(there, view, sameBy));
      return there && message !== undefined ? { channel: there.id, message } : undefined;
    },
  };
}

const tooOften = [30046, 20022];

/** An old message, or one that was announced, takes few edits. Discord says so with a 429 that may not tell until when. */
const isTooOften = ({ code = 0, status }: DiscordFailure): boolean => tooOften.includes(code) || status === 429;

/** Without pings. */
const unheard = ({ mentions: _, ...view }: View): View => view;

/** What `work` gives; `otherwise`, where the message or its channel is no more. A right that is lacking can be given back. */
const unlessGone = <T>(otherwise: T, work: () => Promise<T>) => unless(['gone', 'unknown'], otherwise, work);

/** As `unlessGone`, also where the bot may not do it: nothing of it is left that the bot could see to. */
const unlessOutOfReach = <T>(otherwise: T, work: () => Promise<T>) =>
  unless(['gone', 'unknown', 'forbidden'], otherwise, work);

async function unless<T>(kinds: readonly string[], otherwise: T, work: () => Promise<T>): Promise<T> {
  return attempt(work, (failure) => {
    if (!kinds.includes(failure.kind)) throw failure;
    return otherwise;
  });
}

/** A message of a board: where it belongs, what it says now, and by what it is known again. */
interface BoardMessage {
  readonly guild: string;
  /** The best place first; none where the bot may write in none. */
  channels(): Promise<readonly Target[]>;
  view(): Promise<View>;
  /** What the view is for somebody who reads it by direct message. */
  directView?(view: View): Promise<View>;
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
      const channels = await message.channels();
      const views = await viewsOf(message);
      const out = how.mayBeOut && (await found(ctx.channelMessages, messageOf(ctx, content)));
      if (out) return out;
      const once = { ...how, sameBy, repliesTo, mayBeOut: false };
      return inFirst(channels, (target) => ctx.channelMessages.post(guild, target, views(target), once));
    },
    edit: (ctx: Context, place: Place, content: Content): Promise<boolean> =>
      unlessGone(false, async () => {
        const message = messageOf(ctx, content);
        const view = await message.view();
        return ctx.channelMessages.edit(place, view, await message.directView?.(view));
      }),
    remove: (ctx: Context, content: Content, place: Place | undefined): Promise<void> =>
      unlessOutOfReach(undefined, async () => {
        const there = place ?? (await found(ctx.channelMessages, messageOf(ctx, content)));
        if (there) await ctx.channelMessages.remove(there);
      }),
  };
}

async function found({ find }: ChannelMessages, { guild, sameBy, ...message }: BoardMessage) {
  const views = await viewsOf(message);
  // Where the bot may not look any more, it takes the next place.
  const seen = (target: Target) => unlessOutOfReach(undefined, () => find(guild, target, views(target), sameBy));
  return inFirst(await message.channels(), seen);
}

/** What it says at each of its places. */
async function viewsOf(message: Pick<BoardMessage, 'view' | 'directView'>): Promise<(target: Target) => View> {
  const view = await message.view();
  const direct = (await message.directView?.(view)) ?? view;
  return (target) => (typeof target === 'string' ? view : direct);
}

/** Discord has said no for good. Of anything else nobody knows whether it is there after all: it is asked again. */
const refusing = ['forbidden', 'unknown', 'gone', 'refused', 'closed'];

/** What the first of these channels gives that gives anything. Throws why, where none does and one refused. */
async function inFirst(
  channels: readonly Target[],
  work: (target: Target) => Promise<Place | undefined>,
): Promise<Place | undefined> {
  let refusal: DiscordFailure | undefined;
  for (const channel of channels) {
    const place = await attempt(
      () => work(channel),
      (failure) => {
        if (!refusing.includes(failure.kind)) throw failure;
        refusal = failure;
        return undefined;
      },
    );
    if (place) return place;
  }
  if (refusal) throw refusal;
  return undefined;
}
