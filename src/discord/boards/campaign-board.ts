import type { Client } from 'discord.js';
import {
  type CampaignBoard,
  type CampaignContent,
  decidedSince,
  openCampaignActions,
} from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import type { Log } from '../../lib/index.ts';
import type { NoticeBoard } from '../../orders/index.ts';
import type { Place, Posting } from '../../outbox/index.ts';
import {
  campaignApprovalView,
  campaignNewsView,
  campaignReminderView,
  campaignView,
  campaignWordView,
  type View,
  waitsView,
  winnersView,
} from '../../views/index.ts';
import { calling, DiscordFailure } from '../errors.ts';
import { type Poster, unlessGone } from '../messages/channel-messages.ts';
import type { DirectMessages } from '../messages/direct-messages.ts';
import { approverMentions } from './mentions.ts';

interface Parts {
  client: Client;
  poster: Poster;
  directMessages: DirectMessages;
  /** Where approvals are asked for, when the bot may no longer write where it was meant to. */
  approvalChannel: NoticeBoard['approvalChannel'];
  wordsFor(locale: string): Words;
  now(): number;
  log: Log;
}

type Word = Extract<CampaignContent, { kind: 'word' }>;
type Public = Exclude<CampaignContent, Word>;

/** Messages of campaigns: in their channels, where approvals are asked for, and to whoever runs them. */
export function createCampaignBoard(parts: Parts): CampaignBoard {
  const { client, poster, directMessages, wordsFor, now, log } = parts;

  async function viewOf(content: Public): Promise<View> {
    const guild = await calling(client.guilds.fetch(content.campaign.guild));
    const words = wordsFor(guild.preferredLocale);
    switch (content.kind) {
      case 'main':
        return campaignView(content.campaign, content.tally, words, content.drawn);
      case 'reminder':
        return campaignReminderView(content, words);
      case 'winners':
        return winnersView(content, words);
      case 'waits':
        return waitsView(content, words);
      case 'approval': {
        const { campaign, since, approvers } = content;
        const asked = approverMentions(guild, campaign, approvers);
        return campaignApprovalView(
          campaign,
          { decided: decidedSince(campaign, since), asked },
          words,
        );
      }
    }
  }

  async function channelOf(content: Public): Promise<string | undefined> {
    const { kind, campaign } = content;
    if (kind === 'reminder') return content.card.channel;
    if (kind !== 'approval') return campaign.place;
    return parts.approvalChannel(campaign, campaign.approval?.channel);
  }

  async function find(content: Public): Promise<Place | undefined> {
    const channel = await channelOf(content);
    if (channel === undefined) return undefined;
    return poster.find(content.campaign.guild, channel, await viewOf(content), 'title');
  }

  /** Past closed direct messages, where it says no more than that there is news. */
  async function tellInChannel({ campaign, news }: Word, how: Posting) {
    const { guild, channel, locale } = campaign;
    const view = campaignNewsView(campaign, news, wordsFor(locale));
    return poster.post(guild, channel, view, { ...how, nonce: `${how.nonce.slice(0, 23)}.` });
  }

  function wordView({ campaign, news, tally }: Word): View {
    const open = openCampaignActions(campaign, { user: campaign.requester }, now());
    const actions = open.filter((action) => isOfUse(action, news.kind, tally.failed));
    return campaignWordView(campaign, news, { tally, actions }, wordsFor(campaign.locale));
  }

  async function tell(content: Word, how: Posting): Promise<Place | undefined> {
    const { requester, id } = content.campaign;
    const view = wordView(content);
    // It is never edited.
    const there = { channel: requester, message: how.nonce };
    try {
      if (how.mayBeOut && (await directMessages.isOut(requester, view))) return there;
      await directMessages.send(requester, view, how.nonce);
      return there;
    } catch (err) {
      if (!(err instanceof DiscordFailure && err.kind === 'closed')) throw err;
      // Who has left reads nothing in the channel either.
      if (content.news.step.why === 'requester_left') return there;
      log.info(
        { campaign: id },
        'its requester takes no direct messages, and is told in the channel',
      );
      return tellInChannel(content, how);
    }
  }

  return {
    async post(content, how) {
      if (content.kind === 'word') return tell(content, how);
      const channel = await channelOf(content);
      if (channel === undefined) return undefined;
      const { guild } = content.campaign;
      const repliesTo = content.kind === 'reminder' ? content.card.message : undefined;
      const more = { sameBy: 'title', repliesTo } as const;
      return poster.post(guild, channel, await viewOf(content), { ...how, ...more });
    },
    async edit(place, content) {
      if (content.kind === 'word') return true;
      return unlessGone(false, async () => poster.edit(place, await viewOf(content)));
    },
    remove: (content, place) =>
      unlessGone(undefined, async () => {
        const there = place ?? (content.kind === 'word' ? undefined : await find(content));
        if (there) await poster.remove(there);
      }),
  };
}

/** What the news asks for: everything else is in the panel. */
function isOfUse(action: string, kind: Word['news']['kind'], failed: number): boolean {
  if (kind === 'ended') return action === 'retry' && failed > 0;
  return kind === 'halted' && ['reprice', 'go_on', 'cancel'].includes(action);
}
