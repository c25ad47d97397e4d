import type { Client, TextChannel } from 'discord.js';
import type { Words } from '../i18n/words.ts';
import type { NoticeBoard, NoticeContent } from '../orders/ports.ts';
import { noticeView } from '../views/notice.ts';
import type { Deciders } from '../views/review.ts';
import type { View } from '../views/view.ts';
import { adminChannel } from './admin-channel.ts';
import { decidersIn } from './deciders.ts';
import { calling, DiscordFailure } from './failure.ts';
import { payload } from './payload.ts';
import { recentId } from './recent.ts';

interface Parts {
  client: Client;
  /** The owner guild. */
  guild: string;
  wordsFor(locale: string): Words;
}

/** The admins' notices, in a channel of the owner guild. */
export function createNoticeBoard({ client, guild: guildId, wordsFor }: Parts): NoticeBoard {
  async function viewOf(content: NoticeContent): Promise<View> {
    const guild = await calling(client.guilds.fetch(guildId));
    const involved =
      content.kind === 'review'
        ? [content.order.requester, ...content.order.recipients.map(({ user }) => user)]
        : [];
    const deciders: Deciders =
      content.kind === 'review' ? await decidersIn(guild, [...new Set(involved)]) : 'somebody';
    return noticeView(content, deciders, wordsFor(guild.preferredLocale));
  }

  async function send(channel: TextChannel, view: View, nonce: string): Promise<string> {
    const message = { ...payload(view), nonce, enforceNonce: true };
    return (await calling(channel.send(message))).id;
  }

  return {
    async post(content, { nonce, mayBeOut }) {
      const channel = adminChannel(await calling(client.guilds.fetch(guildId)));
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

/** The message, its channel, or the right to see it. */
const isNoMore = ({ kind }: DiscordFailure) =>
  kind === 'gone' || kind === 'unknown' || kind === 'forbidden';
