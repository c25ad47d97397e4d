import type { Guild } from 'discord.js';
import type { AskedIn, NoticeContent } from '../../orders/index.ts';
import type { Place } from '../../outbox/index.ts';
import { directNoticeView, noticeView, type Quorum, type View } from '../../views/index.ts';
import { isPublic, namedAdminChannel, postableChannel } from '../channels.ts';
import type { DiscordContext } from '../context.ts';
import { attempt, calling } from '../errors.ts';
import { inviteThatPings } from '../gateway/access.ts';
import { boardOf, type Target } from '../messages/channel-messages.ts';
import { approverMentions, checkQuorum } from './approvers.ts';

type BoardContext = Pick<DiscordContext, 'client' | 'channelMessages' | 'ownerGuild' | 'adminsChannelOf' | 'wordsFor'>;

/** Posts notices of the admins in their channel, and the card of an approval where it is asked for. */
export const noticeBoard = boardOf((ctx: BoardContext, content: NoticeContent) => ({
  guild: guildOf(content) ?? ctx.ownerGuild,
  channels: () => channelsFor(ctx, content),
  view: () => viewOf(ctx, content),
  directView: async (view) => directViewIn(ctx, await guildFor(ctx, content), view),
  // What changes about them is not in the first line, which names the order or the case.
  sameBy: isOfOrder(content) || content.kind === 'case' ? 'title' : 'all',
  repliesTo: content.kind === 'reminder' ? content.card.message : undefined,
}));

/** By what the gateway keeps up to date: Discord is asked only where it has told of no such channel. */
export function stands({ client }: Pick<BoardContext, 'client'>, { channel }: Place): Promise<boolean> {
  return attempt(
    async () => (await calling(client.channels.fetch(channel))) !== null,
    // People see and press a card whose channel is closed to the bot.
    ({ kind }) => kind !== 'unknown',
  );
}

export async function approvalChannel(
  ctx: BoardContext,
  asked: AskedIn,
  set: string | undefined,
): Promise<string | undefined> {
  const [first] = await approvalChannels(ctx, asked, set);
  return first;
}

/** Where an approval can be asked for, the best place first: those of the admins are the last ones. */
export async function approvalChannels(
  ctx: BoardContext,
  { guild: id, channel }: AskedIn,
  set: string | undefined,
): Promise<string[]> {
  const guild = await calling(ctx.client.guilds.fetch(id));
  // Where a channel was set for it, another one is the admins' only: not everybody may be meant to read it.
  const at = set ?? channel;
  const meant = at === undefined ? undefined : await postableChannel(ctx.client, guild, at);
  return [...new Set([...(meant ? [meant.id] : []), ...(await adminsChannels(ctx, guild))])];
}

async function channelsFor(ctx: BoardContext, content: NoticeContent): Promise<Target[]> {
  if (content.kind === 'reminder') return [content.card.channel];
  if (content.kind === 'approval') return approvalChannels(ctx, content.order, content.order.approval?.channel);
  return adminsPlaces(ctx, await guildFor(ctx, content));
}

/**
 * Where admins of a guild are told things. Who invited the bot only a right tells that it does not ask for (Manage Server or
 * View Audit Log): without a channel it is the owner who hears of them.
 */
export async function adminsPlaces(ctx: BoardContext, guild: Guild): Promise<Target[]> {
  return [...(await adminsChannels(ctx, guild)), { user: guild.ownerId }];
}

/**
 * First the channel that they have set, then the one that is named for them; of both only one that the bot may write in and
 * not everybody can read.
 */
async function adminsChannels(ctx: BoardContext, guild: Guild): Promise<string[]> {
  const set = await ctx.adminsChannelOf(guild.id);
  const chosen = set === undefined ? undefined : await postableChannel(ctx.client, guild, set);
  const own = chosen && !isPublic(guild, chosen) ? chosen : undefined;
  return [...new Set([own, namedAdminChannel(guild)])].flatMap((each) => each?.id ?? []);
}

/** As its owner reads it, whose direct messages are no part of the server. */
export function directViewIn({ wordsFor }: Pick<BoardContext, 'wordsFor'>, guild: Guild, view: View): View {
  return directNoticeView(view, guild.name, wordsFor(guild.preferredLocale));
}

async function viewOf(ctx: BoardContext, content: NoticeContent): Promise<View> {
  const guild = await guildFor(ctx, content);
  const words = ctx.wordsFor(guild.preferredLocale);
  const asked =
    content.kind === 'approval' && content.approvers
      ? approverMentions(guild, content.order, content.approvers)
      : undefined;
  const invite = inviteThatPings(ctx.client.application.id);
  return noticeView(content, await quorumOf(content, guild), words, { asked, invite });
}

async function quorumOf(content: NoticeContent, guild: Guild): Promise<Quorum> {
  if (content.kind !== 'review') return 'somebody';
  const { requester, recipients } = content.order;
  return checkQuorum(guild, [...new Set([requester, ...recipients.map(({ user }) => user)])]);
}

function guildFor({ client, ownerGuild }: BoardContext, content: NoticeContent): Promise<Guild> {
  return calling(client.guilds.fetch(guildOf(content) ?? ownerGuild));
}

/** An approval, a wait for one, a case, a broken setting and a welcome concern their guild; everything else the whole account. */
function guildOf(content: NoticeContent): string | undefined {
  if (isOfOrder(content) || content.kind === 'case') return content.order.guild;
  if (content.kind === 'waiting' && content.for === 'approval') return content.order.guild;
  if (content.kind === 'welcome') return content.guild;
  return content.kind === 'settings_broken' ? content.breakage.guild : undefined;
}

function isOfOrder(content: NoticeContent): content is Extract<NoticeContent, { kind: 'approval' | 'reminder' }> {
  return content.kind === 'approval' || content.kind === 'reminder';
}
