import type { AuditEntry } from '../../src/audit/chain.ts';
import type { AuditProblem } from '../../src/audit/verify.ts';
import type { Campaign } from '../../src/campaigns/model/campaign.ts';
import type { Entry as Place } from '../../src/campaigns/model/entry.ts';
import type { Member } from '../../src/lib/member.ts';
import type { Stop } from '../../src/orders/model/kill-switch.ts';
import type { Order } from '../../src/orders/model/order.ts';
import type { SealedAnswer } from '../../src/orders/model/raw-answer.ts';
import type { Budget } from '../../src/policy/budgets/record.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { Repeat } from './discord.ts';
import type { GoneSince } from './gone.ts';
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

/** A policy, from the moment at which it was written. It is in force until the next one is. */
export interface InForce {
  readonly since: number;
  readonly policy: Policy;
}

/** An approver's delegate, from the moment at which that was written, until it is over or something else is written. */
export interface Named {
  readonly since: number;
  readonly until: number;
  readonly approver: string;
  readonly delegate: string;
}

/** A press, and who pressed, as they were at that moment. */
export interface Pressed {
  readonly press: string;
  /** Or the campaign. */
  readonly order: string | undefined;
  readonly member: Member;
  readonly at: number;
}

/** A look by a process at who somebody is, and what Discord told it. */
export interface Lookup {
  readonly by: string;
  readonly at: number;
  readonly user: string;
  readonly found: Member | 'none' | 'unknown';
}

/** An order's `amount`, or a campaign's, was set aside in a budget; `sum`: what that came to, with all that was spent and set aside before. */
export interface Reservation {
  readonly key: string;
  readonly order: string;
  readonly at: number;
  readonly amount: string;
  readonly sum: number;
  /** That was no more than before: it moved from what was set aside for its campaign. */
  readonly isMoved: boolean;
}

/** What is true of a run so far. The invariants judge this and nothing else. */
export interface Facts {
  readonly now: number;
  readonly caps: { readonly order: string; readonly day: string };
  readonly orders: ReadonlyMap<string, Stored>;
  readonly campaigns: ReadonlyMap<string, Campaign>;
  /** The places that people have in campaigns, by their keys. */
  readonly places: ReadonlyMap<string, Place>;
  /** By campaign who was in its draw when it was fixed. */
  readonly draws: ReadonlyMap<string, readonly string[]>;
  /** The operator's by UTC day, those of guilds by their keys. */
  readonly budgets: ReadonlyMap<string, Pick<Budget, 'settled' | 'held'>>;
  readonly reservations: readonly Reservation[];
  /** In the order in which they came into force. */
  readonly policies: readonly InForce[];
  readonly named: readonly Named[];
  /** Processes that were started with a list of servers without this one. */
  readonly unserving: ReadonlySet<string>;
  readonly presses: readonly Pressed[];
  readonly lookups: readonly Lookup[];
  readonly stops: ReadonlyMap<string, StopFacts>;
  /** The chain of the audit, in the order in which its entries were written. */
  readonly chain: readonly AuditEntry[];
  /** What admins were told, by its key. */
  readonly notices: ReadonlySet<string>;
  /** What there is a record of, for admins to be told. */
  readonly recorded: ReadonlySet<string>;
  /** The part of the world that never comes back. */
  readonly gone: GoneSince | undefined;
  /** Orders whose approval's card shows them as open. */
  readonly openCards: ReadonlySet<string>;
  /** From where on the books are compared; undefined before that. */
  readonly booksBegin: number | undefined;
  readonly booksBeganAt: number;
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
  readonly auditProblems: readonly AuditProblem[];
}

/** What is wrong, in words; nothing where all is well. */
export type Invariant = (facts: Facts) => string[];
export type FinalInvariant = (facts: FinalFacts) => string[];
