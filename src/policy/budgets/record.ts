import Big from 'big.js';
import { z } from 'zod';
import { amountSchema } from '../../lib/index.ts';

/** Amounts by the order, or campaign, that holds them. */
const holdsSchema = z.record(z.string(), amountSchema);
/** Of what is held, the requests about which nobody has decided yet, by id: whose they are. */
const requestsSchema = z.record(z.string(), z.string());

/** What a scope has spent in a period, and what orders on their way may still spend. */
export const budgetSchema = z.object({
  version: z.int().min(1),
  key: z.string(),
  settled: amountSchema,
  /** The newest holds; older ones lie in pages once they are many. */
  held: holdsSchema,
  requests: requestsSchema.optional(),
  /** What is held in pages, all together. */
  paged: amountSchema.optional(),
  /** The page that was made last: it counts, whether or not it says so by now. */
  newest: z.string().optional(),
  /** Holds that count in a page no more, though it may have them still: the page, by hold. */
  gone: z.record(z.string(), z.string()).optional(),
});
export type Budget = z.infer<typeof budgetSchema>;

/** Holds of a budget that were moved out of its record. */
export const holdPageSchema = z.object({
  version: z.int().min(1),
  /** The key of the budget, and the version of it from which on the page counts. */
  id: z.string(),
  key: z.string(),
  since: z.int().min(1),
  held: holdsSchema,
  requests: requestsSchema.optional(),
  /** It was the newest one, and there are newer ones by now. */
  counts: z.boolean(),
});
export type HoldPage = z.infer<typeof holdPageSchema>;

/** What an order holds of a budget. */
export interface Hold {
  readonly key: string;
  readonly order: string;
}

export interface Held extends Hold {
  /** As far as the budget knows: it may have been decided about. */
  readonly isRequest?: true;
}

/** A budget while it is looked at and changed: with what was fetched out of its pages. */
export interface Sheet {
  readonly settled: string;
  readonly held: Budget['held'];
  readonly requests: NonNullable<Budget['requests']>;
  /** What else is held, in pages. */
  readonly paged: string;
}

export function sheetOf({ settled, held, requests = {}, paged = '0' }: Omit<Budget, 'version' | 'key'>): Sheet {
  return { settled, held, requests, paged };
}

export function heldIn({ held, paged }: Pick<Sheet, 'held' | 'paged'>): Big {
  return total(held).plus(paged);
}

export function total(held: Budget['held']): Big {
  return Object.values(held).reduce((sum, each) => sum.plus(each), new Big(0));
}

/** Those holds, and what is on record of whose requests they are. */
export function pick({ held, requests = {} }: Pick<Budget, 'held' | 'requests'>, ids: readonly string[]) {
  const of = <T>(all: Readonly<Record<string, T>>) =>
    Object.fromEntries(ids.flatMap((id) => (all[id] === undefined ? [] : [[id, all[id]]]))) as Record<string, T>;
  return { held: of(held), requests: of(requests) };
}

/** What is left of them without those. */
export function without({ held, requests = {} }: Pick<Budget, 'held' | 'requests'>, ids: readonly string[]) {
  const others = Object.keys(held).filter((id) => !ids.includes(id));
  return pick({ held, requests }, others);
}
