import type { Exchanged } from '../../../src/cardpluspay/http.ts';
import { brokenOff, nothing, ok, page, refusal } from './answers.ts';
import { oddAnswers, oddly } from './odd-answers.ts';
import type { Charged, Post, Vendor } from './vendor.ts';
import { placed } from './views.ts';

/** When CardPlusPay acts on a POST whose answer leaves that open: never, at once, soon, or at the last moment. */
const takings = ['not taken', 'taken', 'taken soon', 'taken at the last moment'] as const;
type Taking = (typeof takings)[number];

/** What can become of a POST /orders that has left. `hangs`: no answer before the client gives up. */
export interface PurchaseFate {
  readonly words: string;
  readonly hangs?: boolean;
  answer(post: Post, vendor: Vendor): Exchanged;
}

const SECOND = 1_000;

interface Terms {
  extraCents?: number;
  /** The first card has the code of the newest order before. */
  isTwice?: boolean;
  /** So many cards fewer than were ordered, for which nothing is charged. */
  fewer?: number;
  /** The list says nothing of its amount. */
  namesNoAmount?: boolean;
  /** In how many milliseconds each card's code is there. */
  readyIn?: (card: number) => number;
}

/** An answer that says that it was bought. */
function bought(
  words: string,
  more: Terms = {},
  spoil: (whole: Exchanged) => Exchanged = (whole) => whole,
  verdict: Post['verdict'] = 'taken',
): PurchaseFate {
  return {
    words,
    answer(post, vendor) {
      post.verdict = verdict;
      return spoil(placed(take(post, vendor, more), vendor, vendor.now()));
    },
  };
}

function take(post: Post, vendor: Vendor, terms: Terms = {}): Charged {
  const { extraCents = 0, readyIn, fewer = 0, namesNoAmount = false, isTwice } = terms;
  const now = vendor.now();
  const count = Math.max(1, post.quantity - fewer);
  const cents = (vendor.prices[post.item] ?? 0) * count + extraCents;
  const readyAt = (card: number) => now + (readyIn?.(card) ?? 0);
  const again = isTwice ? vendor.charged.at(-1)?.cards[0]?.code : undefined;
  return vendor.commit(post, { cents, readyAt, post, count, namesNoAmount, again });
}

/** An answer that proves that nothing was done. */
const refused = (words: string, answer: Exchanged): PurchaseFate => ({
  words,
  answer(post) {
    post.verdict = 'refused';
    return answer;
  },
});

/** An answer, or none, that leaves open whether it was bought. */
const unknown = (words: string, answer: Exchanged, hangs = false): PurchaseFate[] =>
  takings.map((taking) => ({
    words: `${words}, ${taking}`,
    hangs,
    answer(post, vendor) {
      takeUnheard(post, vendor, taking);
      return answer;
    },
  }));

/** Its answer is lost, and what CardPlusPay has of it is not what was ordered. */
const lost = (words: string, terms: Terms): PurchaseFate =>
  bought(`is taken ${words}, and answered by a reset`, terms, () => nothing('ECONNRESET'), 'unknown');

/** What CardPlusPay does with a POST whose sender does not learn of it. */
export function takeUnheard(post: Post, vendor: Vendor, taking: Taking): void {
  post.verdict = 'unknown';
  if (taking === 'taken') take(post, vendor);
  const soon = Math.min(vendor.now() + 5 * SECOND, post.landsBy - 1);
  if (taking === 'taken soon') vendor.at(soon, () => take(post, vendor));
  if (taking === 'taken at the last moment') vendor.at(post.landsBy - 1, () => take(post, vendor));
}

export const takingOf = (index: number): Taking => takings[index % takings.length] ?? 'not taken';

const onlyFirst = (readyIn: number) => (card: number) => (card === 0 ? 0 : readyIn);
const never = Number.POSITIVE_INFINITY;
const saysFailed = { order_id: 9999, status: 'failed', amount: '4.90', codes: [] };

/** The first one is what CardPlusPay does when all is well. */
export const purchaseFates: readonly PurchaseFate[] = [
  bought('is taken'),
  ...unknown('is answered by a reset', nothing('ECONNRESET')),
  ...unknown('is not answered', nothing('UND_ERR_HEADERS_TIMEOUT'), true),
  ...unknown('is answered 500', refusal(500, 'Server error')),
  bought('is taken, but the answer breaks off', {}, brokenOff, 'unknown'),
  bought('is taken, but the answer is unreadable', {}, () => page(200), 'unknown'),
  bought('is taken at a higher price', { extraCents: 100 }),
  bought('is taken, its codes come in 10 seconds', { readyIn: () => 10 * SECOND }),
  bought('is taken, all but one code come in 2 hours', { readyIn: onlyFirst(7200 * SECOND) }),
  bought('is taken, all but one code never come', { readyIn: onlyFirst(never) }),
  bought('is taken, its codes come in 2 days', { readyIn: () => 48 * 3600 * SECOND }),
  refused('is refused: out of stock', refusal(400, 'Out of stock')),
  refused('is refused: 422', refusal(422, 'Invalid')),
  refused('is refused: slow down', refusal(429, 'Slow down')),
  refused('is refused: come back in 4 seconds', refusal(429, 'Slow down', '4')),
  refused('is refused: come back in a minute', refusal(429, 'Slow down', '60')),
  ...unknown('is answered 429 by a proxy', page(429)),
  ...unknown('is answered 400 by a proxy', page(400)),
  ...unknown('is answered 409', refusal(409, 'Conflict')),
  ...unknown('is answered 200 with success: false', refusal(200, 'No')),
  ...unknown('ends in EHOSTUNREACH', nothing('EHOSTUNREACH')),
  ...unknown('is answered with a failed order', ok(saysFailed)),
  ...oddAnswers.map(({ words, change, verdict }) => bought(words, {}, (whole) => oddly(whole, change), verdict)),
  bought('is taken, with the code of the newest order before', { isTwice: true }),
  lost('at a higher price', { extraCents: 100 }),
  lost('at a lower price', { extraCents: -100 }),
  lost('with a card fewer', { fewer: 1 }),
  lost('and the list names no amount', { namesNoAmount: true }),
  {
    words: 'is answered by a reset, and taken at the last moment, after somebody else has bought the same',
    answer(post, vendor) {
      vendor.commit(post);
      takeUnheard(post, vendor, 'taken at the last moment');
      return nothing('ECONNRESET');
    },
  },
];

/** Which fate to draw: each kind of answer as often as any other, whether or not it leaves open what was taken. */
export const fatesToDraw: readonly number[] = purchaseFates.flatMap(({ words }, at) =>
  takings.some((taking) => words.endsWith(`, ${taking}`)) ? [at] : Array(takings.length).fill(at),
);
