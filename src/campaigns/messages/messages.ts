import { waitBriefly } from '../../lib/index.ts';
import { isQuiet, remindersDue } from '../../orders/index.ts';
import { ensureMessage, type Outbox, renewMessage, syncMessage } from '../../outbox/index.ts';
import { unlessUnreadable, walk } from '../../store/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign } from '../model/campaign.ts';
import { isUntaken } from '../model/state-machine.ts';
import { statsWithOrders } from '../report/stats.ts';
import { lastCardOf, recordApprovalCard } from './approval-card.ts';
import { callsOf } from './call-winners.ts';
import { type CampaignNow, messageNow } from './message.ts';
import { enteredBy, newsOf } from './news.ts';
import { watchPlace } from './place.ts';
import {
  type CampaignAbout,
  type CampaignMessage,
  messageKey,
  messageTags,
  OPEN_MESSAGES,
  openOf,
  SLOW,
} from './record.ts';

/** How often it is looked whether they are true: less often where that reads many orders. */
const LOOKS_EVERY_MS = 2_000;
const RESTS_FOR_ORDER_MS = 200;
const LONGEST_REST_MS = 30_000;
/** Cards of a campaign that is over wait for people who have all the time they want. */
const SLOW_EVERY_MS = 10 * 60_000;

/**
 * Has all that is said of campaigns made true. Which messages there are to be follows from the campaigns, so that no crash
 * can lose one. To be called every few seconds; does not wait for Discord.
 */
export async function syncMessages(ctx: CampaignsContext): Promise<void> {
  const { looked, placesSeen } = ctx.memory;
  const ids = await withSomethingToSay(ctx);
  for (const known of [looked, placesSeen]) for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
  for (const id of ids) if (!ctx.running.has(workOf(id))) void syncInTurn(ctx, id);
}

/** Those that may have something to say. */
async function withSomethingToSay({ campaigns, messageRecords, memory, clock }: CampaignsContext) {
  const ids = new Set(memory.awaited);
  for await (const { id } of campaigns.active()) ids.add(id);
  for await (const { campaign, nextAt } of walk(messageRecords, OPEN_MESSAGES)) {
    if (clock.now() >= nextAt) ids.add(campaign);
  }
  if (clock.now() < memory.slowSeenAt + SLOW_EVERY_MS) return ids;
  memory.slowSeenAt = clock.now();
  for await (const { campaign } of walk(messageRecords, SLOW)) ids.add(campaign);
  return ids;
}

/** Has its messages made true at once, in the background; where they just were, soon. */
export function syncMessagesSoon(ctx: CampaignsContext, id: string): void {
  ctx.memory.awaited.add(id);
  void syncInTurn(ctx, id);
}

/** A person waits for it meanwhile. */
const CARD_WITHIN_MS = 8_000;

/** Has those who may approve it asked, and waits a little until its card stands. */
export function putUpApproval(ctx: CampaignsContext, id: string): Promise<void> {
  ctx.memory.awaited.add(id);
  return waitBriefly(ctx.clock, CARD_WITHIN_MS, syncInTurn(ctx, id));
}

const workOf = (id: string) => `messages/${id}`;

/** One at a time for each campaign. What goes wrong is logged, and taken up in the next round. */
async function syncInTurn(ctx: CampaignsContext, id: string): Promise<void> {
  if (ctx.stopping.signal.aborted) return;
  await ctx.running.serialise(workOf(id), () =>
    syncOf(ctx, id).catch((err: unknown) => ctx.log.warn({ campaign: id, err }, 'its messages are left for later')),
  );
}

async function syncOf(ctx: CampaignsContext, id: string): Promise<void> {
  const { looked, awaited } = ctx.memory;
  const seen = await ctx.campaigns.get(id);
  if (!seen || hasNothingToSay(seen)) return void awaited.delete(id);
  const campaign = await watchPlace(ctx, seen);
  const steps = campaign.history.length;
  const last = looked.get(id);
  if (last?.steps === steps && ctx.clock.now() < last.until) return;
  awaited.delete(id);
  const found = await statsWithOrders(ctx, campaign);
  const rests = LOOKS_EVERY_MS + RESTS_FOR_ORDER_MS * found.tally.openOrders;
  const until = ctx.clock.now() + Math.min(LONGEST_REST_MS, rests);
  const dueAt = await syncAll(ctx, { campaign, ...found });
  // Of one that is over nobody may press again, and its last state is still to be shown.
  if (Number.isFinite(dueAt)) awaited.add(id);
  looked.set(id, { steps, until: Math.min(until, dueAt) });
}

/** Shown to nobody but whoever plans it. */
const hasNothingToSay = (campaign: Campaign) =>
  campaign.startedAt === undefined && (campaign.state === 'planned' || isUntaken(campaign));

/** Gives when the first of those is due that had to wait. */
async function syncAll(ctx: CampaignsContext, now: CampaignNow): Promise<number> {
  const { campaign } = now;
  const outbox = outboxOf(ctx);
  const abouts = [...(await wantedOf(ctx, campaign)), ...(await callsOf(ctx, campaign, now))];
  // All are on record before one is written: what is over and says so is not looked at again.
  const wanted: CampaignMessage[] = [];
  for (const about of abouts) {
    const next = { campaign: campaign.id, about, tries: 0, nextAt: ctx.clock.now() };
    const ensured = () => ensureMessage(outbox, { key: messageKey(campaign.id, about), ...next });
    // One that cannot be read keeps no other from being written.
    wanted.push(...(await unlessUnreadable(async () => [await ensured()], [])));
  }
  const synced = new Set<string>();
  let dueAt = Number.POSITIVE_INFINITY;
  const sync = async (record: CampaignMessage) => {
    if (synced.has(record.key) || ctx.stopping.signal.aborted) return;
    synced.add(record.key);
    const current = (await isLost(ctx, record, campaign)) ? await renewMessage(outbox, record) : record;
    if (ctx.clock.now() < current.nextAt) dueAt = Math.min(dueAt, current.nextAt);
    // On record since a version that did not write it down.
    if (record.about.kind === 'approval' && record.place && !campaign.approval?.card)
      await recordApprovalCard(ctx, campaign.id, record.place);
    await syncMessage(outbox, current, () => messageNow(ctx, current, now));
  };
  for (const record of wanted) await sync(record);
  const card = await lastCardOf(ctx, campaign);
  if (card) await sync(card);
  for await (const record of walk(ctx.messageRecords, openOf(campaign.id))) await sync(record);
  return dueAt;
}

/** A card by which nobody can decide: its channel was deleted. */
async function isLost(
  { places }: CampaignsContext,
  { about, place, says }: CampaignMessage,
  { guild, state }: Campaign,
) {
  const isWaiting = about.kind === 'approval' && state === 'awaiting_approval' && says !== undefined;
  return isWaiting && place !== undefined && (await places.channel(guild, place.channel)).is === 'gone';
}

const outboxOf = ({ messageRecords, clock, log }: CampaignsContext): Outbox<CampaignMessage> => ({
  records: messageRecords,
  open: OPEN_MESSAGES,
  tagsOf: messageTags,
  clock,
  log,
});

/** What there is to be of a campaign, but for whom it calls. */
async function wantedOf(ctx: CampaignsContext, campaign: Campaign): Promise<CampaignAbout[]> {
  const news = newsOf(campaign, ctx.clock.now());
  return [
    ...(campaign.state === 'awaiting_approval' ? await approvalOf(ctx, campaign) : []),
    ...(campaign.startedAt === undefined ? [] : [{ kind: 'main' as const }]),
    ...(news ? [{ kind: 'word' as const, since: news.since }] : []),
    ...lossOf(campaign),
  ];
}

/** That its channel is no more is told to those who can move it. */
function lossOf({ lostPlace }: Campaign): CampaignAbout[] {
  const { at } = lostPlace ?? {};
  return at === undefined ? [] : (['admins', 'owner'] as const).map((to) => ({ kind: 'lost', at, to }));
}

/** The card of its approval and, once that is up, the newest reminder alone. */
async function approvalOf(ctx: CampaignsContext, campaign: Campaign): Promise<CampaignAbout[]> {
  const now = ctx.clock.now();
  const approval = { kind: 'approval' as const, since: enteredBy(campaign) };
  const number = remindersDue(campaign, now);
  if (number === 0 || isQuiet(campaign, now)) return [approval];
  const known = () => ctx.messageRecords.get(messageKey(campaign.id, approval));
  const card = (await unlessUnreadable(known, undefined))?.place;
  return card ? [approval, { ...approval, kind: 'reminder', number, card }] : [approval];
}
