/** How an interaction came in: by a slash command, a button or menu of a message, a form, a right-click, or while typing. */
export const interactionKinds = ['command', 'press', 'form', 'menu', 'completion'] as const;
export type InteractionKind = (typeof interactionKinds)[number];

/**
 * `refused`: they were told why not. `failed`: a fault of Cardigan's, with an incident. `lost`: Discord did not take the
 * answer. `late`: Discord had given up on it before it came.
 */
export const interactionOutcomes = ['answered', 'refused', 'failed', 'lost', 'late'] as const;
export type InteractionOutcome = (typeof interactionOutcomes)[number];

export interface MeasuredInteraction {
  /** One of Cardigan's own, or `other`. */
  readonly command: string;
  readonly kind: InteractionKind;
  readonly outcome: InteractionOutcome;
  /** Since the press; missing where Discord took no acknowledgement. */
  readonly acknowledgedAfterMs?: number | undefined;
  readonly answeredAfterMs?: number | undefined;
}

/**
 * What came of an attempt to buy. `bought`, `failed`, `unconfirmed`: at once. `found`: its outcome was unknown, and
 * CardPlusPay has it. `not_found`, `review`: it was unknown, and is still. `on_hand`: nothing had to be bought.
 */
export const purchaseOutcomes = ['bought', 'failed', 'unconfirmed', 'found', 'not_found', 'review', 'on_hand'] as const;
export type MeasuredPurchase = (typeof purchaseOutcomes)[number];

/** `closed`: the person takes none. `spam`: Discord takes it for that. `failed`: Discord could not be reached, or refused it. */
export const directMessageOutcomes = ['sent', 'closed', 'spam', 'failed'] as const;
export type DirectMessageOutcome = (typeof directMessageOutcomes)[number];

/** Whom a limit of Discord's is for; `own`: discord.js waits by itself before there is one; `address`: all of this machine. */
export const rateLimitScopes = ['user', 'shared', 'global', 'address', 'own'] as const;
export type RateLimitScope = (typeof rateLimitScopes)[number];

/** What is counted and measured as it happens. Nothing that is told here names a person, a place, an order or a code. */
export interface Metrics {
  interaction(measured: MeasuredInteraction): void;
  /** An order came into a status; `left`: the one before, and how long it was there. */
  orderMoved(to: string, left?: { readonly status: string; readonly afterMs: number }): void;
  purchased(outcome: MeasuredPurchase): void;
  directMessage(outcome: DirectMessageOutcome): void;
  rateLimited(scope: RateLimitScope): void;
  storeCalled(operation: string, tookMs: number, hasFailed: boolean): void;
  /** The account was compared with the records. `differing`: orders at CardPlusPay that no record here explains. */
  accountCompared(at: number, differing: number): void;
  balanceKnown(amount: string, at: number): void;
  /** Whether CardPlusPay refused the key when it was last asked something. */
  keyRefused(isRefused: boolean): void;
}

const nothing = (): void => undefined;

/** Where nobody asks for metrics. */
export const noMetrics: Metrics = {
  interaction: nothing,
  orderMoved: nothing,
  purchased: nothing,
  directMessage: nothing,
  rateLimited: nothing,
  storeCalled: nothing,
  accountCompared: nothing,
  balanceKnown: nothing,
  keyRefused: nothing,
};
