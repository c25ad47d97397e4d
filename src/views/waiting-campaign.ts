import type { Words } from '../i18n/words.ts';
import type { Campaign } from '../rewards/campaign.ts';
import { campaignWhat } from './campaign-panel.ts';
import { becauseText, votersFact, wantedFact } from './order-facts.ts';
import { moment, plain, who } from './text.ts';
import type { View } from './view.ts';
import { message } from './view.ts';

/** What a campaign that waits for approval would cost, who asks for it and why, one a line. Its words are for who gets a card. */
export function campaignWaits(campaign: Campaign, words: Words): (string | undefined)[] {
  const { approval, charged, reference, requester } = campaign;
  const { approval: w } = words;
  const because = becauseText(approval?.because ?? [], charged.currency, words);
  return [
    `**${campaignWhat(campaign, words)}** · \`${reference}\``,
    w.toPayInAll(charged),
    w.asks(who(requester)),
    w.why(because),
    wantedFact(campaign, words),
    votersFact(campaign, words),
  ];
}

/** What became of a campaign that somebody has just decided about. */
export function campaignDecision(campaign: Campaign, words: Words): (string | undefined)[] {
  const { state, reference } = campaign;
  const { approval: w } = words;
  const what = campaignWhat(campaign, words);
  const isWaiting = state === 'awaiting_approval';
  const end = state === 'rejected' || state === 'expired' ? state : 'approved';
  const title = isWaiting ? words.approvals.counted(what) : w.decidedTitles[end](what);
  return [
    `**${title}** · \`${reference}\``,
    isWaiting ? wantedFact(campaign, words) : endText(campaign, words),
  ];
}

/** How it was decided, by whom and when. */
function endText({ state, history }: Campaign, words: Words): string | undefined {
  const { approval: w } = words;
  const step = history.findLast(({ why }) => why === 'approved' || why === 'rejected');
  const last = history.at(-1);
  if (!last) return undefined;
  if (state === 'expired') return w.decided.expired('', moment(last.at));
  if (state !== 'rejected') return step && w.decided.approved(who(step.by), moment(step.at));
  if (last.why === 'policy_refuses') return w.policyRefuses(moment(last.at));
  if (last.why === 'requester_left') return w.requesterLeft(moment(last.at));
  return w.decided.rejected(who(last.by), moment(last.at));
}

/** What somebody has rejected, told to them. */
export function campaignRejectedView(campaign: Campaign, words: Words): View {
  const { state, reference, history } = campaign;
  const { approval: w } = words;
  const { why, detail } = history.at(-1) ?? {};
  const end = state === 'expired' ? state : 'rejected';
  return message({
    title: w.decidedTitles[end](campaignWhat(campaign, words)),
    reference,
    facts: [
      endText(campaign, words),
      why === 'rejected' && detail !== undefined ? w.because(plain(detail, 300)) : undefined,
    ],
    next: w.rejectedNext,
  });
}
