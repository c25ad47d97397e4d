import type { Presser } from '../../src/campaigns/claim/eligibility.ts';
import type { Campaign } from '../../src/campaigns/model/campaign.ts';
import { movedOn, problemOf, type RewardDesk } from './desk.ts';

/** Who has been there for ever. */
export const presser = (user: string, more: Partial<Presser> = {}): Presser => ({
  ...{ user, guild: 'guild', isManager: false, roles: [], createdAt: 0, joinedAt: 0 },
  ...more,
});

export const claim = ({ campaigns }: RewardDesk, { id }: Campaign, user: string) =>
  campaigns.claimDrop(id, presser(user));
export const enter = ({ campaigns }: RewardDesk, { id }: Campaign, user: string) =>
  campaigns.enterGiveaway(id, presser(user));
export const takeWon = ({ campaigns }: RewardDesk, { id }: Campaign, user: string) =>
  campaigns.claimWon(id, presser(user));

/** What each of these reads: the code of their problem, or the state of their place. */
export async function codesOf(presses: readonly Promise<{ state: string }>[]): Promise<string[]> {
  const read = await Promise.all(
    presses.map((press) => press.then(({ state }) => state).catch(() => problemOf(press))),
  );
  return read.map((each) => (typeof each === 'string' ? each : String(each.code)));
}

/** So long after now, gone on as far as it goes. */
export function afterwards(desk: RewardDesk, { id }: Campaign, ms: number): Promise<Campaign> {
  desk.clock.advance(ms);
  return movedOn(desk, id);
}
