import type { CardPlusPay } from '../cardpluspay/index.ts';
import type { Shop } from '../catalog/index.ts';
import { type Clock, createKeyed, type Keyed, type Log, type Members } from '../lib/index.ts';
import type { Breakages, Ledger, Policies, Rules } from '../policy/index.ts';
import type { Records, Store, Vault } from '../store/index.ts';
import { type Case, caseSchema } from './model/case.ts';
import type { RandomBytes } from './model/ids.ts';
import { createKillSwitch, type KillSwitch, stopSchema } from './model/kill-switch.ts';
import { type Notice, noticeSchema } from './model/notice.ts';
import { orderSchema } from './model/order.ts';
import type { PurchaseOutcome } from './model/outcome.ts';
import type { Mailbox, NoticeBoard } from './model/ports.ts';
import { type SealedAnswer, sealedAnswerSchema } from './model/raw-answer.ts';
import { type Comparison, comparisonSchema, type Purging, purgingSchema } from './model/records.ts';
import { createOrderRepository, type OrderRepository } from './repository.ts';

/** The operator's caps over all guilds (`MAX_ORDER_TOTAL`, `MAX_DAY_TOTAL`), as amounts in the account's currency. */
export interface Caps {
  readonly order: string;
  readonly day: string;
}

/** What orders need from outside. */
export interface OrdersDeps {
  store: Store;
  giftCards: CardPlusPay;
  shop: Shop;
  mailbox: Mailbox;
  board: NoticeBoard;
  rules: Rules;
  ledger: Ledger;
  breakages: Breakages;
  /** For what would happen to an order, and why. */
  policies: Pick<Policies, 'of'>;
  members: Members;
  caps: Caps;
  purchaseTimeoutMs: number;
  /** How long an order without an answer is looked for before it counts as not found. */
  reconcileForMs: number;
  /** How long codes are kept after their order was delivered. */
  keepCodesMs: number;
  /** No other process can have the store while this one runs: what it has under way has died with its process. */
  ownsStore: boolean;
  clock: Clock;
  random: RandomBytes;
  log: Log;
}

type Limits = Pick<OrdersDeps, 'purchaseTimeoutMs' | 'reconcileForMs' | 'keepCodesMs'>;

/** What every step of an order's life is given. */
export interface OrdersContext extends Omit<OrdersDeps, 'store' | 'giftCards' | keyof Limits> {
  orders: OrderRepository;
  vault: Vault<SealedAnswer>;
  cases: Records<Case>;
  noticeRecords: Records<Notice>;
  comparisons: Records<Comparison>;
  purging: Records<Purging>;
  killSwitch: KillSwitch;
  vendor: CardPlusPay;
  limits: Limits;
  /** By the store's own key: a code's name in an order, from which nobody gets the code. */
  fingerprint(code: string): string;
  /** Purchases and deliveries that this process has under way, by order id, and the looks for orders (`look/<id>`). */
  running: Keyed;
  /** Word to requesters that is under way, by order id: one after the other. */
  telling: Keyed;
  /** Aborted when the process is about to end: nothing more is begun. */
  stopping: AbortController;
  memory: OrdersMemory;
}

/** The few things that one process remembers. All of them may be lost with it. */
interface OrdersMemory {
  /**
   * Attempts of this process that are over, whose end the store did not take, by their ids. It alone knows of them for
   * certain that nothing more of it will be sent, and how it went; any other process has to wait until nothing can be
   * on its way. `sealed`: the vault has the answer.
   */
  unrecorded: Map<string, PurchaseOutcome | 'sealed'>;
  /** When this process compared the account with what is on record; not yet, without it. */
  comparedAt: number | undefined;
  /** A comparison that is under way. */
  comparing: Keyed;
  /** When orders that wait for approvals were walked last. */
  approvalsSeenAt: number;
  /** The newest purge, which a stop waits for. */
  purged: Promise<void>;
  /** When codes are purged next. */
  purgeDueAt: number;
  /** Orders whose news this process began to tell, and did not record as told: it may be out. */
  toldUnrecorded: Set<string>;
  /** When the cards of approvals were seen to last. */
  approvalCardsSyncedAt: number;
  /** When a case whose word was not taken is tried again. */
  untoldCases: Map<string, { tries: number; nextAt: number }>;
}

export function createContext(deps: OrdersDeps): OrdersContext {
  const { store, giftCards, purchaseTimeoutMs, reconcileForMs, keepCodesMs, ...rest } = deps;
  return {
    ...rest,
    orders: createOrderRepository(store.records('orders', orderSchema)),
    vault: store.vault(sealedAnswerSchema),
    cases: store.records('cases', caseSchema),
    noticeRecords: store.records('notices', noticeSchema),
    comparisons: store.records('books', comparisonSchema),
    purging: store.records('purging', purgingSchema),
    killSwitch: createKillSwitch(store.records('stops', stopSchema), deps),
    vendor: giftCards,
    limits: { purchaseTimeoutMs, reconcileForMs, keepCodesMs },
    fingerprint: (code) => store.fingerprint(code),
    running: createKeyed(),
    telling: createKeyed(),
    stopping: new AbortController(),
    memory: {
      unrecorded: new Map(),
      comparedAt: undefined,
      comparing: createKeyed(),
      approvalsSeenAt: Number.NEGATIVE_INFINITY,
      purged: Promise.resolve(),
      purgeDueAt: 0,
      toldUnrecorded: new Set(),
      approvalCardsSyncedAt: Number.NEGATIVE_INFINITY,
      untoldCases: new Map(),
    },
  };
}
