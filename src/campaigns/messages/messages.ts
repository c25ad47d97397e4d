import { isQuiet, remindersDue } from '../../orders/index.ts';
import { ensureMessage, type Outbox, syncMessage } from '../../outbox/index.ts';
import { walk } from '../../store/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign } from '../model/campaign.ts';
import { statsWithOrders } from '../report/stats.ts';
import { callsOf } from './call-winners.ts';
import { type CampaignNow, messageNow, RESTS_MS } from './message.ts';
import { enteredBy, newsOf } from './news.ts';
import {
  type CampaignAbout,
  type CampaignMessage,
  messageKey,
  messageTags,
  OPEN_MESSAGES,
  openOf,
  SLOW,
} from './record.ts';

/** Messages are looked at less often where that reads many orders. */
const RESTS_FOR_ORDER_MS = 200;
const LONGEST_REST_MS = 30_000;
/** Cards of a campaign that is over wait for people who have all the time they want. */
const SLOW_EVERY_MS = 10 * 60_000;

/**
 * Has all that is said of campaigns made true. Which messages there are to be follows from the campaigns, so that no crash
 * can lose one. To be called every few seconds; does not wait for Discord.
 */
export async function syncMessages(ctx: CampaignsContext): Promise<void> {
  const { looked } = ctx.memory;
  const ids = await withSomethingToSay(ctx);
  for (const id of looked.keys()) if (!ids.has(id)) looked.delete(id);
  for (const id of ids) if (!ctx.running.has(workOf(id))) syncInTurn(ctx, id);
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
  syncInTurn(ctx, id);
}

const workOf = (id: string) => `messages/${id}`;

/** One at a time for each campaign. What goes wrong is logged, and taken up in the next round. */
function syncInTurn(ctx: CampaignsContext, id: string): void {
  if (ctx.stopping.signal.aborted) return;
  void ctx.running.serialise(workOf(id), () =>
    syncOf(ctx, id).catch((err: unknown) => ctx.log.warn({ campaign: id, err }, 'its messages are left for later')),
  );
}

async function syncOf(ctx: CampaignsContext, id: string): Promise<void> {
  const { looked, awaited } = ctx.memory;
  const campaign = await ctx.campaigns.get(id);
  if (!campaign || hasNothingToSay(campaign)) return void awaited.delete(id);
  const steps = campaign.history.length;
  const last = looked.get(id);
  if (last?.steps === steps && ctx.clock.now() < last.until) return;
  awaited.delete(id);
  const found = await statsWithOrders(ctx, campaign);
  const rests = RESTS_MS + RESTS_FOR_ORDER_MS * found.tally.openOrders;
  const until = ctx.clock.now() + Math.min(LONGEST_REST_MS, rests);
  const dueAt = await syncAll(ctx, { campaign, ...found });
  looked.set(id, { steps, until: Math.min(until, dueAt) });
}

/** Shown to nobody but whoever plans it. */
const hasNothingToSay = ({ state, startedAt }: Campaign) => state === 'planned' && startedAt === undefined;

/** Gives when the first of those is due that had to wait. */
async function syncAll(ctx: CampaignsContext, now: CampaignNow): Promise<number> {
  const { campaign } = now;
  const outbox = outboxOf(ctx);
  const abouts = [...(await wantedOf(ctx, campaign)), ...(await callsOf(ctx, campaign, now))];
  // All are on record before one is written: what is over and says so is not looked at again.
  const wanted: CampaignMessage[] = [];
  for (const about of abouts) {
    const next = { campaign: campaign.id, about, tries: 0, nextAt: ctx.clock.now() };
    wanted.push(await ensureMessage(outbox, { key: messageKey(campaign.id, about), ...next }));
  }
  const synced = new Set<string>();
  let dueAt = Number.POSITIVE_INFINITY;
  const sync = async (record: CampaignMessage) => {
    if (synced.has(record.key) || ctx.stopping.signal.aborted) return;
    synced.add(record.key);
    if (ctx.clock.now() < record.nextAt) dueAt = Math.min(dueAt, record.nextAt);
    await syncMessage(outbox, record, () => messageNow(ctx, record, now));
  };
  for (const record of wanted) await sync(record);
  for await (const record of walk(ctx.messageRecords, openOf(campaign.id))) await sync(record);
  return dueAt;
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
  ];
}

/** The card of its approval and, once that is up, the newest reminder alone. */
async function approvalOf(ctx: CampaignsContext, campaign: Campaign): Promise<CampaignAbout[]> {
  const now = ctx.clock.now();
  const approval = { kind: 'approval' as const, since: enteredBy(campaign) };
  const number = remindersDue(campaign, now);
  if (number === 0 || isQuiet(campaign, now)) return [approval];
  const card = (await ctx.messageRecords.get(messageKey(campaign.id, approval)))?.place;
  return card ? [approval, { ...approval, kind: 'reminder', number, card }] : [approval];
}
