import type { Client, Guild } from 'discord.js';
import type { Words } from '../../i18n/index.ts';
import type { NoticeBoard, NoticeContent } from '../../orders/index.ts';
import type { Place } from '../../outbox/index.ts';
import type { Policies } from '../../policy/index.ts';
import { type Deciders, noticeView, type View } from '../../views/index.ts';
import { adminChannel, postableChannel } from '../channels.ts';
import { calling } from '../errors.ts';
import { type Poster, type SameBy, unlessGone } from '../messages/channel-messages.ts';
import { approverMentions, decidersIn } from './mentions.ts';

interface Parts {
  client: Client;
  poster: Poster;
  /** The owner guild. */
  guild: string;
  policies: Pick<Policies, 'of'>;
  wordsFor(locale: string): Words;
}

/** The admins' notices, in a channel of the owner guild, and the cards of approvals, where they are asked for. */
export function createNoticeBoard(parts: Parts): NoticeBoard {
  const { client, poster, policies, wordsFor } = parts;

  const guildFor = (content: NoticeContent): Promise<Guild> =>
    calling(client.guilds.fetch(guildOf(content) ?? parts.guild));

  /** Where admins of a guild are told things: the channel that they have set, while the bot may write in it. */
  async function adminsPlace(guild: Guild): Promise<string | undefined> {
    const { adminsChannel: set } = await policies.of(guild.id);
    const chosen = set === undefined ? undefined : await postableChannel(client, guild, set);
    return (chosen ?? adminChannel(guild))?.id;
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

  async function askingChannel(guild: Guild, id: string): Promise<string | undefined> {
    return (await postableChannel(client, guild, id))?.id ?? adminsPlace(guild);
  }

  async function channelFor(content: NoticeContent, guild: Guild): Promise<string | undefined> {
    if (content.kind === 'reminder') return content.card.channel;
    if (content.kind !== 'approval') return adminsPlace(guild);
    const { approval, channel } = content.order;
    return askingChannel(guild, approval?.channel ?? channel);
  }

  async function find(content: NoticeContent): Promise<Place | undefined> {
    const guild = await guildFor(content);
    const channel = await channelFor(content, guild);
    if (channel === undefined) return undefined;
    return poster.find(guild.id, channel, await viewOf(content), sameBy(content));
  }

  return {
    async approvalChannel({ guild: id, channel }, set) {
      const guild = await calling(client.guilds.fetch(id));
      // Where a channel was set for it, another one is the admins' only: not everybody may be meant to read it.
      return askingChannel(guild, set ?? channel);
    },

    async post(content, how) {
      const guild = await guildFor(content);
      const channel = await channelFor(content, guild);
      if (channel === undefined) return undefined;
      const repliesTo = content.kind === 'reminder' ? content.card.message : undefined;
      const more = { sameBy: sameBy(content), repliesTo };
      return poster.post(guild.id, channel, await viewOf(content), { ...how, ...more });
    },

    edit: (place, content) =>
      unlessGone(false, async () => poster.edit(place, await viewOf(content))),

    remove: (content, place) =>
      unlessGone(undefined, async () => {
        const there = place ?? (await find(content));
        if (there) await poster.remove(there);
      }),
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

/** What changes about them is not in the first line, which names the order or the case. */
const sameBy = (content: NoticeContent): SameBy =>
  isOfOrder(content) || content.kind === 'case' ? 'title' : 'all';
