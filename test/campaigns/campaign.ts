import type { Campaign, State } from '../../src/campaigns/model/campaign.ts';
import { money } from '../../src/lib/money.ts';

export const AT = Date.UTC(2026, 0, 5, 12);
export const ALICE = '200000000000000001';
export const usd = (amount: string) => money(amount, 'USD');

/** A bulk send of 250 Google Play cards by Alice, that runs. */
export function campaign(more: Partial<Campaign> = {}): Campaign {
  const state: State = more.state ?? 'running';
  const places = more.places ?? 250;
  const part = {
    ...{ itemCode: 'google-play-usd-5', name: 'Google Play 5 USD', brand: 'Google Play' },
    ...{ faceValue: usd('5'), each: usd('4.9'), quantity: places },
  };
  return {
    version: 1,
    id: '01K7Q2M900000000',
    reference: 'K7Q2M9',
    kind: 'bulk',
    guild: '300000000000000001',
    channel: '400000000000000001',
    place: '400000000000000002',
    requester: ALICE,
    locale: 'en-US',
    state,
    places,
    parts: [part],
    charged: usd('1225'),
    expiresAt: AT + 15 * 60_000,
    gift: { receipt: 'private' },
    startedAt: AT,
    history: [
      { at: AT, by: ALICE, state: 'planned', why: 'planned' },
      { at: AT, by: ALICE, state, ...(state === 'running' && { why: 'confirmed' as const }) },
    ],
    ...more,
  };
}
