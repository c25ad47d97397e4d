import type { Campaign, CampaignAction, CampaignContent, News, Stats } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import { buttonFor, message, type Tone, type View } from '../kit/message.ts';
import { plain, who } from '../kit/text.ts';
import { doneBy } from '../orders/timeline.ts';
import { campaignWhat, whyHalted, whyOf } from './facts.ts';
import { actionRows } from './panel.ts';
import { bulkFacts } from './public-message.ts';

interface Options {
  readonly tally: Stats;
  readonly actions: readonly CampaignAction[];
}

const tones: Partial<Record<News['kind'], Tone>> = {
  approved: 'good',
  ended: 'good',
  halted: 'bad',
  asked: 'waiting',
  paused: 'waiting',
  stopped: 'waiting',
};

/** News of a campaign to whoever runs it, by direct message. */
export function campaignNotificationView(
  campaign: Campaign,
  { kind, step }: News,
  { tally, actions }: Options,
  words: Words,
): View {
  const { word: w } = words.campaigns;
  const isReason = kind === 'rejected' && step.why === 'rejected';
  return message({
    tone: tones[kind] ?? 'plain',
    title: w.titles[kind](campaignWhat(campaign, words)),
    reference: campaign.reference,
    facts: [
      kind === 'ended' && words.campaignOver.totalCharged(tally.charged),
      kind === 'halted' && w.charged(tally.charged),
      ...(kind === 'ended' ? endFacts(campaign, tally, words) : []),
      kind === 'ended' ? w.said.ended(tally.sent, campaign.places) : saidFact(kind, step, words),
      isReason && step.detail && w.reason(plain(step.detail, 300)),
    ],
    next: nextText(campaign, kind, tally, words),
    rows: actionRows(campaign, { actions }, words),
  });
}

function endFacts(campaign: Campaign, tally: Stats, words: Words) {
  if (campaign.kind === 'bulk') return bulkFacts(campaign, tally, words).slice(0, -2);
  return [
    words.campaigns.giveaway.claimed(tally.due + tally.ordered, campaign.places),
    tally.pool > 0 && words.campaignPanel.tally.unclaimed(tally.pool),
  ];
}

function saidFact(kind: Exclude<News['kind'], 'ended'>, step: News['step'], words: Words): string {
  const { campaigns: w } = words;
  // Nobody rejected it: something has changed since it was asked for.
  if (kind === 'rejected' && step.why !== 'rejected') return w.word.because(w.because[whyOf(step.why ?? '', w)]);
  return w.word.said[kind](doneBy(step, words));
}

function nextText(campaign: Campaign, kind: News['kind'], tally: Stats, words: Words) {
  const { campaigns: w } = words;
  if (kind === 'halted') {
    const why = whyHalted(campaign, words);
    return `${w.word.because(w.because[why])} ${w.todo[why]}`;
  }
  const mayRetry = kind === 'ended' && campaign.kind === 'bulk' && tally.failed > 0;
  return mayRetry ? w.word.retry(tally.failed) : undefined;
}

/** That its channel is no more. `isOpen`: it still is so. */
export function lostPlaceView(
  { campaign, isOpen, to }: Extract<CampaignContent, { kind: 'lost' }>,
  words: Words,
): View {
  const { lost: w, buttons } = words.campaigns;
  const { id, reference, requester } = campaign;
  const isManaged = isOpen && to === 'admins';
  return message({
    tone: isOpen ? 'bad' : 'plain',
    title: w.title(campaignWhat(campaign, words)),
    reference,
    facts: isOpen ? [w.said, to === 'admins' && w.runBy(who(requester)), w.held] : [w.over],
    ...(isOpen && { next: isManaged ? w.next : w.nextInDm }),
    buttons: [isManaged && buttonFor('campaign.open', id, buttons.manage)],
  });
}

/** The same in a channel, where it says no more than that there is news. */
export function campaignNewsView(campaign: Campaign, { kind }: News, words: Words): View {
  const { inChannel: w, buttons } = words.campaigns;
  const { id, reference, requester } = campaign;
  return message({
    title: w.title,
    reference,
    facts: [`${who(requester)}, ${w.said[kind]}`],
    next: w.next,
    buttons: [buttonFor('campaign.open', id, buttons.manage)],
    mentions: { users: [requester] },
  });
}
