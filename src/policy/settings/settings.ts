import { z } from 'zod';
import { auditTags, bind, type Clock } from '../../lib/index.ts';
import type { Records } from '../../store/index.ts';
import { defaultPolicy, type Policy, policySchema } from '../policy.ts';

const changeSchema = z.object({
  at: z.number(),
  /** The Discord user id of whoever changed it. */
  by: z.string(),
  /** Which setting, such as "free" or "budgets". */
  field: z.string(),
  /** What it said before and after, as JSON text. */
  from: z.string(),
  to: z.string(),
});
type Change = z.infer<typeof changeSchema>;

/** What a guild has set, and every change of it, in the same write. */
export const settingsSchema = z.object({
  version: z.int().min(1),
  guild: z.string(),
  policy: policySchema,
  changes: z.array(changeSchema),
  /** How many of the changes are in the audit chain. */
  audited: z.int().min(0).default(0),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Where settings are listed: as long as the chain of the audit lacks a change of them. */
export const settingsGuard = (settings: Omit<Settings, 'version'>) => ({
  tags: auditTags(settings, settings.changes.length),
  holds: [],
});

interface AllSettings {
  readonly records: Records<Settings>;
  readonly clock: Pick<Clock, 'now'>;
}

export type SettingsRepository = ReturnType<typeof createSettingsRepository>;

/** The policies of guilds. Until somebody sets one, the default holds. */
export function createSettingsRepository(records: Records<Settings>, clock: Pick<Clock, 'now'>) {
  return bind({ records, clock }, { of: policyOf, change });
}

async function policyOf({ records }: AllSettings, guild: string): Promise<Policy> {
  return (await records.get(guild))?.policy ?? defaultPolicy;
}

/**
 * Changes what `decide` makes of the policy as it is now, for everybody and at once; decides again on what somebody
 * else has left. Throws what `decide` throws. Gives the policy before and after.
 */
async function change(
  all: AllSettings,
  guild: string,
  by: string,
  decide: (policy: Policy) => Policy,
): Promise<{ before: Policy; after: Policy }> {
  const known = await all.records.get(guild);
  const before = known?.policy ?? defaultPolicy;
  const after = decide(before);
  const made = changesOf(before, after, { at: all.clock.now(), by });
  if (made.length === 0) return { before, after: before };
  const changes = [...(known?.changes ?? []), ...made];
  const next = { guild, policy: after, changes, audited: known?.audited ?? 0 };
  const seen = known?.version ?? 0;
  const written = await all.records.write(guild, next, { seen, ...settingsGuard(next) });
  return written.ok ? { before, after } : change(all, guild, by, decide);
}

function changesOf(before: Policy, after: Policy, who: Pick<Change, 'at' | 'by'>): Change[] {
  const fields = Object.keys({ ...before, ...after }) as (keyof Policy)[];
  return fields
    .map((field) => ({ field, from: said(before[field]), to: said(after[field]) }))
    .filter(({ from, to }) => from !== to)
    .map((each) => ({ ...who, ...each }));
}

const said = (value: unknown) => JSON.stringify(value ?? null);
