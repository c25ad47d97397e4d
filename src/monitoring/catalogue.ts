import {
  directMessageOutcomes,
  interactionKinds,
  interactionOutcomes,
  purchaseOutcomes,
  rateLimitScopes,
} from './metrics.ts';

/** Which values a label may have; `command`, `status`: those that Cardigan has (`Known`). */
type Values = readonly string[] | keyof Known;

/** What other modules have lists of. */
export interface Known {
  /** Besides `other`. */
  readonly command: readonly string[];
  readonly status: readonly string[];
}

export interface MetricDefinition {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels?: Readonly<Record<string, Values>>;
  /** Upper ends, in seconds. */
  readonly buckets?: readonly number[];
}

/** The calls of a database that are measured, by their names in the store. */
// biome-ignore format: one list
export const storeOperations = [
  'find', 'put', 'exchange', 'remove', 'clear', 'purge', 'page', 'write', 'removeSeen', 'records', 'rows', 'exchangeAll',
  'listed', 'count', 'holder', 'lock',
];

const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400];

/** Every metric of Cardigan's own, with the labels that it has and their values. `docs/monitoring.md` says more of each. */
export const catalogue = {
  interactions: {
    name: 'cardigan_interactions_total',
    type: 'counter',
    help: 'Commands, presses, forms and completions, by what came of them',
    labels: { command: 'command', kind: interactionKinds, outcome: interactionOutcomes },
  },
  acknowledged: {
    name: 'cardigan_interaction_acknowledgement_seconds',
    type: 'histogram',
    help: 'From a press until Discord has taken its acknowledgement; Discord gives up after 3',
    labels: { command: 'command' },
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3],
  },
  answered: {
    name: 'cardigan_interaction_answer_seconds',
    type: 'histogram',
    help: 'From a press until its last answer was taken by Discord',
    labels: { command: 'command' },
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
  },
  purchases: {
    name: 'cardigan_purchases_total',
    type: 'counter',
    help: 'Attempts to buy, by what came of them',
    labels: { outcome: purchaseOutcomes },
  },
  moves: {
    name: 'cardigan_orders_entered_total',
    type: 'counter',
    help: 'Orders that came into a status',
    labels: { status: 'status' },
  },
  stays: {
    name: 'cardigan_order_status_seconds',
    type: 'histogram',
    help: 'How long an order was in a status, once it has left it',
    labels: { status: 'status' },
    buckets: [0.25, 1, 5, 15, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, DAY, 3 * DAY, 30 * DAY],
  },
  directMessages: {
    name: 'cardigan_direct_messages_total',
    type: 'counter',
    help: 'Direct messages, by whether Discord took them',
    labels: { outcome: directMessageOutcomes },
  },
  rateLimits: {
    name: 'cardigan_discord_rate_limits_total',
    type: 'counter',
    help: 'How often Discord said to wait, or a request waited by itself, by whom the limit is for',
    labels: { scope: rateLimitScopes },
  },
  storeCalls: {
    name: 'cardigan_store_operation_seconds',
    type: 'histogram',
    help: 'How long the database took, by what it was asked for',
    labels: { operation: storeOperations },
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  },
  storeErrors: {
    name: 'cardigan_store_errors_total',
    type: 'counter',
    help: 'Calls of the database that failed',
    labels: { operation: storeOperations },
  },
  comparedAt: {
    name: 'cardigan_books_compared_timestamp_seconds',
    type: 'gauge',
    help: "When CardPlusPay's list was last compared with the records, by this process",
  },
  differences: {
    name: 'cardigan_books_differences_total',
    type: 'counter',
    help: 'Orders at CardPlusPay that no record here explains, as comparisons found them',
  },
  balance: {
    name: 'cardigan_account_balance',
    type: 'gauge',
    help: "The balance at CardPlusPay when this process last asked, in the account's currency",
  },
  balanceAt: {
    name: 'cardigan_account_balance_timestamp_seconds',
    type: 'gauge',
    help: 'When this process last asked for the balance',
  },
  keyRefused: {
    name: 'cardigan_vendor_key_refused',
    type: 'gauge',
    help: '1 while CardPlusPay refuses the key of the account',
  },
  dayCap: {
    name: 'cardigan_day_cap',
    type: 'gauge',
    help: "MAX_DAY_TOTAL, in the account's currency",
  },
  orderCap: {
    name: 'cardigan_order_cap',
    type: 'gauge',
    help: "MAX_ORDER_TOTAL, in the account's currency",
  },
  checks: {
    name: 'cardigan_check_ok',
    type: 'gauge',
    help: 'What /readyz looks at: 1 where it is well; store as last written, if lately',
    labels: { check: ['process', 'discord', 'serving', 'presses', 'store'] },
  },
  build: {
    name: 'cardigan_build_info',
    type: 'gauge',
    help: 'Which version runs; always 1',
    labels: { version: [] },
  },
} as const satisfies Record<string, MetricDefinition>;

/** Of the whole store: known to the process that looks after open orders, and missing from all others. */
export const figuresCatalogue = {
  figuresAt: {
    name: 'cardigan_store_figures_timestamp_seconds',
    type: 'gauge',
    help: 'When this process, which looks after open orders, last looked at what follows',
  },
  orders: {
    name: 'cardigan_orders',
    type: 'gauge',
    help: 'Orders that have not ended, by status',
    labels: { status: 'status' },
  },
  oldestUnconfirmed: {
    name: 'cardigan_oldest_unconfirmed_seconds',
    type: 'gauge',
    help: 'How long the oldest order waits whose outcome is unknown; 0 without one',
  },
  reviews: {
    name: 'cardigan_reviews_open',
    type: 'gauge',
    help: 'Orders that people have to decide about',
  },
  codesHeld: {
    name: 'cardigan_codes_held',
    type: 'gauge',
    help: 'Codes of orders that have not ended, which their recipients do not have yet',
  },
  spentToday: {
    name: 'cardigan_spent_today',
    type: 'gauge',
    help: "What counts against MAX_DAY_TOTAL on this UTC day, in the account's currency",
  },
  purchasesStopped: {
    name: 'cardigan_purchases_stopped',
    type: 'gauge',
    help: '1 while purchases are stopped',
  },
  directMessagesStopped: {
    name: 'cardigan_direct_messages_stopped',
    type: 'gauge',
    help: '1 while direct messages of campaigns are withheld, because Discord took one for spam',
  },
} as const satisfies Record<string, MetricDefinition>;

/** How the whole store stands; what is not known yet, or cannot be read, is missing. Amounts are in the account's currency. */
export interface StoreFigures {
  readonly orders?: Readonly<Record<string, number>>;
  readonly oldestUnconfirmedMs?: number;
  readonly codesHeld?: number;
  readonly spentToday?: number;
  readonly reviews: number;
  readonly purchasesStopped: boolean;
  readonly directMessagesStopped: boolean;
}
