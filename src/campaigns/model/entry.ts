import { z } from 'zod';
import type { Money } from '../../lib/index.ts';

/** Somebody's place in a campaign. */
const entryStates = [
  /** In a draw that is still to come. */
  'entered',
  /** Has taken themselves out of it again. */
  'left',
  /** Has changed how it goes: is not in it, and never will be. */
  'steers',
  /** Drawn, and may claim. */
  'won',
  /** Was drawn, and gave way to the next. */
  'lapsed',
  /** Gets a card as soon as one can be bought. */
  'due',
  /** Their card is in an order, which says how it stands. */
  'ordered',
  /** Can get none. */
  'failed',
] as const;
export type EntryState = (typeof entryStates)[number];

const entryReasons = [
  'gone',
  /** Nobody found out whether the order of their card was taken. */
  'not_found',
  'not_eligible',
  'unclaimed',
  'replaced',
  'called_off',
] as const;
export type EntryReason = (typeof entryReasons)[number];

export const entrySchema = z.object({
  version: z.int().min(1),
  campaign: z.string(),
  user: z.string(),
  state: z.enum(entryStates),
  /** When they claimed, entered or were named. */
  at: z.number(),
  /** Which of the campaign's cards, from 0. */
  part: z.int().min(0),
  /** Words to this person alone, in place of the campaign's. */
  message: z.string().optional(),
  /** Of a drop: which of its places, from 0. Nobody else can have it. */
  slot: z.int().min(0).optional(),
  /** Of a draw: their place in the ranking, from 1. */
  rank: z.int().min(1).optional(),
  /** Until when they may claim what they won. */
  until: z.number().optional(),
  order: z.string().optional(),
  why: z.enum(entryReasons).optional(),
});
export type Entry = z.infer<typeof entrySchema>;

/** Who is in a draw, fixed when it is drawn: in the order in which their hash was made. */
export const entrantsSchema = z.object({
  version: z.int().min(1),
  campaign: z.string(),
  entrants: z.array(z.string()),
});
export type Entrants = z.infer<typeof entrantsSchema>;

export const entryKey = (campaign: string, user: string): string => `${campaign}.${user}`;

/** Taken for ever by whoever has this place of a drop. */
export const slotHold = (campaign: string, slot: number): string => `slot/${campaign}/${slot}`;

/** The list of all who have a place, of those in a state, and of those who are to get this card. */
export const entriesOf = (campaign: string): string => `${campaign}/all`;
export const entriesIn = (campaign: string, state: EntryState): string => `${campaign}/${state}`;
export const dueFor = (campaign: string, part: number): string => `${campaign}/due/${part}`;

/** The lists that an entry stands in, and the place that it has; they follow from the entry alone. */
export function entryGuard({ campaign, state, part, slot }: Omit<Entry, 'version'>) {
  if (state === 'steers') return { tags: [entriesIn(campaign, state)], holds: [] };
  return {
    tags: [entriesOf(campaign), entriesIn(campaign, state), ...(state === 'due' ? [dueFor(campaign, part)] : [])],
    holds: slot === undefined ? [] : [slotHold(campaign, slot)],
  };
}

/** People, by what has become of their places. */
export const countedStates = ['entered', 'won', 'due', 'ordered', 'failed', 'lapsed'] as const;
type CountedState = Extract<EntryState, (typeof countedStates)[number]>;

/** Cards, by what has become of their orders. */
export interface CardCounts {
  /** In their recipients' hands. */
  readonly sent: number;
  /** Here, and no direct message has brought them to their recipients, who have to fetch them. */
  readonly waiting: number;
  /** Being bought, or on their way to their recipients. */
  readonly onWay: number;
  /** Bought, and claimed by nobody yet. */
  readonly pool: number;
  /** Of orders of which nobody knows yet, or for certain, whether they were bought. */
  readonly unclear: number;
  readonly charged: Money;
}

/** How far a campaign has come. */
export type Stats = Readonly<Record<CountedState, number>> & CardCounts & { readonly openOrders: number };

/** Orders that have ended, by their ids, and their cards. */
export interface OrderCounts {
  readonly ended: Set<string>;
  sum: CardCounts;
}
