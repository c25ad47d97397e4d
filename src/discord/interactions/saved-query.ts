import { z } from 'zod';
import { auditKinds } from '../../audit/index.ts';
import { Problem, periods } from '../../lib/index.ts';
import { giftSchema } from '../../orders/index.ts';
import { scopeSchema } from '../../policy/index.ts';
import type { ExpiringValues } from '../messages/live-replies.ts';

export const QUERIES_LAST_MS = 24 * 60 * 60_000;

const text = z.string().optional();
const auditFilter = z.object({
  member: text,
  order: text,
  since: z.number().optional(),
  kind: z.enum(auditKinds).optional(),
});

/** What somebody asked for, as the buttons and menus of the answer find it again: a list whose pages they turn, say. */
export const querySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('catalog'),
    user: z.string(),
    search: z.object({
      query: text,
      brand: text,
      currency: text,
      region: text,
      country: text,
      min: text,
      max: text,
      delivery: text,
    }),
  }),
  z.object({
    kind: z.literal('orders'),
    user: z.string(),
    /** Where each page after the first begins, as far as somebody has turned. */
    cursors: z.array(z.string()),
    /** What is open in all servers, for admins of the first one. */
    everywhere: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('bulk'),
    user: z.string(),
    /** What its recipients get, once they are picked. */
    item: z.string(),
    place: z.string(),
    gift: giftSchema,
  }),
  z.object({
    kind: z.literal('gift'),
    user: z.string(),
    /** For whom, once its card is picked. */
    to: z.string(),
    message: text,
    reason: text,
  }),
  z.object({ kind: z.literal('rewards'), user: z.string(), cursors: z.array(z.string()) }),
  z.object({
    kind: z.literal('campaigns'),
    user: z.string(),
    cursors: z.array(z.string()),
    everywhere: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('audit'),
    user: z.string(),
    filter: auditFilter,
    /** The page of another list that it was opened from. */
    back: text,
    cursors: z.array(z.string()),
  }),
  /** Its pages are the parts of an export. */
  z.object({ kind: z.literal('auditExport'), user: z.string(), filter: auditFilter, cursors: z.array(z.string()) }),
  z.object({
    kind: z.literal('budgets'),
    user: z.string(),
    /** Which limits, in the order of their rows. */
    limits: z.array(z.object({ scope: scopeSchema, period: z.enum(periods) })),
  }),
  z.object({
    kind: z.literal('setting'),
    user: z.string(),
    setting: z.string(),
    /** What they typed and what was not taken, by the name of the field. */
    typed: z.record(z.string(), z.string()),
  }),
]);
export type SavedQuery = z.infer<typeof querySchema>;

export type Queries = ReturnType<typeof createQueries>;

interface Deps {
  records: ExpiringValues<SavedQuery>;
  newId(): string;
}

export function createQueries({ records, newId }: Deps) {
  return {
    async remember(query: SavedQuery): Promise<string> {
      const id = newId();
      await records.set(id, query);
      return id;
    },
    /** Throws `query_gone` when it was forgotten, `not_yours` when somebody else made it. */
    async recall<Kind extends SavedQuery['kind']>(kind: Kind, id: string, user: string) {
      const query = await records.get(id);
      if (query?.kind !== kind) throw new Problem('query_gone', {});
      if (query.user !== user) throw new Problem('not_yours', {});
      return query as Extract<SavedQuery, { kind: Kind }>;
    },
    update: (id: string, query: SavedQuery): Promise<void> => records.set(id, query),
  };
}
