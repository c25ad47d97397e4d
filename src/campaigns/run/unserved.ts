import { enqueueNotice } from '../../orders/index.ts';
import type { CampaignsContext } from '../context.ts';
import { enteredBy } from '../messages/news.ts';
import { type Campaign, offered, type State } from '../model/campaign.ts';
import { transitionCampaign } from '../model/state-machine.ts';
import { blockedFor } from './blocked.ts';

/** It would buy something by itself. */
const buying: readonly State[] = ['scheduled', 'running', 'closing'];
/** Somebody has said yes to it, or is asked to, and it is not over. */
const told: readonly State[] = ['awaiting_approval', 'paused', 'halted'];

/** Halts what a server has running that may not use the bot any more, and has the admins of the first one told. */
export async function haltUnserved(ctx: CampaignsContext, seen: Campaign): Promise<Campaign> {
  if (ctx.rules.isServed(seen.guild)) return seen;
  const campaign = buying.includes(seen.state) ? await halt(ctx, seen.id) : seen;
  if (told.includes(campaign.state)) await tell(ctx, campaign);
  return campaign;
}

const halt = (ctx: CampaignsContext, id: string): Promise<Campaign> =>
  ctx.campaigns.revise(id, (current) => {
    if (!buying.includes(current.state)) return current;
    const at = ctx.clock.now();
    const parts = current.parts.map((part) => ({ ...part, blocked: blockedFor('not_served', at) }));
    const step = { at, by: 'cardigan', why: 'blocked' as const, detail: 'not_served' };
    return transitionCampaign(current, 'halted', step, { parts });
  });

/** Once for each time that it came to stand so. */
async function tell(ctx: CampaignsContext, campaign: Campaign): Promise<void> {
  const { id, guild, reference, parts, charged, requester } = campaign;
  const what = offered(parts, charged).item;
  const about = { kind: 'unserved' as const, of: 'campaign' as const, guild, reference, what, requester };
  await enqueueNotice(ctx, `unserved/campaign/${id}/${enteredBy(campaign)}`, about);
}
