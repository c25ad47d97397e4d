import type { Order } from '../../orders/index.ts';
import type { Blocked } from '../model/campaign.ts';

/** They pass by themselves, so it is worth trying again without asking anybody. */
const passing: readonly string[] = [
  'vendor_unreachable',
  'never_sent',
  'discord_unreachable',
  'too_late',
  'stopped',
];
const FIRST_GAP_MS = 60_000;
const LONGEST_GAP_MS = 15 * 60_000;

/** What keeps a card from being bought, after an order for it that ended with nothing charged. */
export function blockedBy(order: Order, now: number, before?: Blocked): Blocked {
  const { why = 'too_late', detail } = order.history.at(-1) ?? {};
  return blockedFor(why, now, before, detail);
}

export function blockedFor(why: string, now: number, before?: Blocked, detail?: string): Blocked {
  const tries = before?.why === why ? before.tries + 1 : 1;
  const gap = Math.min(LONGEST_GAP_MS, FIRST_GAP_MS * 2 ** (tries - 1));
  return {
    why,
    at: now,
    tries,
    ...(detail && { detail }),
    ...(passing.includes(why) && { retryAt: now + gap }),
  };
}

/** Nothing of this card is bought now. One that was tried again remembers how often, until it goes well. */
export function isBlocked({ blocked }: { blocked?: Blocked | undefined }, now: number): boolean {
  return blocked !== undefined && (blocked.retryAt === undefined || now < blocked.retryAt);
}
