import type { Money } from '../../lib/index.ts';
import type { EntryState } from './entry.ts';

/** People, by what has become of their places. */
export const countedStates = ['entered', 'won', 'due', 'ordered', 'failed', 'lapsed'] as const;
export type CountedState = Extract<EntryState, (typeof countedStates)[number]>;

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
export type Stats = Readonly<Record<CountedState, number>> &
  CardCounts & { readonly openOrders: number };

/** Orders that have ended, by their ids, and their cards. */
export interface OrderCounts {
  readonly ended: Set<string>;
  sum: CardCounts;
}
