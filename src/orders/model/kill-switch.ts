import { z } from 'zod';
import { auditTags, type Clock } from '../../lib/index.ts';
import type { Records } from '../../store/index.ts';
import { newOrderId, type RandomBytes } from './ids.ts';

/**
 * `restored`: the store is a copy from a backup, until people have settled what CardPlusPay has and it has not.
 * `asked`: by an admin. `unknown_outcomes`, `books_ahead`: by Cardigan itself, which does not guess with money.
 * `record_unreadable`: nobody knows whether the newest stop is in force; that is on no record.
 */
export const stopReasons = ['asked', 'unknown_outcomes', 'books_ahead', 'restored', 'record_unreadable'] as const;

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

/** What cannot be read may be a stop that holds. */
const unknownStop = (id: string): Stop => ({ version: 1, id, at: 0, by: 'cardigan', why: 'record_unreadable' });

/** While a stop has this hold nothing is bought, by whatever process. */
const HOLD = 'purchases/stopped';
const ALL = 'all';

/** The lists a stop stands in, and the name that it has; they follow from the stop alone. */
export function stopGuard({ resumed, audited }: Omit<Stop, 'version'>) {
  return { tags: [ALL, ...auditTags({ audited }, resumed ? 2 : 1)], holds: resumed ? [] : [HOLD] };
}

/** The stop that is in force. */
export async function stopInForce(records: Pick<Records<Stop>, 'holder' | 'get'>): Promise<Stop | undefined> {
  const id = await records.holder(HOLD);
  return id === undefined ? undefined : records.get(id);
}

export type KillSwitch = ReturnType<typeof createKillSwitch>;

export function createKillSwitch(records: Records<Stop>, { clock, random }: { clock: Clock; random: RandomBytes }) {
  const current = () => stopInForce(records);

  /** The newest stop, in force or not. */
  async function newest(): Promise<Stop | undefined> {
    const found = await records.tagged(ALL, { limit: 1 });
    const [id] = found.unreadable;
    return id === undefined ? found.records[0] : unknownStop(id);
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

/** Direct messages of campaigns, from when Discord took them for spam until an admin said that they go on. */
export const dmStopSchema = z.object({
  version: z.int().min(1),
  id: z.string(),
  at: z.number(),
  /** Of Discord's answer. */
  code: z.int(),
  resumed: z.object({ at: z.number(), by: z.string() }).optional(),
});
export type DmStop = z.infer<typeof dmStopSchema>;

/** As long as one has it no direct message of a campaign goes out, from whatever process and after whatever restart. */
const DMS_HOLD = 'dms/stopped';
const dmGuard = ({ resumed }: Omit<DmStop, 'version'>) => ({ tags: [ALL], holds: resumed ? [] : [DMS_HOLD] });

export type DmStops = ReturnType<typeof createDmStops>;

export function createDmStops(records: Records<DmStop>, { clock, random }: { clock: Clock; random: RandomBytes }) {
  /** The one that is in force. */
  async function current(): Promise<DmStop | undefined> {
    const id = await records.holder(DMS_HOLD);
    return id === undefined ? undefined : records.get(id);
  }

  /** False where they were stopped already. */
  async function stop(code: number): Promise<boolean> {
    const at = clock.now();
    const fresh = { id: newOrderId(at, random), at, code };
    const written = await records.write(fresh.id, fresh, { seen: 0, ...dmGuard(fresh) });
    return written.ok;
  }

  /** Ends that one, and no later one; undefined where there is none of that id. */
  async function resume(id: string, by: string): Promise<DmStop | undefined> {
    const known = await records.get(id);
    if (!known || known.resumed) return known;
    const { version, ...rest } = known;
    const next = { ...rest, resumed: { at: clock.now(), by } };
    const written = await records.write(id, next, { seen: version, ...dmGuard(next) });
    return written.ok ? { ...next, version: written.version } : resume(id, by);
  }

  return { get: (id: string) => records.get(id), current, stop, resume };
}
