import type { Campaign, DrawShown } from '../../campaigns/index.ts';
import { isPhysical } from '../../catalog/index.ts';
import type { Words } from '../../i18n/index.ts';
import { dotted, type Fact, firstOf, plain, who } from '../kit/text.ts';

/** "Drop of 20 × Google Play 5 USD"; `named`: a name as it may stand there. */
export function campaignWhat(
  { kind, parts, places }: Campaign,
  words: Words,
  named: (name: string) => string = plain,
): string {
  const { campaignPanel: w, order } = words;
  const [first, ...more] = parts;
  if (!first || more.length > 0) return w.cards(places);
  if (kind === 'bulk') return order.what(places, named(first.name));
  return w.what[kind](places, named(first.name));
}

/** Who may have one. */
export function eligibilityFacts({ eligibility = {} }: Pick<Campaign, 'eligibility'>, { campaignPanel: w }: Words) {
  const { role, accountDays, memberDays, quietDays } = eligibility;
  return [
    role && w.role(`<@&${role}>`),
    accountDays && w.accountDays(accountDays),
    memberDays && w.memberDays(memberDays),
    quietDays && w.quietDays(quietDays),
  ];
}

/** Its first cards, and how many more kinds there are. */
export function partFacts(
  { parts }: Campaign,
  most: number,
  w: Pick<Words['campaignPanel'], 'part' | 'moreParts'>,
  { physical }: Words,
): string[] {
  const line = ({ quantity, name, each, delivery }: Campaign['parts'][number]) =>
    dotted(w.part(quantity, plain(name), each), isPhysical(delivery) && physical.mark);
  return firstOf(parts, most, line, w.moreParts);
}

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
  return whyOf(why, w);
}

/** What there are words for, of what may be in the way. */
export function whyOf(why: string, { because }: Words['campaigns']): Why {
  return Object.hasOwn(because, why) ? (why as Why) : 'other';
}

/** By what anybody can check a draw: before it, that it is fixed; after it, all of it. */
export function drawFacts({ draw, state }: Campaign, { campaigns: w }: Words, shown?: DrawShown): Fact[] {
  if (!draw) return [];
  const { seedHash, drawn } = draw;
  if (!drawn) return [state === 'cancelled' ? undefined : w.seedHash(seedHash)];
  return [shown && winnersFact(shown.winners, w), w.drawn(drawn.seed, drawn.entrantsHash, drawn.entrants)];
}

function winnersFact(winners: readonly string[], w: Words['campaigns']): string {
  const names = winners.slice(0, MOST_WINNERS).map(who).join(', ');
  if (winners.length === 0) return w.nobodyDrawn;
  return winners.length <= MOST_WINNERS
    ? w.winners(names, winners.length)
    : w.moreWinners(names, winners.length - MOST_WINNERS);
}

const BAR = 10;

/** "▰▰▰▱▱": how many of all. None is full before all are, and one that has begun shows it. */
export function progressBar(count: number, all: number): string {
  const length = Math.min(BAR, all);
  const part = (length * Math.min(count, all)) / all;
  const full = count > 0 ? Math.max(1, Math.floor(part)) : 0;
  return '▰'.repeat(full) + '▱'.repeat(length - full);
}
