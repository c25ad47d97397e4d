import type { Words } from '../i18n/words.ts';
import type { Campaign } from '../rewards/campaign.ts';
import { drawsAt } from '../rewards/claiming.ts';
import type { DrawShown } from '../rewards/ports.ts';
import type { Tally } from '../rewards/tally.ts';
import { eligibilityFacts } from './campaign-panel.ts';
import { drawFacts, whyHalted } from './campaign-what.ts';
import { moment } from './text.ts';

/** Places that somebody has, also one who can get nothing any more. */
const taken = ({ due, ordered, failed }: Tally) => due + ordered + failed;

const isDrawing = ({ draw, drawSeconds }: Campaign) => drawSeconds !== undefined && !draw?.drawn;

/** Whether a press may still get somebody a card. */
export function dropIsOpen(campaign: Campaign, tally: Tally): boolean {
  const { state, places } = campaign;
  return (state === 'running' || state === 'halted') && taken(tally) < places;
}

export function dropFacts(
  campaign: Campaign,
  tally: Tally,
  words: Words,
  drawn?: DrawShown,
): (string | undefined)[] {
  const { drop: w } = words.campaigns;
  const { places, endsAt } = campaign;
  const isOpen = dropIsOpen(campaign, tally);
  const left = Math.max(0, places - taken(tally));
  const open = [
    howFact(campaign, words),
    isDrawing(campaign) ? w.pressed(tally.entered) : undefined,
    ...eligibilityFacts(campaign, words),
    endsAt === undefined ? undefined : words.campaigns.endsBy(moment(endsAt, 'R')),
  ];
  return [
    isOpen || campaign.state === 'paused' ? w.left(left, places) : w.claimed(taken(tally), places),
    ...(isOpen ? open : []),
    stateFact(campaign, tally, words),
    ...drawFacts(campaign, words, drawn),
  ];
}

function howFact(campaign: Campaign, { campaigns: { drop: w } }: Words): string {
  const at = drawsAt(campaign);
  const { drawSeconds } = campaign;
  if (!isDrawing(campaign) || at === undefined || drawSeconds === undefined) return w.first;
  return w.drawing(drawSeconds, moment(at, 'R'));
}

function stateFact(campaign: Campaign, tally: Tally, words: Words): string | undefined {
  const { drop: w, because } = words.campaigns;
  const isAllClaimed = taken(tally) >= campaign.places;
  switch (campaign.state) {
    case 'running':
      return isAllClaimed ? w.allClaimed : undefined;
    case 'paused':
      return w.paused;
    case 'halted':
      return w.stopped(because[whyHalted(campaign, words)]);
    case 'planned':
    case 'awaiting_approval':
    case 'scheduled':
      return w.waitsAgain;
    case 'closing':
      return w.closing;
    case 'ended':
      return isAllClaimed ? w.allClaimed : w.over;
    default:
      return w.cancelled;
  }
}
