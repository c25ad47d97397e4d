import { keysOfMember } from '../../policy/index.ts';
import type { PrivacyContext } from '../context.ts';
import { MONTH_MS, type Person, type Remnant } from './remnant.ts';

interface Moment {
  readonly at: number;
}

/**
 * Takes away what a member had spent in periods that were over long ago: whatever was made then has been over for longer
 * than a month, and counts nowhere any more. What still counts stays.
 */
export async function eraseBudgets(ctx: PrivacyContext, person: Person, moments: readonly Moment[]): Promise<void> {
  for (const key of keysOf(person, moments, ctx.clock.now())) {
    const known = await ctx.budgets.get(key);
    if (known && isEmpty(known)) await ctx.budgets.remove(key, known.version);
  }
}

const isEmpty = ({ held, paged = '0' }: { held: object; paged?: string | undefined }): boolean =>
  Object.keys(held).length === 0 && Number(paged) === 0;

/** In which none of what was made at these moments can still count. */
function keysOf({ guild, user }: Person, moments: readonly Moment[], now: number): string[] {
  const past = moments.filter(({ at }) => at < now - MONTH_MS);
  return [...new Set(past.flatMap(({ at }) => keysOfMember(guild, user, at)))].filter(
    (key) => !keysOfMember(guild, user, now).includes(key),
  );
}

/** What counts of a member's spending, in the periods of these moments. */
export async function* budgetRemnants(
  ctx: PrivacyContext,
  { guild, user }: Person,
  moments: readonly Moment[],
): AsyncGenerator<Remnant, void> {
  const keys = new Set(moments.flatMap(({ at }) => keysOfMember(guild, user, at)));
  for (const key of keys) {
    const known = await ctx.budgets.get(key);
    if (!known) continue;
    const { settled, held } = known;
    const says = { period: key.split('/').slice(-1)[0], spent: settled, reserved: Object.values(held) };
    // It goes with the last order that counted in it.
    yield { kind: 'budget', record: `budgets/${key}`, at: 0, wait: 'young', says };
  }
}
