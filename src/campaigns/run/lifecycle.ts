import type { CampaignsContext } from '../context.ts';
import { syncMessages } from '../messages/messages.ts';
import { settleLeftovers } from './reserve.ts';
import { runSoon } from './worker.ts';

/** What a crash has left set aside is given back. Everything else follows from what is on record. */
export const recover = (ctx: CampaignsContext): Promise<void> => settleLeftovers(ctx);

/** Every few seconds: moves on all that are not over. Does not wait for their purchases. */
export async function tick(ctx: CampaignsContext): Promise<void> {
  await settleLeftovers(ctx);
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
