import type { Words } from '../i18n/words.ts';
import type { Action } from '../orders/actions.ts';
import type { Campaign } from '../rewards/campaign.ts';
import type { CardState, Whereabouts } from '../rewards/whereabouts.ts';
import { campaignWhat } from './campaign-panel.ts';
import { rewardView } from './rewards.ts';
import { moment } from './text.ts';
import type { View } from './view.ts';
import { buttonFor, buttonRow, message } from './view.ts';

interface Looks {
  readonly user: string;
  /** What they may do with the order of their card, where there is one. */
  readonly actions: readonly Action[];
}

/** How somebody stands in a campaign: after their press, and again as it goes on. Only they see it. */
export function claimView(
  campaign: Campaign,
  where: Whereabouts,
  looks: Looks,
  words: Words,
): View {
  const { claim: w } = words;
  const { id, reference } = campaign;
  const facts = [campaignWhat(campaign, words)];
  switch (where.is) {
    case 'here':
      return rewardView(where.order, looks, words);
    case 'entered':
      return enteredView(campaign, where, words);
    case 'won':
      return message({
        ...{ tone: 'good', title: w.won.title, reference, next: w.won.next },
        facts: [...facts, w.won.until(moment(where.until, 'R'))],
        rows: [buttonRow(buttonFor('giveaway.claim', id, w.won.claim, { main: true }))],
      });
    case 'lapsed': {
      const { title, why, next } = w.lapsed;
      return message({ title, reference, facts: [...facts, why[where.why]], next });
    }
    case 'not_entered': {
      const next = campaign.draw?.drawn ? w.notEntered.over : w.notEntered.next;
      return message({ title: w.notEntered.title, reference, facts, next });
    }
    case 'left':
      return message({ ...w.left, reference, facts });
    case 'failed':
      return message({ ...w.failed, reference, facts });
    case 'drawing':
      return message({ ...w.drawing, tone: 'waiting', reference, facts });
    case 'not_drawn':
      return message({ ...w.notDrawn, reference, facts });
    default: {
      const next = where.is === 'try_again' ? w.tryAgain(moment(where.at, 'R')) : w[key[where.is]];
      const title = w.has(campaign.places);
      return message({ tone: 'waiting', title, reference, facts, next });
    }
  }
}

const key = {
  buying: 'buying',
  behind: 'behind',
  earlier_unclear: 'earlierUnclear',
  unclear: 'unclear',
  out_of_stock: 'outOfStock',
  in_the_way: 'inTheWay',
  paused: 'paused',
  codes_late: 'codesLate',
} as const satisfies Record<CardState, keyof Words['claim']>;

function enteredView(
  campaign: Campaign,
  { drawnAt = 0, entrants }: Extract<Whereabouts, { is: 'entered' }>,
  words: Words,
): View {
  const { entered: w } = words.claim;
  const { id, kind, reference } = campaign;
  const what = campaignWhat(campaign, words);
  if (kind === 'drop')
    return message({
      ...{ tone: 'good', title: w.title, reference, facts: [what] },
      next: w.drop(moment(drawnAt, 'R')),
    });
  return message({
    ...{ tone: 'good', title: w.title, reference, next: w.next },
    facts: [what, w.count(entrants), w.drawn(moment(drawnAt, 'R'))],
    rows: [buttonRow(buttonFor('giveaway.leave', id, w.leave))],
  });
}
