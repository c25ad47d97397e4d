import { backoff } from '../../lib/index.ts';
import type { CampaignsContext } from '../context.ts';
import { type Blocked, withPart } from '../model/campaign.ts';

/** They pass by themselves, so it is worth trying again without asking anybody; `recipient_left`: with who is left. */
const passing: readonly string[] = [
  'vendor_unreachable',
  'never_sent',
  'discord_unreachable',
  'too_late',
  'stopped',
  'recipient_left',
];
const GAPS = { first: 60_000, longest: 15 * 60_000 };

/** What keeps a card from being bought. `before`: what did so far. */
export function blockedFor(why: string, now: number, before?: Blocked, detail?: string): Blocked {
  const tries = before?.why === why ? before.tries + 1 : 1;
  return {
    why,
    at: now,
    tries,
    ...(detail && { detail }),
    ...(passing.includes(why) && { retryAt: now + backoff(tries, GAPS) }),
  };
}

/** Nothing of this card is bought now. One that was tried again remembers how often, until it goes well. */
export function isBlocked({ blocked }: { blocked?: Blocked | undefined }, now: number): boolean {
  return blocked !== undefined && (blocked.retryAt === undefined || now < blocked.retryAt);
}

/** Puts on record what keeps this card of a campaign from being bought. */
export async function block(
  { campaigns, clock }: CampaignsContext,
  id: string,
  part: number,
  why: string,
  detail?: string,
): Promise<void> {
  await campaigns.revise(id, (campaign) =>
    withPart(campaign, part, (card) => {
      return { ...card, blocked: blockedFor(why, clock.now(), card.blocked, detail) };
    }),
  );
}

/** After so many tries it is not tried again before somebody says so: the campaign is halted, and whoever runs it told. */
export async function leaveToPeople(
  { campaigns }: CampaignsContext,
  id: string,
  part: number,
  afterTries: number,
): Promise<void> {
  await campaigns.revise(id, (campaign) =>
    withPart(campaign, part, (card) => {
      if (!card.blocked || card.blocked.tries < afterTries) return card;
      const { retryAt: _, ...blocked } = card.blocked;
      return { ...card, blocked };
    }),
  );
}
