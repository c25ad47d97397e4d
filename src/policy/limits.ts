import { Problem } from '../lib/index.ts';

/*
 * What costs nothing to ask for has a limit, so that nobody takes from others by asking without end. How often somebody
 * may have CardPlusPay asked is `src/discord/interactions/pace.ts`.
 */

/** Offers that a member may have open in a server, and requests of theirs that wait for approval: of orders and of campaigns each. */
export const MOST_OPEN = 5;

/** The part of a budget of the server, or of a role, that all undecided requests of one member may set aside together. */
export const REQUESTS_PART = 0.5;

/**
 * `offers`: the newest `MOST_OPEN` that a member has open, some of which may have expired without being taken away yet.
 * Throws `too_many_offers`, which says when the next one expires.
 */
export function requireFewOffers(offers: readonly { readonly expiresAt: number }[], now: number): void {
  const ends = offers.map(({ expiresAt }) => expiresAt).filter((at) => at > now);
  if (ends.length < MOST_OPEN) return;
  throw new Problem('too_many_offers', { most: MOST_OPEN, minutes: Math.ceil((Math.min(...ends) - now) / 60_000) });
}

/** `count`: how many requests of a member wait for approval. Throws `too_many_requests`. */
export function requireFewRequests(count: number): void {
  if (count >= MOST_OPEN) throw new Problem('too_many_requests', { most: MOST_OPEN });
}
