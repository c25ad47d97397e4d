import Big from 'big.js';
import { type Campaign, isHeldByStop, isOver, type Stats } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import { campaignWhat, whyHalted } from '../campaigns/facts.ts';
import type { Tone } from '../kit/message.ts';
import { type Fact, moment } from '../kit/text.ts';
import { doneBy } from '../orders/timeline.ts';

type Became = keyof Words['campaignOutcome']['titles'];

const tones: Record<Became, Tone> = {
  scheduled: 'good',
  running: 'good',
  closing: 'good',
  ended: 'good',
  paused: 'waiting',
  planned: 'waiting',
  halted: 'bad',
  cancelled: 'plain',
  expired: 'plain',
};

/** What became of a campaign that was approved: how it stands and, once it is over, what it gave and cost. */
export function campaignOutcomeOf(campaign: Campaign, tally: Stats, words: Words) {
  const { state } = campaign;
  const { titles } = words.campaignOutcome;
  if (!Object.hasOwn(titles, state)) return undefined;
  const became = state as Became;
  return {
    title: titles[became](campaignWhat(campaign, words)),
    tone: tones[became],
    facts: isOver(state) ? endedFacts(campaign, tally, words) : [standsFact(campaign, became, words)],
  };
}

function standsFact(campaign: Campaign, became: Became, words: Words): Fact {
  const { campaigns, campaignPanel, campaignOutcome } = words;
  const { startsAt } = campaign;
  if (isHeldByStop(campaign)) return campaigns.heldByStop;
  if (became === 'scheduled') return startsAt !== undefined && campaignPanel.starts(moment(startsAt));
  if (became === 'halted') return campaigns.word.because(campaigns.because[whyHalted(campaign, words)]);
  const said: Partial<Record<Became, string>> = campaignOutcome.said;
  return said[became];
}

/** Cards and people by what has become of them; of which there are none is left out. */
function endedFacts(campaign: Campaign, tally: Stats, words: Words): Fact[] {
  const { campaigns, campaignPanel, campaignOver, campaignOutcome: w } = words;
  const { places, state, history } = campaign;
  const { sent, waiting, pool, failed, unclear, charged } = tally;
  const last = history.at(-1);
  return [
    w.delivered(sent, places),
    waiting > 0 && campaigns.bulk.waiting(waiting),
    pool > 0 && campaignPanel.tally.unclaimed(pool),
    failed > 0 && campaigns.bulk.failed(failed),
    unclear > 0 && campaigns.bulk.unclear(unclear),
    new Big(charged.amount).eq(0) ? w.nothing : campaignOver.totalCharged(charged),
    state === 'cancelled' && last && words.approval.decided.cancelled(doneBy(last, words), moment(last.at)),
  ];
}
