import { redactEntries } from '../../audit/index.ts';
import type { Names } from '../../lib/index.ts';
import { type Case, caseGuard } from '../../orders/index.ts';
import type { PrivacyContext } from '../context.ts';
import { redactedCase } from '../redacted.ts';
import { dayText, type Person, type Remnant, youth } from './remnant.ts';

export function waitOfCase(
  ctx: PrivacyContext,
  { state, told, history, audited = 0 }: Case,
): Pick<Remnant, 'wait' | 'readyAt'> {
  const isOpen = state !== 'solved' || told < history.length || audited < history.length;
  return isOpen ? { wait: 'open' } : youth(ctx, Math.max(...history.map(({ at }) => at)));
}

export async function eraseCase(ctx: PrivacyContext, record: Case, names: Names): Promise<boolean> {
  const { id, version: seen, history } = record;
  const { version: _, ...next } = redactedCase(record, names);
  if (!(await ctx.cases.write(id, next, { seen, ...caseGuard(next) })).ok) return false;
  await redactEntries(ctx.chain, { record: `case/${id}`, deeds: history.length, names, which: 'all' });
  return true;
}

export function remnantOfCase(ctx: PrivacyContext, record: Case, { guild, user }: Person): Remnant {
  const { id, reference, state, said, reporter, history } = record;
  return {
    kind: 'case',
    record: `cases/${id}`,
    at: history[0]?.at ?? 0,
    ...waitOfCase(ctx, record),
    says: {
      order: reference,
      state,
      ...(reporter === user && { youSaid: said }),
      yourSteps: history
        .filter(({ by }) => by === user)
        .map(({ at, state: to, detail }) => ({ at: dayText(at), to, detail })),
    },
    erase: () => eraseCase(ctx, record, new Map([[user, ctx.pseudonym(guild, user)]])),
  };
}
