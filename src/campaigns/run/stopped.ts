import { Problem } from '../../lib/index.ts';
import type { CampaignsContext } from '../context.ts';
import { type Campaign, isHeldByStop, unblocked } from '../model/campaign.ts';
import { heldSince, notedCampaign } from '../model/state-machine.ts';

/**
 * Has on record that a stop of all purchases holds a campaign, so that whoever runs it hears of it, and lets it go on as
 * soon as they are resumed.
 */
export async function followStop(ctx: CampaignsContext, id: string): Promise<void> {
  const seen = await ctx.campaigns.get(id);
  if (!seen || !isHeldByStop(seen)) return;
  const isStopped = await arePurchasesStopped(ctx);
  await ctx.campaigns.revise(id, (campaign) => {
    if (!isHeldByStop(campaign)) return campaign;
    return isStopped ? noted(campaign, ctx.clock.now()) : released(campaign, ctx.clock.now());
  });
}

const noted = (campaign: Campaign, at: number): Campaign =>
  heldSince(campaign) === undefined ? notedCampaign(campaign, { at, by: 'cardigan', why: 'stopped' }) : campaign;

function released(campaign: Campaign, at: number): Campaign {
  const parts = campaign.parts.map((part) => (part.blocked?.why === 'stopped' ? unblocked(part) : part));
  const free = { ...campaign, parts };
  return heldSince(campaign) === undefined ? free : notedCampaign(free, { at, by: 'cardigan', why: 'went_on' });
}

async function arePurchasesStopped({ orders }: CampaignsContext): Promise<boolean> {
  try {
    await orders.requirePurchasesOpen();
    return false;
  } catch (error) {
    if (error instanceof Problem) return true;
    throw error;
  }
}
