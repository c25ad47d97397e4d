import { gapAfter } from '../../outbox/index.ts';
import { unlessUnreadable, walk } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import { type CaseAtHand, caseGuard, caseLists } from '../model/case.ts';

/**
 * Tells whoever reported a card how far their case has come, in the background; what goes wrong is logged, and tried
 * again by a round.
 */
export function tellOfCaseSoon(ctx: OrdersContext, moved: CaseAtHand): void {
  tellOfCase(ctx, moved, false).catch((err: unknown) =>
    ctx.log.warn({ case: moved.record.id, err }, 'word of a case is left for the next round'),
  );
}

/** Tells what an earlier process did not come to, and what Discord did not take. Rejects for nothing but the store. */
export async function tellOfCases(ctx: OrdersContext): Promise<void> {
  const { cases, orders, clock, memory } = ctx;
  for await (const record of walk(cases, caseLists.untold)) {
    if (clock.now() < (memory.untoldCases.get(record.id)?.nextAt ?? 0)) continue;
    const order = await unlessUnreadable(() => orders.get(record.order), undefined);
    if (order) await unlessUnreadable(() => tellOfCase(ctx, { record, order }, true), undefined);
  }
}

/** One word of a case at a time in this process. */
async function tellOfCase(ctx: OrdersContext, moved: CaseAtHand, mayBeOut: boolean) {
  const key = `case/${moved.record.id}`;
  if (!ctx.telling.has(key)) await ctx.telling.join(key, () => tellReporter(ctx, moved, mayBeOut));
}

/** A closed inbox is its owner's wish: they find it with /order. */
async function tellReporter(
  { cases, mailbox, clock, memory: { untoldCases } }: OrdersContext,
  { record, order }: CaseAtHand,
  mayBeOut: boolean,
): Promise<void> {
  const { id, history } = record;
  const how = await mailbox.tellOfCase(record, order, mayBeOut);
  if (how === 'failed') {
    const tries = (untoldCases.get(id)?.tries ?? 0) + 1;
    untoldCases.set(id, { tries, nextAt: clock.now() + gapAfter(tries) });
    return;
  }
  untoldCases.delete(id);
  await markTold(cases, id, history.length);
}

/** Changes nothing else, and nothing that was written meanwhile. */
async function markTold(cases: OrdersContext['cases'], id: string, told: number): Promise<void> {
  const known = await cases.get(id);
  if (!known || known.told >= told) return;
  const { version: seen, ...rest } = known;
  const next = { ...rest, told };
  const written = await cases.write(id, next, { seen, ...caseGuard(next) });
  if (!written.ok) await markTold(cases, id, told);
}
