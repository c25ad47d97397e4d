import { isDeepStrictEqual } from 'node:util';
import type { Campaign } from '../../src/campaigns/model/campaign.ts';
import type { Entry, EntryState } from '../../src/campaigns/model/entry.ts';
import type { GuardedChange } from '../../src/store/tables.ts';

/** What the store's writes say of campaigns, the places in them, and who was drawn among. */
export function createCampaignFacts(notice: (what: string) => void) {
  const campaigns = new Map<string, Campaign>();
  const places = new Map<string, Entry>();
  const draws = new Map<string, readonly string[]>();

  function fix(campaign: string, entrants: readonly string[]): void {
    if (draws.has(campaign)) notice(`${campaign}: who is in the draw was fixed twice`);
    draws.set(campaign, entrants);
  }

  return {
    facts: { campaigns, places, draws },
    forget(namespace: string, key: string): void {
      if (namespace === 'campaigns') campaigns.delete(key);
      if (namespace === 'entries') places.delete(key);
    },
    observe({ namespace, key }: GuardedChange, record: unknown): void {
      if (namespace === 'campaigns') {
        for (const wrong of steppedWrongly(campaigns.get(key), record as Campaign)) notice(wrong);
        campaigns.set(key, record as Campaign);
      }
      if (namespace === 'entries') {
        for (const wrong of placedWrongly(places.get(key), record as Entry)) notice(wrong);
        places.set(key, record as Entry);
      }
      if (namespace === 'draws') fix(key, (record as { entrants: string[] }).entrants);
    },
  };
}

/** Who gave way never wins again, and a card that was bought is nobody else's. */
const mayFollow: Record<EntryState, readonly EntryState[]> = {
  entered: ['left', 'won', 'due', 'lapsed'],
  left: ['entered', 'steers'],
  steers: [],
  won: ['due', 'lapsed'],
  due: ['ordered', 'failed'],
  /** Its order ended with nothing charged. */
  ordered: ['due'],
  lapsed: [],
  failed: [],
};

/** What may never change about a place. */
export function placedWrongly(before: Entry | undefined, after: Entry): string[] {
  if (!before) return [];
  const who = `${after.user} in ${after.campaign}`;
  const same = (['user', 'campaign', 'part', 'slot', 'rank'] as const).filter(
    (name) => before[name] !== undefined && before[name] !== after[name],
  );
  // A day of looking did not show its order: of a bulk send, whoever runs it may try again.
  const isGivenUp = before.state === 'ordered' && after.state === 'failed' && after.why === 'not_found';
  const isRight = before.state === after.state || isGivenUp || mayFollow[before.state].includes(after.state);
  return [
    ...same.map((name) => `${who}: the ${name} changed`),
    ...(isRight ? [] : [`${who} was ${before.state} and became ${after.state}`]),
  ];
}

/** Nor about a campaign: how many cards it gives, whose it is, what happened, and how its draw went. */
export function steppedWrongly(before: Campaign | undefined, after: Campaign): string[] {
  if (!before) return [];
  const isLonger = after.history.length > before.history.length;
  const kept = { ...after, history: after.history.slice(0, before.history.length) };
  const same = (['requester', 'kind', 'places', 'history'] as const).filter(
    (name) => !isDeepStrictEqual(before[name], kept[name]),
  );
  const { draw } = before;
  const isDrawn = draw?.drawn === undefined || isDeepStrictEqual(draw.drawn, after.draw?.drawn);
  const isOnward = (after.draw?.reached ?? 0) >= (draw?.reached ?? 0);
  return [
    ...same.map((name) => `${after.id}: the ${name} changed`),
    ...(isDrawn && isOnward ? [] : [`${after.id} was drawn again`]),
    ...(before.state === after.state || isLonger ? [] : [`${after.id} became ${after.state} without a step on record`]),
  ];
}
