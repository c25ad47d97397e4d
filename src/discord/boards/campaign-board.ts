import { type CampaignContent, decidedSince, openCampaignActions } from '../../campaigns/index.ts';
import type { Place, Posting } from '../../outbox/index.ts';
import {
  campaignApprovalView,
  campaignNewsView,
  campaignNotificationView,
  campaignReminderView,
  campaignView,
  lostPlaceView,
  type View,
  waitsView,
  winnersView,
} from '../../views/index.ts';
import type { DiscordContext } from '../context.ts';
import { attempt, calling, type DiscordFailure } from '../errors.ts';
import { boardOf, type Target } from '../messages/channel-messages.ts';
import { sendOnce } from '../messages/direct-messages.ts';
import { adminsPlaces, approvalChannels, directViewIn } from './admin-board.ts';
import { approverMentions } from './approvers.ts';

type Notification = Extract<CampaignContent, { kind: 'word' }>;
type Public = Exclude<CampaignContent, Notification>;

const publicBoard = boardOf((ctx: DiscordContext, content: Public) => ({
  guild: content.campaign.guild,
  channels: () => channelsOf(ctx, content),
  view: () => viewOf(ctx, content),
  directView: async (view) => directViewIn(ctx, await calling(ctx.client.guilds.fetch(content.campaign.guild)), view),
  sameBy: 'title',
  repliesTo: content.kind === 'reminder' ? content.card.message : undefined,
}));

/** Posts messages of a campaign: in its channel, where approvals are asked for, or to whoever runs it. */
export const campaignBoard = {
  post(ctx: DiscordContext, content: CampaignContent, how: Posting): Promise<Place | undefined> {
    if (content.kind === 'word') return notifyOwner(ctx, content, how);
    if (isForOwner(content)) return tellOfLoss(ctx, content, how);
    return publicBoard.post(ctx, content, how);
  },
  async edit(ctx: DiscordContext, place: Place, content: CampaignContent): Promise<boolean> {
    return content.kind === 'word' || isForOwner(content) || publicBoard.edit(ctx, place, content);
  },
  async remove(ctx: DiscordContext, content: CampaignContent, place?: Place): Promise<void> {
    if (content.kind !== 'word') return publicBoard.remove(ctx, content, place);
    if (place) await ctx.channelMessages.remove(place);
  },
};

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
    case 'lost':
      return lostPlaceView(content, words);
    case 'reminder':
      return campaignReminderView(content, words);
    case 'approval': {
      const { campaign, since, approvers, users, tally } = content;
      const asked = approverMentions(guild, campaign, approvers);
      const decided = decidedSince(campaign, since);
      return campaignApprovalView(campaign, { decided, asked, users, tally }, words);
    }
  }
}

/** For an approval, where it is asked for when the bot may no longer write where it was meant to. */
async function channelsOf(ctx: DiscordContext, content: Public): Promise<Target[]> {
  const { kind, campaign } = content;
  if (kind === 'reminder') return [content.card.channel];
  if (kind === 'lost') return adminsPlaces(ctx, await calling(ctx.client.guilds.fetch(campaign.guild)));
  if (kind !== 'approval') return [campaign.place];
  return approvalChannels(ctx, campaign, campaign.approval?.channel);
}

type Loss = Extract<CampaignContent, { kind: 'lost' }>;

const isForOwner = (content: CampaignContent): content is Loss => content.kind === 'lost' && content.to === 'owner';

/** Their inbox is closed, or Discord takes what the bot sends for spam: then it is not tried again and again. */
const takesNone = ({ kind }: DiscordFailure): boolean => kind === 'closed' || kind === 'spam';

/** Whoever takes no direct messages hears of it from the admins: there is no channel to tell them in. */
function tellOfLoss(ctx: DiscordContext, content: Loss, how: Posting): Promise<Place> {
  const { requester, guild, locale } = content.campaign;
  const there = { channel: requester, message: how.nonce };
  return attempt(
    async () => {
      await sendOnce(ctx.directMessages, requester, lostPlaceView(content, ctx.wordsFor(locale)), { ...how, guild });
      return there;
    },
    (failure) => {
      if (!takesNone(failure)) throw failure;
      return there;
    },
  );
}

async function notifyOwner(ctx: DiscordContext, content: Notification, how: Posting) {
  const { requester, guild, id } = content.campaign;
  const view = notificationView(ctx, content);
  // It is never edited.
  const there = { channel: requester, message: how.nonce };
  return attempt(
    async () => {
      await sendOnce(ctx.directMessages, requester, view, { ...how, guild });
      return there;
    },
    (failure) => {
      if (!takesNone(failure)) throw failure;
      // Who has left reads nothing in the channel either.
      if (content.news.step.why === 'requester_left') return there;
      ctx.log.info({ campaign: id, err: failure }, 'its requester takes no direct message, and is told in the channel');
      return notifyInChannel(ctx, content, how);
    },
  );
}

function notificationView(ctx: DiscordContext, { campaign, news, tally }: Notification): View {
  const open = openCampaignActions(campaign, { user: campaign.requester }, ctx.clock.now());
  const actions = open.filter((action) => isOfUse(action, news.kind, tally.failed));
  const words = ctx.wordsFor(campaign.locale);
  return campaignNotificationView(campaign, news, { tally, actions }, words);
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
