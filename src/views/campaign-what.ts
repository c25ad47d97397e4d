import type { Words } from '../i18n/words.ts';
import type { Campaign } from '../rewards/campaign.ts';
import type { DrawShown } from '../rewards/ports.ts';
import { plain, who } from './text.ts';

const MOST_WINNERS = 50;

/** The card that a campaign gives; undefined where there are several. */
export function nameOf({ parts }: Pick<Campaign, 'parts'>): string | undefined {
  const [first, ...more] = parts;
  return first && more.length === 0 ? plain(first.name) : undefined;
}

type Why = keyof Words['campaigns']['because'];

/** What is in the way of a campaign that is halted, as far as there are words for it. */
export function whyHalted({ parts, history }: Campaign, { campaigns: w }: Words): Why {
  const why = parts.find(({ blocked }) => blocked)?.blocked?.why ?? history.at(-1)?.detail ?? '';
  return Object.hasOwn(w.because, why) ? (why as Why) : 'other';
}

/** By what anybody can check a draw: before it, that it is fixed; after it, all of it. */
export function drawFacts(
  { draw, state }: Campaign,
  { campaigns: w }: Words,
  shown?: DrawShown,
): (string | undefined)[] {
  if (!draw) return [];
  const { seedHash, drawn } = draw;
  if (!drawn) return [state === 'cancelled' ? undefined : w.seedHash(seedHash)];
  return [
    shown && winnersFact(shown.winners, w),
    w.drawn(drawn.seed, drawn.entrantsHash, drawn.entrants),
  ];
}

function winnersFact(winners: readonly string[], w: Words['campaigns']): string {
  const names = winners.slice(0, MOST_WINNERS).map(who).join(', ');
  if (winners.length === 0) return w.nobodyDrawn;
  return winners.length <= MOST_WINNERS
    ? w.winners(names)
    : w.moreWinners(names, winners.length - MOST_WINNERS);
}
