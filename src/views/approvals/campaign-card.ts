import type { Campaign, CampaignStep } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import { campaignWhat, eligibilityFacts, partFacts } from '../campaigns/facts.ts';
import { buttonFor, type View } from '../kit/message.ts';
import { type Fact, moment, plain, who } from '../kit/text.ts';
import { becauseText, wantedFact } from '../orders/facts.ts';
import { doneBy } from '../orders/timeline.ts';
import { type Asked, budgetFacts, cardView, changeText, voteFacts } from './card.ts';

const MOST_PARTS = 5;

/**
 * The card of a campaign that waits for approval, or what was decided about it. `decided`: the step by which it was;
 * undefined while it waits.
 */
export function campaignApprovalView(
  campaign: Campaign,
  { decided, asked }: { decided: CampaignStep | undefined; asked?: Asked | undefined },
  words: Words,
): View {
  const { approval: w, buttons } = words.campaigns;
  const { id, kind, reference, charged, requester } = campaign;
  const what = campaignWhat(campaign, words);
  const how = decided && decidedAs(decided);
  const isLeft = how !== undefined && how !== 'approved';
  return cardView(
    {
      title: how ? w.decided[how](what) : w.title(what),
      reference,
      facts: [
        isLeft ? w.wasAsked(charged) : (kind === 'bulk' ? w.toPay : w.atMost)(charged),
        ...partFacts(campaign, MOST_PARTS, w, words),
        whomFact(campaign, words),
        w.inChannel(`<#${campaign.place}>`),
        wordsFact(campaign, words),
        words.approval.asks(who(requester)),
        ...(decided ? decidedFacts(campaign, decided, words) : waitingFacts(campaign, words)),
      ],
      decided: how && (how === 'approved' ? 'good' : 'plain'),
      next: w.next,
      buttons: [
        buttonFor('campaign.approve', id, buttons.approve(charged), { main: true }),
        buttonFor('campaign.reject', id, buttons.reject),
        buttonFor('campaign.open', id, buttons.manage),
      ],
      asked,
    },
    words,
  );
}

/** Whoever approves it has read what is posted in the server's name. */
function wordsFact({ kind, gift }: Campaign, { campaigns: { approval: w } }: Words): Fact {
  return gift.message && w[kind === 'bulk' ? 'sends' : 'posts'](plain(gift.message, 300));
}

function whomFact({ kind, places }: Campaign, { campaigns: { approval: w } }: Words): string {
  if (kind === 'bulk') return w.forMembers(places);
  return kind === 'drop' ? w.forClaimers(places) : w.forWinners(places);
}

function waitingFacts(campaign: Campaign, words: Words): Fact[] {
  const { approval, charged, startsAt, endsAt, buysAtStart } = campaign;
  const { campaignPanel: panel } = words;
  return [
    ...eligibilityFacts(campaign, words),
    buysAtStart && panel.boughtAtStart,
    startsAt !== undefined && panel.starts(moment(startsAt)),
    endsAt !== undefined && panel.ends(moment(endsAt)),
    campaign.repeats && panel.repeats[campaign.repeats],
    words.approval.why(becauseText(approval?.because ?? [], charged.currency, words)),
    ...budgetFacts({ ...campaign, charged }, words),
    ...voteFacts(campaign, words),
    wantedFact(campaign, words),
    words.approval.ends(moment(approval?.endsAt ?? 0, 'R')),
  ];
}

type Decided = keyof Words['campaigns']['approval']['decided'];

function decidedAs({ state }: CampaignStep): Decided {
  return state === 'rejected' || state === 'cancelled' || state === 'expired' ? state : 'approved';
}

function decidedFacts(campaign: Campaign, step: CampaignStep, words: Words): string[] {
  const how = decidedAs(step);
  const votes = voteFacts(campaign, words);
  const when = moment(step.at);
  if (how === 'approved' && votes.length > 0) return votes;
  const isReason = step.why === 'rejected' && step.detail;
  return [
    ...votes,
    changeText(step.why, when, words) ?? words.approval.decided[how](doneBy(step, words), when),
    ...(isReason ? [words.approval.because(plain(step.detail ?? '', 300))] : []),
  ];
}
