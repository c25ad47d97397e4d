import { Problem } from '../../lib/index.ts';
import { unlessUnreadable } from '../../store/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign } from '../model/campaign.ts';
import type { Entry } from '../model/entry.ts';
import { isVote } from '../model/state-machine.ts';

// One record for each person in each campaign says whether they are in it or steer it, so that of an entry and a change
// at the same moment, by whatever processes, one is refused.

/** Whether they are in it or were; who has only left it again may still steer. */
export async function isIn({ entries }: Pick<CampaignsContext, 'entries'>, campaign: Campaign, user: string) {
  if (!hasSides(campaign)) return false;
  const entry = await unlessUnreadable(() => entries.get(campaign.id, user), 'unreadable' as const);
  // What cannot be read may say so.
  if (entry === 'unreadable') return true;
  return entry !== undefined && entry.state !== 'left' && entry.state !== 'steers';
}

/** From now on they steer it, and never enter it. Throws `in_campaign` for whoever is in it. */
export async function takeToSteering(ctx: CampaignsContext, campaign: Campaign, user: string): Promise<void> {
  // Whoever started it cannot enter it anyway.
  if (!hasSides(campaign) || campaign.requester === user) return;
  const { id, reference } = campaign;
  const steers = { campaign: id, user, state: 'steers' as const, at: ctx.clock.now(), part: 0 };
  if ((await ctx.entries.put(steers)).ok) return;
  const entry = await ctx.entries.revise(id, user, (known) =>
    known.state === 'left' ? { ...known, state: 'steers' } : known,
  );
  if (entry?.state !== 'steers') throw new Problem('in_campaign', { reference });
}

/** Throws `own_campaign` for whoever steers it. */
export function requireNoSteering(entry: Entry | undefined, { reference }: Campaign): void {
  if (entry?.state === 'steers') throw new Problem('own_campaign', { reference });
}

/** Who gets a card of a bulk send is named beforehand, and is not chosen by how it goes. */
const hasSides = ({ kind }: Campaign): boolean => kind !== 'bulk';

const steering: readonly (string | undefined)[] = ['paused', 'went_on', 'ended_early', 'edited', 'moved', 'replaced'];

/** Who started it, has approved it, ever, or has changed how it goes; also in whose name. */
export function peopleBehind({ requester, history }: Pick<Campaign, 'requester' | 'history'>): readonly string[] {
  const acted = history.filter(({ why }) => isVote(why) || steering.includes(why));
  return [requester, ...acted.flatMap(({ by, for: voice = by }) => [by, voice])];
}
