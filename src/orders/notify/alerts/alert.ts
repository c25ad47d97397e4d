import { z } from 'zod';
import { amountSchema, type Clock, moneySchema } from '../../../lib/index.ts';
import { type Records, walk } from '../../../store/index.ts';
import { newOrderId, type RandomBytes } from '../../model/ids.ts';

/** What is known of it. */
const factsSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('low_balance'),
    balance: moneySchema,
    /** The operator's, where one is set. */
    threshold: amountSchema.optional(),
    /** When it is empty at the pace of the last days. */
    lastsUntil: z.number().optional(),
    /** The first campaign that it does not suffice for. */
    short: z
      .object({
        reference: z.string(),
        kind: z.enum(['bulk', 'drop', 'giveaway']),
        startsAt: z.number().optional(),
        lacking: moneySchema,
      })
      .optional(),
  }),
  z.object({ kind: z.literal('key_refused'), why: z.enum(['unauthorized', 'signing_wanted']) }),
  /** In bytes. */
  z.object({ kind: z.literal('store_full'), free: z.int().min(0), size: z.int().min(0) }),
]);
export type AlertFacts = z.infer<typeof factsSchema>;
export type AlertKind = AlertFacts['kind'];

/** What is wrong with the account or the store, from when it began until it was over. One crossing is one alert. */
export const alertSchema = z.object({
  version: z.int().min(1),
  id: z.string(),
  at: z.number(),
  /** As they were when it began. */
  facts: factsSchema,
  /** As they were seen since, where they are others. */
  since: z.object({ at: z.number(), facts: factsSchema }).optional(),
  over: z.object({ at: z.number() }).optional(),
});
export type Alert = z.infer<typeof alertSchema>;

/** Lists those that are not over. */
const OPEN = 'open';
/** While one has it, another of its kind is no news: of two processes one begins it, and after a restart nobody does. */
const holdOf = (kind: AlertKind) => `alert/${kind}`;

const guardOf = ({ facts, over }: Omit<Alert, 'version'>) =>
  over ? { tags: [], holds: [] } : { tags: [OPEN], holds: [holdOf(facts.kind)] };

export type Alerts = ReturnType<typeof createAlerts>;

export function createAlerts(records: Records<Alert>, { clock, random }: { clock: Clock; random: RandomBytes }) {
  /** The one that is on. */
  async function current(kind: AlertKind): Promise<Alert | undefined> {
    const id = await records.holder(holdOf(kind));
    return id === undefined ? undefined : records.get(id);
  }

  /** Undefined where one of its kind was on already. */
  async function begin(facts: AlertFacts): Promise<Alert | undefined> {
    const at = clock.now();
    const fresh = { id: newOrderId(at, random), at, facts };
    const written = await records.write(fresh.id, fresh, { seen: 0, ...guardOf(fresh) });
    return written.ok ? { ...fresh, version: written.version } : undefined;
  }

  /** Of two that change the same one, one does: the other has seen nothing newer. */
  async function change({ version, ...alert }: Alert, what: Pick<Alert, 'since' | 'over'>): Promise<void> {
    const next = { ...alert, ...what };
    await records.write(alert.id, next, { seen: version, ...guardOf(next) });
  }

  return {
    get: (id: string) => records.get(id),
    current,
    begin,
    /** What is to be said of it from now on. */
    note: (alert: Alert, facts: AlertFacts) => change(alert, { since: { at: clock.now(), facts } }),
    end: (alert: Alert) => change(alert, { over: { at: clock.now() } }),
    open: () => walk(records, OPEN),
  };
}
