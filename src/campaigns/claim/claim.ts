import { Problem } from '../../lib/index.ts';
import type { CampaignsContext } from '../context.ts';
import { requireCampaign } from '../lookup.ts';
import type { Campaign } from '../model/campaign.ts';
import type { Entry } from '../model/entry.ts';
import { drawsAt, isGivingDrawn, isOver } from '../model/state-machine.ts';
import { type Presser, requireEligible } from './eligibility.ts';
import type { NewEntry } from './entries.ts';
import { requireNoSteering } from './sides.ts';

// Presses on the messages of drops and giveaways. Each throws a Problem that tells why there is nothing for them.

/** Theirs from an earlier press, a place, or one in the draw. */
export async function claimDrop(ctx: CampaignsContext, id: string, member: Presser) {
  const campaign = await ofKind(ctx, id, member, 'drop');
  const known = await ctx.entries.get(id, member.user);
  requireNoSteering(known, campaign);
  if (known && known.state !== 'entered') return known;
  const { reference } = campaign;
  const drawAt = drawsAt(campaign);
  const isDrawing = drawAt !== undefined && !campaign.draw?.drawn;
  if (known && isDrawing) return known;
  // Where somebody was not drawn, there were more people than cards.
  if (known && !isGivingDrawn(campaign)) throw new Problem('not_drawn', { reference });
  requireTaking(ctx, campaign);
  // Nobody takes a place before all who were drawn have theirs.
  if ((isDrawing && ctx.clock.now() >= drawAt) || isGivingDrawn(campaign))
    throw new Problem('being_drawn', { reference });
  if (!ctx.slots.isFull(campaign)) await requireEligible(ctx, campaign, member);
  if (isDrawing) return enter(ctx, campaign, member);
  const taken = await ctx.slots.take(campaign, newEntry(ctx, campaign, member));
  if (!taken) throw new Problem('all_claimed', { reference });
  requireNoSteering(taken, campaign);
  return inTime(ctx, taken);
}

/**
 * Throws `all_claimed` where every place has somebody, as `claimDrop` would: most of a crowd learns no more than that. Only
 * reads; where it does not know, the claim itself tells.
 */
export async function requireAnyLeft(ctx: CampaignsContext, id: string, member: Presser): Promise<void> {
  const campaign = await ofKind(ctx, id, member, 'drop');
  if (!ctx.slots.isFull(campaign) || campaign.draw || drawsAt(campaign) !== undefined) return;
  if (await ctx.entries.get(id, member.user)) return;
  requireTaking(ctx, campaign);
  throw new Problem('all_claimed', { reference: campaign.reference });
}

/** The same press again is no second entry. */
export async function enterGiveaway(ctx: CampaignsContext, id: string, member: Presser) {
  const campaign = await ofKind(ctx, id, member, 'giveaway');
  requireTaking(ctx, campaign);
  requireUndrawn(campaign);
  await requireEligible(ctx, campaign, member);
  return enter(ctx, campaign, member);
}

export async function leaveGiveaway(ctx: CampaignsContext, id: string, member: Presser) {
  requireUndrawn(await ofKind(ctx, id, member, 'giveaway'));
  return ctx.entries.revise(id, member.user, (entry) =>
    entry.state === 'entered' ? { ...entry, state: 'left', at: ctx.clock.now() } : entry,
  );
}

/** A winner takes what they won. */
export async function claimWon(ctx: CampaignsContext, id: string, member: Presser): Promise<Entry> {
  const campaign = await ofKind(ctx, id, member, 'giveaway');
  const { reference } = campaign;
  const known = await ctx.entries.get(id, member.user);
  if (known?.state !== 'won') return requireTaken(known, reference);
  // Not while it is paused: their time runs, and the card is bought later.
  if (campaign.state !== 'paused') requireGoing(campaign);
  const entry = await ctx.entries.revise(id, member.user, (current) =>
    current.state === 'won' && ctx.clock.now() < (current.until ?? 0) ? { ...current, state: 'due' } : current,
  );
  return inTime(ctx, requireTaken(entry, reference));
}

/** The order that has their card of it. */
export async function orderOfCard(ctx: CampaignsContext, id: string, member: Presser) {
  const { reference } = await requireCampaign(ctx, id, member);
  const entry = await ctx.entries.get(id, member.user);
  if (entry?.state === 'due') throw new Problem('card_on_its_way', { reference });
  if (entry?.order === undefined) throw new Problem('no_card_of_it', { reference });
  return entry.order;
}

async function ofKind(ctx: CampaignsContext, id: string, member: Presser, kind: Campaign['kind']) {
  const campaign = await requireCampaign(ctx, id, member);
  if (campaign.kind !== kind) throw new Problem('campaign_unknown', {});
  return campaign;
}

/** Also while purchases wait: whoever has a place keeps it. */
function requireGoing(campaign: Campaign): void {
  const { state, reference } = campaign;
  if (state === 'paused') throw new Problem('campaign_paused', { reference });
  if (state === 'running' || state === 'halted') return;
  throw new Problem(isAllGiven(campaign) ? 'all_claimed' : 'campaign_over', { reference });
}

/** It still takes somebody. */
function requireTaking({ clock }: CampaignsContext, campaign: Campaign): void {
  requireGoing(campaign);
  const { reference, endsAt = Number.POSITIVE_INFINITY } = campaign;
  if (clock.now() >= endsAt) throw new Problem('campaign_over', { reference });
}

function requireUndrawn({ draw, reference }: Campaign): void {
  if (draw?.drawn) throw new Problem('campaign_over', { reference });
}

/** What somebody has taken of what they won. Throws a Problem where that is nothing. */
function requireTaken(entry: Entry | undefined, reference: string): Entry {
  if (!entry || ['entered', 'left', 'steers'].includes(entry.state)) throw new Problem('not_drawn', { reference });
  if (entry.state === 'won' || entry.state === 'lapsed') throw new Problem('claimed_too_late', { reference });
  return entry;
}

/** It was closed because every card had somebody, and not by its time or by a person. */
function isAllGiven({ kind, history }: Campaign): boolean {
  const closed = history.find(({ state }) => state === 'closing');
  return kind === 'drop' && closed?.why === 'all_given';
}

/** It closed because nobody was left to wait for: whoever has claimed by then is given theirs. */
function isOneOfTheLast(campaign: Campaign): boolean {
  const closed = campaign.history.find(({ state }) => state === 'closing');
  return isAllGiven(campaign) || (campaign.kind === 'giveaway' && closed?.by === 'cardigan');
}

function newEntry({ clock }: CampaignsContext, campaign: Campaign, { user }: Presser): NewEntry {
  return { campaign: campaign.id, user, state: 'entered', at: clock.now(), part: 0 };
}

async function enter(ctx: CampaignsContext, campaign: Campaign, member: Presser): Promise<Entry> {
  const put = await ctx.entries.put(newEntry(ctx, campaign, member));
  if (put.ok) return put.entry;
  const again = await ctx.entries.revise(campaign.id, member.user, (entry) =>
    entry.state === 'left' ? { ...entry, state: 'entered', at: ctx.clock.now() } : entry,
  );
  if (!again) throw new Error('an entry that is taken and not there');
  requireNoSteering(again, campaign);
  return again;
}

/** It may have closed between the look and the write: then nobody waits for this card any more, and its end not for it. */
async function inTime({ campaigns, entries }: CampaignsContext, entry: Entry): Promise<Entry> {
  if (entry.state !== 'due') return entry;
  const campaign = await campaigns.get(entry.campaign);
  const isOpen = !campaign || !(campaign.state === 'closing' || isOver(campaign.state));
  if (isOpen || isOneOfTheLast(campaign)) return entry;
  const failed = { state: 'failed', why: 'called_off' } as const;
  const now = await entries.reviseIn(entry.campaign, entry.user, 'due', failed);
  // Whoever was given it meanwhile has it.
  if (now?.state !== 'failed') return now ?? entry;
  throw new Problem('campaign_over', { reference: campaign.reference });
}
