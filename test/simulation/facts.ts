import type { Entry } from '../../src/approvals/audit-entry.ts';
import type { Budget } from '../../src/orders/ledger.ts';
import type { Order } from '../../src/orders/order.ts';
import type { SealedAnswer } from '../../src/orders/sealed-answer.ts';
import type { Stop } from '../../src/orders/stops.ts';
import type { Repeat } from './discord.ts';
import type { Charged, Check, ListMode, Post } from './vendor/vendor.ts';

/** An order as it is stored, with its place in the store. */
export interface Stored {
  readonly order: Order;
  readonly tags: ReadonlySet<string>;
  readonly holds: ReadonlySet<string>;
}

/** A stop of all purchases, as it is stored. */
export type StopFacts = Pick<Stop, 'at' | 'by' | 'resumed'>;

/** A code or PIN that somebody has seen. */
export interface Seen {
  readonly secret: string;
  readonly by: string;
}

/** What is true of a run so far. The invariants judge this and nothing else. */
export interface Facts {
  readonly now: number;
  readonly caps: { readonly order: string; readonly day: string };
  readonly orders: ReadonlyMap<string, Stored>;
  /** By UTC day. */
  readonly budgets: ReadonlyMap<string, Pick<Budget, 'settled' | 'held'>>;
  readonly stops: ReadonlyMap<string, StopFacts>;
  /** The chain of the audit, in the order in which its entries were written. */
  readonly chain: readonly Entry[];
  /** What admins were told, by its key. */
  readonly notices: ReadonlySet<string>;
  /** Orders whose approval's card shows them as open. */
  readonly openCards: ReadonlySet<string>;
  /** From where on the books are compared; undefined before that. */
  readonly booksBegin: number | undefined;
  readonly posts: readonly Post[];
  readonly charged: readonly Charged[];
  readonly checks: readonly Check[];
  readonly listMode: ListMode;
  readonly seen: readonly Seen[];
  readonly repeats: readonly Repeat[];
  /** Names of processes that ended before all was done. */
  readonly ended: ReadonlySet<string>;
  fingerprint(code: string): string;
  /** What somebody noticed at the moment at which it happened. */
  readonly noticed: readonly string[];
}

/** With what lies in the vault, once everything has come to rest. */
export interface FinalFacts extends Facts {
  readonly vault: ReadonlyMap<string, SealedAnswer>;
  /** What `npm run audit-verify` finds. */
  readonly auditProblems: readonly unknown[];
}

/** What is wrong, in words; nothing where all is well. */
export type Invariant = (facts: Facts) => string[];
export type FinalInvariant = (facts: FinalFacts) => string[];
