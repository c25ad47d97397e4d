import { type Campaign, type CampaignStep, isOver, type Stats } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import { recipientsFact } from '../campaigns/bulk-preview.ts';
import { campaignWhat, eligibilityFacts, partFacts } from '../campaigns/facts.ts';
import { buttonFor, type View } from '../kit/message.ts';
import { type Fact, moment, plain, who } from '../kit/text.ts';
import { becauseText, wantedFact } from '../orders/facts.ts';
import { doneBy } from '../orders/timeline.ts';
import { campaignOutcomeOf } from './campaign-outcome.ts';
import { type Asked, budgetFacts, cardView, changeText, voteFacts } from './card.ts';

const MOST_PARTS = 5;

interface Beside {
  /** The step by which it was decided; undefined while it waits. */
  readonly decided: CampaignStep | undefined;
  readonly asked?: Asked | undefined;
  /** To whom a bulk send goes, the first of them, where everybody may read that. */
  readonly users?: readonly string[] | undefined;
  /** How far it has come, where it was approved and its card ends with that. */
  readonly tally?: Stats | undefined;
}

/** The card of a campaign that waits for approval, or what was decided about it and what became of it. */
export function campaignApprovalView(campaign: Campaign, beside: Beside, words: Words): View {
  const { decided, asked, users = [], tally } = beside;
  const { approval: w, buttons } = words.campaigns;
  const { id, reference, charged, requester } = campaign;
  const what = campaignWhat(campaign, words);
  const how = decided && decidedAs(decided);
  const outcome = tally && campaignOutcomeOf(campaign, tally, words);
  return cardView(
    {
      title: outcome?.title ?? (how ? w.decided[how](what) : w.title(what)),
      reference,
      facts: [
        ...(outcome?.facts ?? []),
        ...moneyFacts(campaign, beside, words),
        whomFact(campaign, users, words),
        w.inChannel(`<#${campaign.place}>`),
        wordsFact(campaign, words),
        words.approval.asks(who(requester)),
        ...(decided ? decidedFacts(campaign, decided, words) : waitingFacts(campaign, words)),
      ],
      decided: outcome?.tone ?? (how && (how === 'approved' ? 'good' : 'plain')),
      next: w.next,
      buttons: [
        buttonFor('campaign.approve', id, buttons.approve(charged), { main: true }),
        buttonFor('campaign.reject', id, buttons.reject),
        buttonFor('campaign.details', id, words.requesterHistory.button),
        buttonFor('campaign.open', id, buttons.manage),
      ],
      asked,
    },
    words,
  );
}

/** What it may cost, as it was asked for. What was charged says more; and of a rest that was offered anew it would be that. */
function moneyFacts(campaign: Campaign, { decided, tally }: Beside, words: Words): Fact[] {
  const { approval: w } = words.campaigns;
  const { kind, charged, history, state } = campaign;
  if (decided && history.slice(history.indexOf(decided)).some((step) => step.state === 'planned')) return [];
  const isLeft = decided !== undefined && decidedAs(decided) !== 'approved';
  const total = isLeft ? w.wasAsked : kind === 'bulk' ? w.toPay : w.atMost;
  return [!(tally && isOver(state)) && total(charged), ...partFacts(campaign, MOST_PARTS, w, words)];
}

/** Whoever approves it has read what is posted in the server's name. */
function wordsFact({ kind, gift }: Campaign, { campaigns: { approval: w } }: Words): Fact {
  return gift.message && w[kind === 'bulk' ? 'sends' : 'posts'](plain(gift.message, 300));
}

function whomFact({ kind, places }: Campaign, users: readonly string[], words: Words): string {
  const { approval: w } = words.campaigns;
  if (kind === 'bulk') return users.length > 0 ? recipientsFact(users, places, words) : w.forMembers(places);
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
