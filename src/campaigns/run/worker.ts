import { Problem } from '../../lib/index.ts';
import type { CampaignsContext } from '../context.ts';
import { draw } from '../draw/draw.ts';
import { syncMessages, syncMessagesSoon } from '../messages/messages.ts';
import type { Campaign } from '../model/campaign.ts';
import { isOver, isUntaken } from '../model/state-machine.ts';
import { expire, finish, forget } from './finish.ts';
import { fulfil, releaseLeftovers } from './fulfil.ts';
import { freeUndecided, settleLeftovers } from './reserve.ts';
import { repeat, startDue } from './start.ts';
import { followStop } from './stopped.ts';
import { haltUnserved } from './unserved.ts';

/** Takes a campaign as far as it goes now. */
async function advance(ctx: CampaignsContext, id: string): Promise<void> {
  const seen = await ctx.campaigns.get(id);
  if (!seen) return;
  const current = await expire(ctx, seen);
  if (isOver(current.state) && isUntaken(current)) return forget(ctx, current);
  await startDue(ctx, await haltUnserved(ctx, current));
  await followStop(ctx, id);
  await fulfil(ctx, id);
  const now = await ctx.campaigns.get(id);
  if (now?.state === 'running' || now?.state === 'closing') await advanceRunning(ctx, now);
  await followStop(ctx, id);
  const last = await ctx.campaigns.get(id);
  if (last && isOver(last.state)) await releaseLeftovers(ctx, last);
}

async function advanceRunning(ctx: CampaignsContext, campaign: Campaign): Promise<void> {
  const drawn = await draw(ctx, campaign);
  await fulfil(ctx, campaign.id);
  await repeat(ctx, drawn);
  const now = await ctx.campaigns.get(campaign.id);
  if (now) await finish(ctx, now);
}

/** In the background, one at a time for each campaign; what goes wrong is logged, and taken up in the next round. */
function runSoon(ctx: CampaignsContext, id: string): void {
  const { queued } = ctx.memory;
  if (queued.has(id) || ctx.stopping.signal.aborted) return;
  queued.add(id);
  void ctx.running.serialise(id, async () => {
    queued.delete(id);
    if (ctx.stopping.signal.aborted) return;
    await advance(ctx, id).catch((err: unknown) => {
      // An offer that nobody took, which another process has just forgotten.
      if (err instanceof Problem && err.code === 'campaign_unknown') return;
      ctx.log.error({ campaign: id, err }, 'a campaign could not be moved on');
    });
  });
}

/** After somebody has decided about it or pressed something: what is said of it follows at once. */
export function advanceSoon(ctx: CampaignsContext, id: string): void {
  syncMessagesSoon(ctx, id);
  runSoon(ctx, id);
}

/** What a crash has left set aside is given back. Everything else follows from what is on record. */
export async function recover(ctx: CampaignsContext): Promise<void> {
  await settleLeftovers(ctx, ctx.ledger.holds());
  await freeUndecided(ctx);
}

/** Every few seconds: moves on all that are not over. Does not wait for their purchases. */
export async function tick(ctx: CampaignsContext): Promise<void> {
  await settleLeftovers(ctx, ctx.memory.heldNext());
  for await (const { id } of ctx.campaigns.active()) runSoon(ctx, id);
  await syncMessages(ctx);
}

/** Resolves when nothing is under way any more. */
export async function settled({ running }: CampaignsContext): Promise<void> {
  while (running.keys().length > 0) await running.idle();
}

/** Begins nothing more, and waits for what is under way, at most so long. The next start goes on from there. */
export async function stop(ctx: CampaignsContext, withinMs: number): Promise<void> {
  ctx.stopping.abort();
  await Promise.race([settled(ctx), ctx.clock.sleep(withinMs)]);
}
