import { type CampaignContent, decidedSince, openCampaignActions } from '../../campaigns/index.ts';
import type { Place, Posting } from '../../outbox/index.ts';
import {
  campaignApprovalView,
  campaignNewsView,
  campaignNotificationView,
  campaignReminderView,
  campaignView,
  type View,
  waitsView,
  winnersView,
} from '../../views/index.ts';
import type { DiscordContext } from '../context.ts';
import { attempt, calling } from '../errors.ts';
import { unlessGone } from '../messages/channel-messages.ts';
import { sendOnce } from '../messages/direct-messages.ts';
import { approvalChannel } from './admin-board.ts';
import { approverMentions } from './approvers.ts';

type Notification = Extract<CampaignContent, { kind: 'word' }>;
type Public = Exclude<CampaignContent, Notification>;

/** Posts a message of a campaign: in its channel, where approvals are asked for, or to whoever runs it. */
export async function postCampaignMessage(
  ctx: DiscordContext,
  content: CampaignContent,
  how: Posting,
): Promise<Place | undefined> {
  if (content.kind === 'word') return notifyOwner(ctx, content, how);
  const channel = await channelOf(ctx, content);
  if (channel === undefined) return undefined;
  const view = await viewOf(ctx, content);
  return ctx.channelMessages.post(content.campaign.guild, channel, view, {
    ...how,
    sameBy: 'title',
    repliesTo: content.kind === 'reminder' ? content.card.message : undefined,
  });
}

export async function editCampaignMessage(
  ctx: DiscordContext,
  place: Place,
  content: CampaignContent,
): Promise<boolean> {
  if (content.kind === 'word') return true;
  return unlessGone(false, async () => ctx.channelMessages.edit(place, await viewOf(ctx, content)));
}

export function removeCampaignMessage(
  ctx: DiscordContext,
  content: CampaignContent,
  place: Place | undefined,
): Promise<void> {
  return unlessGone(undefined, async () => {
    const there = place ?? (content.kind === 'word' ? undefined : await find(ctx, content));
    if (there) await ctx.channelMessages.remove(there);
  });
}

async function find(ctx: DiscordContext, content: Public): Promise<Place | undefined> {
  const channel = await channelOf(ctx, content);
  if (channel === undefined) return undefined;
  const view = await viewOf(ctx, content);
  return ctx.channelMessages.find(content.campaign.guild, channel, view, 'title');
}

async function viewOf({ client, wordsFor }: DiscordContext, content: Public): Promise<View> {
  const guild = await calling(client.guilds.fetch(content.campaign.guild));
  const words = wordsFor(guild.preferredLocale);
  switch (content.kind) {
    case 'main':
      return campaignView(content.campaign, content.tally, words, content.drawn);
    case 'winners':
      return winnersView(content, words);
    case 'waits':
      return waitsView(content, words);
    case 'reminder':
      return campaignReminderView(content, words);
    case 'approval': {
      const { campaign, since, approvers } = content;
      const asked = approverMentions(guild, campaign, approvers);
      const decided = decidedSince(campaign, since);
      return campaignApprovalView(campaign, { decided, asked }, words);
    }
  }
}

/** For an approval, where it is asked for when the bot may no longer write where it was meant to. */
async function channelOf(ctx: DiscordContext, content: Public): Promise<string | undefined> {
  const { kind, campaign } = content;
  if (kind === 'reminder') return content.card.channel;
  if (kind !== 'approval') return campaign.place;
  return approvalChannel(ctx, campaign, campaign.approval?.channel);
}

async function notifyOwner(
  ctx: DiscordContext,
  content: Notification,
  how: Posting,
): Promise<Place | undefined> {
  const { requester, id } = content.campaign;
  const view = notificationView(ctx, content);
  // It is never edited.
  const there = { channel: requester, message: how.nonce };
  return attempt(
    async () => {
      await sendOnce(ctx.directMessages, requester, view, how);
      return there;
    },
    (failure) => {
      if (failure.kind !== 'closed') throw failure;
      // Who has left reads nothing in the channel either.
      if (content.news.step.why === 'requester_left') return there;
      ctx.log.info(
        { campaign: id },
        'its requester takes no direct messages, and is told in the channel',
      );
      return notifyInChannel(ctx, content, how);
    },
  );
}

function notificationView(ctx: DiscordContext, { campaign, news, tally }: Notification): View {
  const open = openCampaignActions(campaign, { user: campaign.requester }, ctx.clock.now());
  const actions = open.filter((action) => isOfUse(action, news.kind, tally.failed));
  return campaignNotificationView(
    campaign,
    news,
    { tally, actions },
    ctx.wordsFor(campaign.locale),
  );
}

/** What the news asks for: everything else is in the panel. */
function isOfUse(action: string, kind: Notification['news']['kind'], failed: number): boolean {
  if (kind === 'ended') return action === 'retry' && failed > 0;
  return kind === 'halted' && ['reprice', 'go_on', 'cancel'].includes(action);
}

/** Past closed direct messages, where it says no more than that there is news. */
function notifyInChannel(
  { channelMessages, wordsFor }: DiscordContext,
  { campaign, news }: Notification,
  how: Posting,
): Promise<Place | undefined> {
  const { guild, channel, locale } = campaign;
  const view = campaignNewsView(campaign, news, wordsFor(locale));
  const nonce = `${how.nonce.slice(0, 23)}.`;
  return channelMessages.post(guild, channel, view, { ...how, nonce });
}
