import { dayOf } from '../lib/index.ts';
import { enqueueNotice } from '../orders/index.ts';
import { append, type Deed } from './chain.ts';
import type { AuditContext } from './context.ts';
import { lastBefore } from './day-end.ts';
import type { Unaudited } from './sources.ts';

/** Records of each source that are taken into the chain at once. */
const BATCH = 100;

/**
 * Takes into the chain what is on record, and has the newest hash of a day posted. Of several calls at once one works,
 * and it sees all that was written before the last of them. Never rejects.
 */
export function tick(ctx: AuditContext): Promise<void> {
  const { memory } = ctx;
  memory.queued ??= memory.under.then(() => work(ctx));
  memory.under = memory.queued;
  return memory.queued;
}

/** Begins nothing more, and waits for what is under way, at most so long. */
export async function stop({ memory, clock }: AuditContext, withinMs: number): Promise<void> {
  memory.isStopping = true;
  await Promise.race([memory.under, clock.sleep(withinMs)]);
}

/** Resolves when nothing of what was begun is under way any more. */
export function settled({ memory }: AuditContext): Promise<void> {
  return memory.under;
}

async function work(ctx: AuditContext): Promise<void> {
  ctx.memory.queued = undefined;
  if (ctx.memory.isStopping) return;
  try {
    await takeIn(ctx);
    await postDaily(ctx);
  } catch (err) {
    ctx.log.error({ err }, 'the audit could not be brought up to date; it is tried again');
  }
}

async function takeIn(ctx: AuditContext): Promise<void> {
  let found: Unaudited[][];
  do {
    found = await Promise.all(ctx.sources.map((source) => source.unaudited(BATCH)));
    const records = found.flat();
    await append(ctx, byTime(records));
    for (const { done } of records) await done();
  } while (!ctx.memory.isStopping && found.some(({ length }) => length === BATCH));
}

/** Oldest first across all records, each in its own order, also where a clock was set back meanwhile. */
function byTime(records: readonly Unaudited[]): Deed[] {
  const timed = records.flatMap(({ deeds }) => {
    let latest = Number.NEGATIVE_INFINITY;
    return deeds.map((deed) => {
      latest = Math.max(latest, deed.at);
      return { deed, latest };
    });
  });
  return timed.sort((a, b) => a.latest - b.latest).map(({ deed }) => deed);
}

/**
 * Has the newest hash posted once a UTC day is over: that of the last entry before midnight, under the day of that entry.
 * So a day is told once whoever comes to it and however late, and one on which nothing was done is not told at all.
 */
async function postDaily(ctx: AuditContext): Promise<void> {
  const today = dayOf(ctx.clock.now());
  if (ctx.memory.postedOn === today) return;
  const last = await lastBefore(ctx.records, today);
  if (last) {
    const { number, hash } = last;
    const day = dayOf(last.at);
    await enqueueNotice(ctx, `audit/${day}`, { kind: 'audit_hash', day, number, hash });
  }
  ctx.memory.postedOn = today;
}
