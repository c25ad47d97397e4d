import type { Guild } from 'discord.js';
import type { NoticeContent, Order } from '../../orders/index.ts';
import { noticeView, type Quorum, type View } from '../../views/index.ts';
import { adminChannel, postableChannel } from '../channels.ts';
import type { DiscordContext } from '../context.ts';
import { calling } from '../errors.ts';
import { boardOf } from '../messages/channel-messages.ts';
import { approverMentions, checkQuorum } from './approvers.ts';

type BoardContext = Pick<DiscordContext, 'client' | 'channelMessages' | 'ownerGuild' | 'adminsChannelOf' | 'wordsFor'>;

/** Posts notices of the admins in their channel, and the card of an approval where it is asked for. */
export const noticeBoard = boardOf((ctx: BoardContext, content: NoticeContent) => ({
  guild: guildOf(content) ?? ctx.ownerGuild,
  channel: () => channelFor(ctx, content),
  view: () => viewOf(ctx, content),
  // What changes about them is not in the first line, which names the order or the case.
  sameBy: isOfOrder(content) || content.kind === 'case' ? 'title' : 'all',
  repliesTo: content.kind === 'reminder' ? content.card.message : undefined,
}));

export async function approvalChannel(
  ctx: BoardContext,
  { guild: id, channel }: Pick<Order, 'guild' | 'channel'>,
  set: string | undefined,
): Promise<string | undefined> {
  const guild = await calling(ctx.client.guilds.fetch(id));
  // Where a channel was set for it, another one is the admins' only: not everybody may be meant to read it.
  return channelOrAdmins(ctx, guild, set ?? channel);
}

async function channelFor(ctx: BoardContext, content: NoticeContent) {
  if (content.kind === 'reminder') return content.card.channel;
  const guild = await guildFor(ctx, content);
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

function isOfOrder(content: NoticeContent): content is Extract<NoticeContent, { kind: 'approval' | 'reminder' }> {
  return content.kind === 'approval' || content.kind === 'reminder';
}
