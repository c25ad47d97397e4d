import { z } from 'zod';
import { auditTags, type Clock } from '../../lib/index.ts';
import type { Records } from '../../store/index.ts';
import { newOrderId, type RandomBytes } from './ids.ts';

/** `asked`: by an admin. `unknown_outcomes`, `books_ahead`: by Cardigan itself, which does not guess with money. */
export const stopReasons = ['asked', 'unknown_outcomes', 'books_ahead'] as const;

/** One stop of all purchases, from when it began until somebody resumed them. */
export const stopSchema = z.object({
  version: z.int().min(1),
  id: z.string(),
  at: z.number(),
  /** A Discord user id, or "cardigan". */
  by: z.string(),
  why: z.enum(stopReasons),
  /** An admin's own words. */
  detail: z.string().optional(),
  resumed: z.object({ at: z.number(), by: z.string() }).optional(),
  /** How much of it is in the chain of the audit: that it began, and that it ended. */
  audited: z.int().min(0).optional(),
});
export type Stop = z.infer<typeof stopSchema>;

/** While a stop has this hold nothing is bought, by whatever process. */
const HOLD = 'purchases/stopped';
const ALL = 'all';

/** The lists a stop stands in, and the name that it has; they follow from the stop alone. */
export function stopGuard({ resumed, audited }: Omit<Stop, 'version'>) {
  return { tags: [ALL, ...auditTags({ audited }, resumed ? 2 : 1)], holds: resumed ? [] : [HOLD] };
}

export type KillSwitch = ReturnType<typeof createKillSwitch>;

export function createKillSwitch(records: Records<Stop>, { clock, random }: { clock: Clock; random: RandomBytes }) {
  /** The stop that is in force. */
  async function current(): Promise<Stop | undefined> {
    const id = await records.holder(HOLD);
    return id === undefined ? undefined : records.get(id);
  }

  /** The newest stop, in force or not. */
  async function newest(): Promise<Stop | undefined> {
    return (await records.tagged(ALL, { limit: 1 })).records[0];
  }

  /** Stops purchases; where they are stopped already, `isNew` is false and the stop is the one in force. */
  async function stop(by: string, why: Stop['why'], detail?: string): Promise<{ stop: Stop; isNew: boolean }> {
    const at = clock.now();
    const fresh = { id: newOrderId(at, random), at, by, why, ...(detail && { detail }) };
    const written = await records.write(fresh.id, fresh, { seen: 0, ...stopGuard(fresh) });
    if (written.ok) return { stop: { ...fresh, version: written.version }, isNew: true };
    const known = await current();
    // Resumed at this very moment: whoever stops now means it.
    return known ? { stop: known, isNew: false } : stop(by, why, detail);
  }

  /** Ends that stop, and no later one. `isNew`: it was in force until now. */
  async function resume(id: string, by: string): Promise<{ stop: Stop; isNew: boolean } | undefined> {
    const known = await records.get(id);
    if (!known || known.resumed) return known && { stop: known, isNew: false };
    const { version, ...rest } = known;
    const next = { ...rest, resumed: { at: clock.now(), by } };
    const written = await records.write(id, next, { seen: version, ...stopGuard(next) });
    if (!written.ok) return resume(id, by);
    return { stop: { ...next, version: written.version }, isNew: true };
  }

  return { get: (id: string) => records.get(id), current, newest, stop, resume };
}
