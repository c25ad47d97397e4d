import type { Words } from '../i18n/words.ts';
import type { Campaign } from '../rewards/campaign.ts';
import type { DrawShown } from '../rewards/ports.ts';
import type { Tally } from '../rewards/tally.ts';
import { eligibilityFacts } from './campaign-panel.ts';
import { drawFacts, whyHalted } from './campaign-what.ts';
import { moment } from './text.ts';

/** Whether somebody may still enter. */
export function giveawayIsOpen({ state, draw }: Campaign): boolean {
  return (state === 'running' || state === 'halted') && !draw?.drawn;
}

export function giveawayFacts(
  campaign: Campaign,
  tally: Tally,
  words: Words,
  drawn?: DrawShown,
): (string | undefined)[] {
  const { giveaway: w } = words.campaigns;
  const { places, endsAt, draw } = campaign;
  const isBefore = !draw?.drawn;
  return [
    places === 1 ? w.oneWinner : w.manyWinners(places),
    isBefore && endsAt !== undefined ? w.drawnAt(moment(endsAt, 'R')) : undefined,
    isBefore ? w.entered(tally.entered) : w.claimed(tally.due + tally.ordered, places),
    ...(isBefore ? eligibilityFacts(campaign, words) : []),
    stateFact(campaign, words),
    ...drawFacts(campaign, words, drawn),
  ];
}

function stateFact(campaign: Campaign, words: Words): string | undefined {
  const { giveaway: w, because } = words.campaigns;
  switch (campaign.state) {
    case 'running':
    case 'closing':
      return undefined;
    case 'paused':
      return w.paused;
    case 'halted':
      return w.stopped(because[whyHalted(campaign, words)]);
    case 'planned':
    case 'awaiting_approval':
    case 'scheduled':
      return w.waitsAgain;
    case 'ended':
      return w.ended;
    default:
      return w.cancelled;
  }
}
