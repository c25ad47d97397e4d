import type { Guild } from 'discord.js';
import type { NoticeContent, Order } from '../../orders/index.ts';
import type { Place, Posting } from '../../outbox/index.ts';
import { noticeView, type Quorum, type View } from '../../views/index.ts';
import { adminChannel, postableChannel } from '../channels.ts';
import type { DiscordContext } from '../context.ts';
import { calling } from '../errors.ts';
import { type SameBy, unlessGone } from '../messages/channel-messages.ts';
import { approverMentions, checkQuorum } from './approvers.ts';

type BoardContext = Pick<
  DiscordContext,
  'client' | 'channelMessages' | 'ownerGuild' | 'adminsChannelOf' | 'wordsFor'
>;

/** Posts a notice of the admins in their channel, and the card of an approval where it is asked for. */
export async function postNotice(
  ctx: BoardContext,
  content: NoticeContent,
  how: Posting,
): Promise<Place | undefined> {
  const guild = await guildFor(ctx, content);
  const channel = await channelFor(ctx, content, guild);
  if (channel === undefined) return undefined;
  const repliesTo = content.kind === 'reminder' ? content.card.message : undefined;
  const more = { sameBy: sameBy(content), repliesTo };
  return ctx.channelMessages.post(guild.id, channel, await viewOf(ctx, content), {
    ...how,
    ...more,
  });
}

export function editNotice(
  ctx: BoardContext,
  place: Place,
  content: NoticeContent,
): Promise<boolean> {
  return unlessGone(false, async () => ctx.channelMessages.edit(place, await viewOf(ctx, content)));
}

export function removeNotice(
  ctx: BoardContext,
  content: NoticeContent,
  place: Place | undefined,
): Promise<void> {
  return unlessGone(undefined, async () => {
    const there = place ?? (await findNotice(ctx, content));
    if (there) await ctx.channelMessages.remove(there);
  });
}

async function findNotice(ctx: BoardContext, content: NoticeContent): Promise<Place | undefined> {
  const guild = await guildFor(ctx, content);
  const channel = await channelFor(ctx, content, guild);
  if (channel === undefined) return undefined;
  const view = await viewOf(ctx, content);
  return ctx.channelMessages.find(guild.id, channel, view, sameBy(content));
}

export async function approvalChannel(
  ctx: BoardContext,
  { guild: id, channel }: Pick<Order, 'guild' | 'channel'>,
  set: string | undefined,
): Promise<string | undefined> {
  const guild = await calling(ctx.client.guilds.fetch(id));
  // Where a channel was set for it, another one is the admins' only: not everybody may be meant to read it.
  return channelOrAdmins(ctx, guild, set ?? channel);
}

async function channelFor(
  ctx: BoardContext,
  content: NoticeContent,
  guild: Guild,
): Promise<string | undefined> {
  if (content.kind === 'reminder') return content.card.channel;
  if (content.kind !== 'approval') return adminsPlace(ctx, guild);
  const { approval, channel } = content.order;
  return channelOrAdmins(ctx, guild, approval?.channel ?? channel);
}

async function channelOrAdmins(ctx: BoardContext, guild: Guild, id: string) {
  return (await postableChannel(ctx.client, guild, id))?.id ?? adminsPlace(ctx, guild);
}

/** Where admins of a guild are told things: the channel that they have set, while the bot may write in it. */
async function adminsPlace(ctx: BoardContext, guild: Guild): Promise<string | undefined> {
  const set = await ctx.adminsChannelOf(guild.id);
  const chosen = set === undefined ? undefined : await postableChannel(ctx.client, guild, set);
  return (chosen ?? adminChannel(guild))?.id;
}

async function viewOf(ctx: BoardContext, content: NoticeContent): Promise<View> {
  const guild = await guildFor(ctx, content);
  const words = ctx.wordsFor(guild.preferredLocale);
  const asked =
    content.kind === 'approval' && content.approvers
      ? approverMentions(guild, content.order, content.approvers)
      : undefined;
  return noticeView(content, await quorumOf(content, guild), words, asked);
}

async function quorumOf(content: NoticeContent, guild: Guild): Promise<Quorum> {
  if (content.kind !== 'review') return 'somebody';
  const { requester, recipients } = content.order;
  return checkQuorum(guild, [...new Set([requester, ...recipients.map(({ user }) => user)])]);
}

function guildFor({ client, ownerGuild }: BoardContext, content: NoticeContent): Promise<Guild> {
  return calling(client.guilds.fetch(guildOf(content) ?? ownerGuild));
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
