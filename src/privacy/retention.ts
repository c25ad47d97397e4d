import { type AuditEntry, auditEntryKey, noteRedaction, parseDeedId } from '../audit/index.ts';
import type { Campaign } from '../campaigns/index.ts';
import { isPseudonym } from '../lib/index.ts';
import type { Order } from '../orders/index.ts';
import { unlessUnreadable, walk } from '../store/index.ts';
import { IDLE_MS, type PrivacyContext } from './context.ts';
import { peopleOfCampaign, peopleOfCase, peopleOfOrder } from './redacted.ts';
import { eraseCampaign, eraseEntry, eraseFromCalls, eraseFromDraw, waitOfCampaign } from './remnants/campaigns.ts';
import { eraseCase, waitOfCase } from './remnants/cases.ts';
import { eraseOrder, waitOfOrder } from './remnants/orders.ts';

const KEY = 'people';
const STEPS = 50;

/**
 * A few entries of the audit more that are older than people are kept: what they tell of has nobody in it any more, where it
 * is over. What is not over yet has later entries, by which it is met again. Nothing older than the last entry done is read.
 */
export async function sweepSome(ctx: PrivacyContext): Promise<boolean> {
  if (ctx.keepPeopleMs === undefined || ctx.clock.now() < ctx.memory.idleUntil.sweep) return false;
  const sweep = ctx.memory.sweep ?? sweepFrom(ctx, (await ctx.swept.get(KEY))?.upTo ?? 0);
  ctx.memory.sweep = sweep;
  let isChanged = false;
  for (let step = 0; step < STEPS && !ctx.memory.isStopping; step++) {
    const { done, value } = await sweep.next();
    if (done) {
      ctx.memory.sweep = undefined;
      ctx.memory.idleUntil.sweep = ctx.clock.now() + IDLE_MS;
      break;
    }
    isChanged ||= value;
  }
  return isChanged;
}

async function* sweepFrom(ctx: PrivacyContext, from: number): AsyncGenerator<boolean, void> {
  const until = ctx.clock.now() - (ctx.keepPeopleMs ?? 0);
  let number = from;
  for (; ; number++) {
    const key = auditEntryKey(number + 1);
    const entry = await unlessUnreadable(() => ctx.chain.records.get(key), 'unreadable' as const);
    if (!entry || (entry !== 'unreadable' && entry.at >= until)) break;
    if (entry !== 'unreadable') for await (const isChanged of sweepRecord(ctx, entry)) yield isChanged;
    await noteSwept(ctx, number + 1);
    yield false;
  }
}

/** Of several processes the one that is further wins. */
async function noteSwept({ swept }: PrivacyContext, upTo: number): Promise<void> {
  const known = await swept.get(KEY);
  if (known && known.upTo >= upTo) return;
  await swept.write(KEY, { upTo }, { seen: known?.version ?? 0, tags: [], holds: [] });
}

/** What an entry tells of, and what could not go before it. */
async function* sweepRecord(ctx: PrivacyContext, { deed }: AuditEntry): AsyncGenerator<boolean, void> {
  const { source, key } = parseDeedId(deed.id);
  if (source === 'order') yield sweepOrder(ctx, await ctx.orders.get(key));
  if (source === 'campaign') yield* sweepCampaign(ctx, await ctx.campaigns.get(key));
  if (source !== 'case') return;
  const record = await ctx.cases.get(key);
  if (!record || waitOfCase(old(ctx), record).wait) return;
  const names = await namesOf(ctx, record.guild, peopleOfCase(record));
  yield names.size > 0 && eraseCase(ctx, record, names);
  yield sweepOrder(ctx, await ctx.orders.get(record.order));
}

/** With the time of the setting in place of that of whoever asked. */
const old = (ctx: PrivacyContext): PrivacyContext => ({ ...ctx, eraseAfterMs: ctx.keepPeopleMs ?? 0 });

async function sweepOrder(ctx: PrivacyContext, order: Order | undefined): Promise<boolean> {
  if (!order || (await waitOfOrder(old(ctx), order)).wait) return false;
  const names = await namesOf(ctx, order.guild, peopleOfOrder(order));
  return names.size > 0 && eraseOrder(ctx, order, names);
}

async function* sweepCampaign(ctx: PrivacyContext, campaign: Campaign | undefined): AsyncGenerator<boolean, void> {
  if (!campaign || (await waitOfCampaign(old(ctx), campaign)).wait) return;
  const { id, guild } = campaign;
  for await (const order of walk(ctx.orders, `campaign/${id}`)) yield sweepOrder(ctx, order);
  for await (const entry of walk(ctx.entries, `${id}/all`)) {
    const names = await namesOf(
      ctx,
      guild,
      [entry.user].filter((user) => !isPseudonym(user)),
    );
    if (names.size === 0) continue;
    await eraseFromCalls(ctx, entry, names);
    yield eraseEntry(ctx, entry, names);
  }
  const draw = await ctx.draws.get(id);
  if (draw)
    yield eraseFromDraw(
      ctx,
      id,
      await namesOf(
        ctx,
        guild,
        draw.entrants.filter((user) => !isPseudonym(user)),
      ),
    );
  const names = await namesOf(ctx, guild, peopleOfCampaign(campaign));
  yield names.size > 0 && eraseCampaign(ctx, campaign, names);
}

/** Their new names, each put on record before it is used. */
async function namesOf(ctx: PrivacyContext, guild: string, people: readonly string[]) {
  const names = new Map(people.map((user) => [user, ctx.pseudonym(guild, user)]));
  const step = { at: ctx.clock.now(), by: 'cardigan', why: 'time_over' as const };
  for (const name of names.values()) await noteRedaction(ctx.redactions, { name, guild }, step);
  return names;
}
