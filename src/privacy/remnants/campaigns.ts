import { redactEntries } from '../../audit/index.ts';
import {
  type Campaign,
  campaignGuard,
  campaignsOf,
  type Entry,
  entryGuard,
  entryKey,
  isSettled,
} from '../../campaigns/index.ts';
import { ERASED_WORDS, mentions, type Names, renamed } from '../../lib/index.ts';
import { walk } from '../../store/index.ts';
import type { PrivacyContext } from '../context.ts';
import { redactedCampaign } from '../redacted.ts';
import { eraseBudgets } from './budgets.ts';
import { removeNotice, waitOfOrder } from './orders.ts';
import { dayText, type Person, type Remnant, youth } from './remnant.ts';

/** Why nobody may be taken out of a campaign now. */
export async function waitOfCampaign(
  ctx: PrivacyContext,
  campaign: Campaign,
): Promise<Pick<Remnant, 'wait' | 'readyAt'>> {
  const { id, history, audited = 0 } = campaign;
  const isOpen = !isSettled(campaign) || audited < history.length;
  if (isOpen || (await ctx.orders.count(`campaign/${id}/open`)) > 0) return { wait: 'open' };
  return youth(ctx, Math.max(...history.map(({ at }) => at)));
}

export async function eraseCampaign(ctx: PrivacyContext, campaign: Campaign, names: Names): Promise<boolean> {
  const { id, version: seen, guild, requester, history } = campaign;
  if (names.has(requester)) await eraseBudgets(ctx, { guild, user: requester }, history);
  for (const [index, { at }] of history.entries()) {
    await removeNotice(ctx, `unserved/campaign/${id}/${index}`);
    // Where a direct message stands, says whose it is.
    for (const key of [`${id}/word/${index}`, `${id}/lost/owner/${at}`]) await eraseFromCall(ctx, key, names);
  }
  const { version: _, ...next } = redactedCampaign(campaign, names);
  if (!(await ctx.campaigns.write(id, next, { seen, ...campaignGuard(next) })).ok) return false;
  await redactEntries(ctx.chain, { record: `campaign/${id}`, deeds: history.length, names, which: 'all' });
  return true;
}

/**
 * Nothing of the campaign is under way, so nobody asks for the place of a drop any more. The new one comes first: what a
 * crash leaves is two of them, and the old one is taken away next time.
 */
export async function eraseEntry(ctx: PrivacyContext, entry: Entry, names: Names): Promise<boolean> {
  const { version, slot: _, message, ...rest } = entry;
  const next = { ...renamed(rest, names), ...(message !== undefined && { message: ERASED_WORDS }) };
  await ctx.entries.write(entryKey(next.campaign, next.user), next, { seen: 0, ...entryGuard(next) });
  return ctx.entries.remove(entryKey(entry.campaign, entry.user), version);
}

/** Whoever was in the draw; its hash stays the one that was published. */
export async function eraseFromDraw(ctx: PrivacyContext, campaign: string, names: Names): Promise<boolean> {
  const known = await ctx.draws.get(campaign);
  if (!known) return true;
  const { version: seen, ...draw } = known;
  if (!mentions(draw, names)) return true;
  return (await ctx.draws.write(campaign, renamed(draw, names), { seen, tags: [], holds: [] })).ok;
}

/** Whom messages have called, of a campaign that is over: nobody looks at them again. */
export async function eraseFromCalls(ctx: PrivacyContext, { campaign, order }: Entry, names: Names): Promise<void> {
  const kinds = ['winners', ...(order === undefined ? [] : [`waits/${order}`])];
  for (const kind of kinds) {
    for (let number = 1; ; number++) {
      if (!(await eraseFromCall(ctx, `${campaign}/${kind}/${number}`, names))) break;
    }
  }
}

/** False where there is no such message. */
async function eraseFromCall({ calls }: PrivacyContext, key: string, names: Names): Promise<boolean> {
  const known = await calls.get(key);
  if (!known) return false;
  const { version: seen, ...call } = known;
  if (mentions(call, names)) await calls.write(key, renamed(call, names), { seen, tags: [], holds: [] });
  return true;
}

/** All that somebody is in of a server's campaigns. */
export async function* campaignRemnants(
  ctx: PrivacyContext,
  person: Person,
): AsyncGenerator<Remnant | undefined, void> {
  const { guild, user } = person;
  const names = new Map([[user, ctx.pseudonym(guild, user)]]);
  for await (const campaign of walk(ctx.campaigns, campaignsOf(guild))) {
    const entry = await ctx.entries.get(entryKey(campaign.id, user));
    if (entry) yield remnantOfEntry(ctx, campaign, entry, names);
    if (mentions(campaign, names)) yield remnantOfCampaign(ctx, campaign, names);
    // A step, so that a server of many campaigns is walked in many rounds.
    yield undefined;
  }
}

async function remnantOfCampaign(ctx: PrivacyContext, campaign: Campaign, names: Names): Promise<Remnant> {
  const { id, reference, kind, state, gift, history, requester } = campaign;
  const own = names.has(requester);
  const steps = history.filter((step) => names.has(step.by) || names.has(step.for ?? ''));
  return {
    kind: 'campaign',
    record: `campaigns/${id}`,
    at: history[0]?.at ?? 0,
    ...(await waitOfCampaign(ctx, campaign)),
    says: {
      reference,
      kind,
      state,
      ...(own && { yourMessage: gift.message }),
      yourSteps: steps.map(({ at, state: to, why, detail }) => ({ at: dayText(at), to, why, detail })),
    },
    erase: () => eraseCampaign(ctx, campaign, names),
  };
}

async function remnantOfEntry(ctx: PrivacyContext, campaign: Campaign, entry: Entry, names: Names): Promise<Remnant> {
  const order = entry.order === undefined ? undefined : await ctx.orders.get(entry.order);
  const late = await waitOfCampaign(ctx, campaign);
  const isOwed = order !== undefined && mentions(order, names);
  const wait = late.wait === undefined && isOwed && order ? await waitOfOrder(ctx, order) : late;
  const { state, at, rank, message } = entry;
  return {
    kind: 'place',
    record: `entries/${entryKey(campaign.id, entry.user)}`,
    at,
    ...wait,
    says: { campaign: campaign.reference, kind: campaign.kind, state, at: dayText(at), rank, messageToYou: message },
    async erase() {
      await eraseFromDraw(ctx, campaign.id, names);
      await eraseFromCalls(ctx, entry, names);
      return eraseEntry(ctx, entry, names);
    },
  };
}
