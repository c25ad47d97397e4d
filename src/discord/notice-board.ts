import type { Client, Guild, GuildTextBasedChannel } from 'discord.js';
import type { Policies } from '../approvals/policies.ts';
import type { Words } from '../i18n/words.ts';
import type { Place } from '../orders/notice.ts';
import type { NoticeBoard, NoticeContent, Posting } from '../orders/ports.ts';
import { noticeView } from '../views/notice.ts';
import type { Deciders } from '../views/review.ts';
import type { View } from '../views/view.ts';
import { adminChannel, postableChannel } from './admin-channel.ts';
import { approverMentions } from './approver-mentions.ts';
import { decidersIn } from './deciders.ts';
import { calling, DiscordFailure } from './failure.ts';
import { payload } from './payload.ts';
import { recentId } from './recent.ts';

interface Parts {
  client: Client;
  /** The owner guild. */
  guild: string;
  policies: Pick<Policies, 'of'>;
  wordsFor(locale: string): Words;
}

/** The admins' notices, in a channel of the owner guild, and the cards of approvals, where they are asked for. */
export function createNoticeBoard(parts: Parts): NoticeBoard {
  const { client, policies, wordsFor } = parts;

  const guildFor = (content: NoticeContent): Promise<Guild> =>
    calling(client.guilds.fetch(guildOf(content) ?? parts.guild));

  /** Where admins of a guild are told things: the channel that they have set, while the bot may write in it. */
  async function adminsPlace(guild: Guild): Promise<GuildTextBasedChannel | undefined> {
    const { adminsChannel: set } = await policies.of(guild.id);
    const chosen = set === undefined ? undefined : await postableChannel(client, guild, set);
    return chosen ?? adminChannel(guild);
  }

  async function viewOf(content: NoticeContent): Promise<View> {
    const guild = await guildFor(content);
    const words = wordsFor(guild.preferredLocale);
    const asked =
      content.kind === 'approval' && content.approvers
        ? approverMentions(guild, content.order, content.approvers)
        : undefined;
    return noticeView(content, await decidersOf(content, guild), words, asked);
  }

  async function decidersOf(content: NoticeContent, guild: Guild): Promise<Deciders> {
    if (content.kind !== 'review') return 'somebody';
    const { requester, recipients } = content.order;
    return decidersIn(guild, [...new Set([requester, ...recipients.map(({ user }) => user)])]);
  }

  async function send(
    channel: GuildTextBasedChannel,
    content: NoticeContent,
    view: View,
    { nonce, pings }: Posting,
  ): Promise<string> {
    const { allowedMentions, ...message } = payload(pings ? view : unheard(view));
    const { id } = await calling(
      channel.send({
        ...message,
        allowedMentions: { ...allowedMentions, repliedUser: false },
        ...(content.kind === 'reminder' && { reply: replyTo(content.card) }),
        ...{ nonce, enforceNonce: true },
      }),
    );
    return id;
  }

  async function askingChannel(
    guild: Guild,
    id: string,
  ): Promise<GuildTextBasedChannel | undefined> {
    return (await postableChannel(client, guild, id)) ?? adminsPlace(guild);
  }

  async function channelFor(content: NoticeContent): Promise<GuildTextBasedChannel | undefined> {
    const guild = await guildFor(content);
    if (content.kind === 'reminder') return postableChannel(client, guild, content.card.channel);
    if (content.kind !== 'approval') return adminsPlace(guild);
    const { approval, channel } = content.order;
    return askingChannel(guild, approval?.channel ?? channel);
  }

  return {
    async approvalChannel({ guild: id, channel }, set) {
      const guild = await calling(client.guilds.fetch(id));
      // Where a channel was set for it, another one is the admins' only: not everybody may be meant to read it.
      return (await askingChannel(guild, set ?? channel))?.id;
    },

    async post(content, how) {
      const channel = await channelFor(content);
      if (!channel) return undefined;
      const view = await viewOf(content);
      const already = how.mayBeOut ? await recentId(channel, view, sameBy(content)) : undefined;
      return { channel: channel.id, message: already ?? (await send(channel, content, view, how)) };
    },

    async edit({ channel, message }, content) {
      try {
        const there = await calling(client.channels.fetch(channel));
        if (!there?.isSendable()) return false;
        await calling(there.messages.edit(message, payload(unheard(await viewOf(content)))));
        return true;
      } catch (error) {
        if (error instanceof DiscordFailure && isNoMore(error)) return false;
        throw error;
      }
    },

    async remove(content, place) {
      try {
        const channel = place
          ? await calling(client.channels.fetch(place.channel))
          : await channelFor(content);
        if (!channel?.isSendable()) return;
        const message =
          place?.message ?? (await recentId(channel, await viewOf(content), sameBy(content)));
        if (message !== undefined) await calling(channel.messages.delete(message));
      } catch (error) {
        if (!(error instanceof DiscordFailure && isNoMore(error))) throw error;
      }
    },
  };
}

/** An approval, a case and a broken setting concern their guild; everything else the whole account. */
function guildOf(content: NoticeContent): string | undefined {
  if (isOfOrder(content) || content.kind === 'case') return content.order.guild;
  return content.kind === 'settings_broken' ? content.breakage.guild : undefined;
}

function isOfOrder(
  content: NoticeContent,
): content is Extract<NoticeContent, { kind: 'approval' | 'reminder' }> {
  return content.kind === 'approval' || content.kind === 'reminder';
}

/** Without pings. */
const unheard = ({ mentions: _, ...view }: View): View => view;

const replyTo = ({ message }: Place) => ({ messageReference: message, failIfNotExists: false });

/** What changes about them is not in the first line, which names the order or the case. */
const sameBy = (content: NoticeContent) =>
  isOfOrder(content) || content.kind === 'case' ? 'title' : 'all';

/** The message, its channel, or the right to see it. */
const isNoMore = ({ kind }: DiscordFailure) =>
  kind === 'gone' || kind === 'unknown' || kind === 'forbidden';
