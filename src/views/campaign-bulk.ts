import type { Words } from '../i18n/words.ts';
import type { Campaign } from '../rewards/campaign.ts';
import type { Tally } from '../rewards/tally.ts';
import { whyHalted } from './campaign-what.ts';

/** How far cards for many people have come; who they are, only they know. */
export function bulkFacts(campaign: Campaign, tally: Tally, words: Words): (string | undefined)[] {
  const { campaigns } = words;
  const { bulk: w } = campaigns;
  const { state, places } = campaign;
  const { sent, waiting, onWay, due, failed, unclear } = tally;
  const isHalted = state === 'halted';
  const some = (count: number, text: (count: number) => string) =>
    count > 0 ? text(count) : undefined;
  return [
    w.sent(sent, places),
    some(waiting, w.waiting),
    some(onWay, w.onWay),
    some(due, w.due),
    some(failed, w.failed),
    some(unclear, w.unclear),
    isHalted ? w.stopped(campaigns.because[whyHalted(campaign, words)]) : w.state[state],
    isHalted ? campaigns.askManager : undefined,
  ];
}
