import type { Campaign, CampaignStep } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import { campaignWhat, eligibilityFacts } from '../campaigns/panel.ts';
import { buttonFor, buttonRow, message, type View } from '../kit/message.ts';
import { moment, plain, who } from '../kit/text.ts';
import { becauseText, wantedFact } from '../orders/facts.ts';
import { doneBy } from '../orders/timeline.ts';
import { type Asked, askedText, budgetFactsOf, voteFactsOf } from './order-card.ts';

const MOST_PARTS = 5;

interface Options {
  /** The step by which it was decided; undefined while it waits. */
  readonly decided: CampaignStep | undefined;
  readonly asked?: Asked | undefined;
}

/** The card of a campaign that waits for approval, or what was decided about it. */
export function campaignApprovalView(
  campaign: Campaign,
  { decided, asked }: Options,
  words: Words,
): View {
  const { campaigns, approval } = words;
  const { approval: w, buttons } = campaigns;
  const { id, reference, charged, requester } = campaign;
  const what = campaignWhat(campaign, words);
  const how = decided && decidedAs(decided);
  const isLeft = how !== undefined && how !== 'approved';
  return message({
    tone: !how ? 'waiting' : how === 'approved' ? 'good' : 'plain',
    title: how ? w.decided[how](what) : w.title(what),
    reference,
    facts: [
      isLeft
        ? w.wasAsked(charged)
        : campaign.kind === 'bulk'
          ? w.toPay(charged)
          : w.atMost(charged),
      ...partFacts(campaign, words),
      whomFact(campaign, words),
      w.inChannel(`<#${campaign.place}>`),
      approval.asks(who(requester)),
      ...(decided ? decidedFacts(campaign, decided, words) : waitingFacts(campaign, words)),
    ],
    next: decided ? undefined : [askedText(words, asked), w.next].filter(Boolean).join('\n'),
    mentions: decided ? undefined : asked && { users: asked.users, roles: asked.roles },
    rows: [
      decided
        ? undefined
        : buttonRow(
            buttonFor('campaign.approve', id, buttons.approve(charged), { main: true }),
            buttonFor('campaign.reject', id, buttons.reject),
            buttonFor('campaign.open', id, buttons.manage),
          ),
    ],
  });
}

function partFacts({ parts }: Campaign, { campaigns: { approval: w } }: Words): string[] {
  const more = parts.length - MOST_PARTS;
  return [
    ...parts
      .slice(0, MOST_PARTS)
      .map(({ quantity, name, each }) => w.part(quantity, plain(name), each)),
    ...(more > 0 ? [w.moreParts(more)] : []),
  ];
}

function whomFact({ kind, places }: Campaign, { campaigns: { approval: w } }: Words): string {
  if (kind === 'bulk') return w.forMembers(places);
  return kind === 'drop' ? w.forClaimers(places) : w.forWinners(places);
}

function waitingFacts(campaign: Campaign, words: Words): (string | undefined)[] {
  const { approval: w } = words;
  const { approval, charged, startsAt, endsAt } = campaign;
  const { campaignPanel: panel } = words;
  return [
    ...eligibilityFacts(campaign, words),
    startsAt === undefined ? undefined : panel.starts(moment(startsAt)),
    endsAt === undefined ? undefined : panel.ends(moment(endsAt)),
    campaign.repeats && panel.repeats[campaign.repeats],
    w.why(becauseText(approval?.because ?? [], charged.currency, words)),
    ...budgetFactsOf({ ...campaign, charged }, words),
    ...voteFactsOf(campaign, words),
    wantedFact(campaign, words),
    w.ends(moment(approval?.endsAt ?? 0, 'R')),
  ];
}

type Decided = keyof Words['campaigns']['approval']['decided'];

function decidedAs({ state }: CampaignStep): Decided {
  return state === 'rejected' || state === 'cancelled' || state === 'expired' ? state : 'approved';
}

function decidedFacts(campaign: Campaign, step: CampaignStep, words: Words): string[] {
  const { approval: w } = words;
  const how = decidedAs(step);
  const votes = voteFactsOf(campaign, words);
  const when = moment(step.at);
  const changed = changedBy[step.why as keyof typeof changedBy]?.(words, when);
  if (how === 'approved' && votes.length > 0) return votes;
  const isReason = step.why === 'rejected' && step.detail;
  return [
    ...votes,
    changed ?? w.decided[how](doneBy(step, words), when),
    ...(isReason ? [w.because(plain(step.detail ?? '', 300))] : []),
  ];
}

/** What has changed since it was asked for, in place of a person who decided. */
const changedBy = {
  requester_left: ({ approval }: Words, when: string) => approval.requesterLeft(when),
  recipient_left: ({ approval }: Words, when: string) => approval.recipientLeft(when),
  policy_refuses: ({ approval }: Words, when: string) => approval.policyRefuses(when),
};
