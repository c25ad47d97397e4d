import { bind, DAY_MS, type Member } from '../lib/index.ts';
import { createPrivacyContext, type PrivacyContext, type PrivacyDeps } from './context.ts';
import { eraseNow, eraseSome, requestErasure } from './job.ts';
import { sweepSome } from './retention.ts';
import { type FileWords, fileOf, summaryOf } from './summary.ts';

export type Privacy = ReturnType<typeof createPrivacy>;

/** What is kept of people: to see it, to have it, to have it erased. Everybody asks for themselves, in their server. */
export function createPrivacy(deps: PrivacyDeps) {
  const ctx = createPrivacyContext(deps);
  const eraseAfterDays = deps.eraseAfterMs / DAY_MS;
  return {
    ...bind(ctx, { summaryOf, fileOf, requestErasure, eraseNow, tick, stop }),
    /** Of whoever asks. */
    own: async (member: Member) => ({ ...(await summaryOf(ctx, member)), eraseAfterDays }),
    ownFile: (member: Member, words: FileWords) => fileOf(ctx, member, words),
    /** Whoever asks is taken out of what is over, and of what else there is once that is over. */
    async eraseOwn({ guild, user }: Member) {
      await requestErasure(ctx, { guild, user }, 'themselves');
      return { ...(await summaryOf(ctx, { guild, user })), eraseAfterDays };
    },
  };
}

/** A round, of which one is under way at a time. Never rejects: what fails is tried again. */
async function tick(ctx: PrivacyContext): Promise<void> {
  if (ctx.memory.isStopping) return;
  ctx.memory.round ??= work(ctx).finally(() => {
    ctx.memory.round = undefined;
  });
  await ctx.memory.round;
}

async function work(ctx: PrivacyContext): Promise<void> {
  try {
    const isErased = await eraseSome(ctx);
    const isSwept = await sweepSome(ctx);
    // What was replaced still stands in the database's own log until that is emptied.
    if (isErased || isSwept) await ctx.emptyLog();
  } catch (err) {
    ctx.memory.passes.clear();
    ctx.memory.sweep = undefined;
    ctx.log.error({ err }, 'personal data could not be erased; it is tried again');
  }
}

/** Begins nothing more, and waits for the round that is under way. */
async function stop(ctx: PrivacyContext): Promise<void> {
  ctx.memory.isStopping = true;
  await ctx.memory.round;
}

export type { Kind, Wait } from './remnants/index.ts';
export { remnantKinds } from './remnants/index.ts';
export type { FileWords, PrivacySummary } from './summary.ts';
