import type { Client, Guild, GuildTextBasedChannel } from 'discord.js';
import type { Policies } from '../approvals/policies.ts';
import type { Words } from '../i18n/words.ts';
import type { NoticeBoard, NoticeContent } from '../orders/ports.ts';
import { noticeView } from '../views/notice.ts';
import type { Deciders } from '../views/review.ts';
import type { View } from '../views/view.ts';
import { adminChannel, postableChannel } from './admin-channel.ts';
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
    const involved =
      content.kind === 'review'
        ? [content.order.requester, ...content.order.recipients.map(({ user }) => user)]
        : [];
    const deciders: Deciders =
      content.kind === 'review' ? await decidersIn(guild, [...new Set(involved)]) : 'somebody';
    return noticeView(content, deciders, wordsFor(guild.preferredLocale));
  }

  async function send(channel: GuildTextBasedChannel, view: View, nonce: string): Promise<string> {
    const message = { ...payload(view), nonce, enforceNonce: true };
    return (await calling(channel.send(message))).id;
  }

  async function askingChannel(
    guild: Guild,
    id: string,
  ): Promise<GuildTextBasedChannel | undefined> {
    return (await postableChannel(client, guild, id)) ?? adminsPlace(guild);
  }

  async function channelFor(content: NoticeContent): Promise<GuildTextBasedChannel | undefined> {
    const guild = await guildFor(content);
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

    async post(content, { nonce, mayBeOut }) {
      const channel = await channelFor(content);
      if (!channel) return undefined;
      const view = await viewOf(content);
      const already = mayBeOut ? await recentId(channel, view) : undefined;
      return { channel: channel.id, message: already ?? (await send(channel, view, nonce)) };
    },

    async edit({ channel, message }, content) {
      try {
        const there = await calling(client.channels.fetch(channel));
        if (!there?.isSendable()) return false;
        await calling(there.messages.edit(message, payload(await viewOf(content))));
        return true;
      } catch (error) {
        if (error instanceof DiscordFailure && isNoMore(error)) return false;
        throw error;
      }
    },
  };
}

/** An approval and a broken setting concern their guild; everything else the whole account. */
function guildOf(content: NoticeContent): string | undefined {
  if (content.kind === 'approval') return content.order.guild;
  return content.kind === 'settings_broken' ? content.breakage.guild : undefined;
}

/** The message, its channel, or the right to see it. */
const isNoMore = ({ kind }: DiscordFailure) =>
  kind === 'gone' || kind === 'unknown' || kind === 'forbidden';
