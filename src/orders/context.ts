import type { CardPlusPay } from '../cardpluspay/index.ts';
import type { Shop, VendorSeen } from '../catalog/index.ts';
import { type Clock, createKeyed, type Keyed, type Log, type Members } from '../lib/index.ts';
import { type Metrics, noMetrics } from '../monitoring/index.ts';
import {
  type Breakages,
  createHoldRounds,
  type HoldRounds,
  type Ledger,
  type Policies,
  type Rules,
} from '../policy/index.ts';
import type { Records, Store, Vault } from '../store/index.ts';
import { type Case, caseSchema } from './model/case.ts';
import type { RandomBytes } from './model/ids.ts';
import {
  createDmStops,
  createKillSwitch,
  type DmStops,
  dmStopSchema,
  type KillSwitch,
  stopSchema,
} from './model/kill-switch.ts';
import { type Notice, noticeSchema } from './model/notice.ts';
import { orderSchema } from './model/order.ts';
import type { PurchaseOutcome } from './model/outcome.ts';
import type { Mailbox, NoticeBoard } from './model/ports.ts';
import { type SealedAnswer, sealedAnswerSchema } from './model/raw-answer.ts';
import {
  type Comparison,
  comparisonSchema,
  type LaneRecord,
  laneSchema,
  type Purging,
  purgingSchema,
} from './model/records.ts';
import { type Alerts, alertSchema, createAlerts } from './notify/alerts/alert.ts';
import type { Need } from './notify/alerts/forecast.ts';
import { type CensusRound, newCensusRound } from './notify/census-round.ts';
import { createGate, FLIGHTS, type Gate, TURNS } from './purchase/gate.ts';
import { createReads, type Reads } from './purchase/reads.ts';
import { createOrderRepository, type OrderRepository } from './repository.ts';

/** The operator's caps over all guilds (`MAX_ORDER_TOTAL`, `MAX_DAY_TOTAL`), as amounts in the account's currency. */
export interface Caps {
  readonly order: string;
  readonly day: string;
}

/** `strangers`: also people whom the bot has never sent a code by direct message. */
export interface CampaignDms {
  readonly to: 'known' | 'strangers';
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
  /** What is known of the account anyway. */
  seen: VendorSeen;
  /** The server whose admins hear of the account. */
  ownerGuild: string;
  /** What campaigns that were decided about may still cost. */
  upcomingNeeds(): Promise<readonly Need[]>;
  /** With less room than this on its disk the store is nearly full. */
  lowDiskBytes: number;
  /** Cards of campaigns go out by direct message as well, and to whom. Without it: none. */
  campaignDms?: CampaignDms | undefined;
  /** No other process can have the store while this one runs: what it has under way has died with its process. */
  ownsStore: boolean;
  /** Processes of other shards are at orders of this store all the time. */
  hasPeers?: boolean;
  metrics?: Metrics;
  clock: Clock;
  random: RandomBytes;
  log: Log;
}

type Limits = Pick<OrdersDeps, 'purchaseTimeoutMs' | 'reconcileForMs' | 'keepCodesMs'>;

/** What every step of an order's life is given. */
export interface OrdersContext extends Omit<OrdersDeps, 'store' | 'giftCards' | 'metrics' | keyof Limits> {
  metrics: Metrics;
  orders: OrderRepository;
  vault: Vault<SealedAnswer>;
  cases: Records<Case>;
  noticeRecords: Records<Notice>;
  comparisons: Records<Comparison>;
  purging: Records<Purging>;
  lanes: Records<LaneRecord>;
  killSwitch: KillSwitch;
  dmStops: DmStops;
  alerts: Alerts;
  vendor: CardPlusPay;
  limits: Limits;
  /** By the store's own key: a code's name in an order, from which nobody gets the code. */
  fingerprint(code: string): string;
  /** Purchases and deliveries that this process has under way, by order id, and the looks for orders (`look/<id>`). */
  running: Keyed;
  /** Who is checked and bought now, and who is out: the others stand in line. */
  turns: Gate;
  flights: Gate;
  /** Orders that wait for a lane to open, one behind the other, by lanes. */
  queues: Keyed;
  reads: Reads;
  /** Word to requesters that is under way, by order id: one after the other. */
  telling: Keyed;
  /** How codes reach people: direct messages of campaigns (`campaigns`), which nobody waits for, and reveals (`reveal/<id>`), one after the other. */
  messaging: Keyed;
  /** Records, of whatever namespace, that this process has met and could not read. */
  unreadable: Store['unreadable'];
  /** The room on the store's disk. */
  space: Store['space'];
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
  /** Lanes that take several, as this process has seen: no older version flies in them any more. */
  lanes: Set<string>;
  /** Resolves when a look of this process at a lane is over, by lanes. */
  bells: Map<string, PromiseWithResolvers<void>>;
  /** When this process compared the account with what is on record; not yet, without it. */
  comparedAt: number | undefined;
  /** A comparison that is under way. */
  comparing: Keyed;
  /** What is held in budgets, a part in each round. */
  heldNext: HoldRounds;
  /** When orders that wait for approvals were walked last. */
  approvalsSeenAt: number;
  /** The newest purge, which a stop waits for. */
  purged: Promise<void>;
  /** When codes are purged next. */
  purgeDueAt: number;
  /** Offers and requests that are being made, by whose they are. */
  offering: Keyed;
  /** Orders whose news this process began to tell, and did not record as told: it may be out. */
  toldUnrecorded: Set<string>;
  /** When the cards of approvals were seen to last. */
  approvalCardsSyncedAt: number;
  /** A look for alerts that is under way; when the last one was, and at what. */
  lookingForAlerts: Keyed;
  alertsSeen: { at: number; news: string };
  /** Notices of records that cannot be read, which this process has seen to. */
  toldUnreadable: Set<string>;
  /** When a case whose word was not taken is tried again. */
  untoldCases: Map<string, { tries: number; nextAt: number }>;
  /** Orders of the processes of other shards, which this one takes further: it may be that they still show them. */
  takenOver: Set<string>;
  /** Orders of campaigns whose people are to have a direct message as well. */
  toMessage: Set<string>;
  /** How far orders that have not ended were counted, for whoever measures them. */
  census: CensusRound;
}

export function createContext(deps: OrdersDeps): OrdersContext {
  const { store, giftCards, purchaseTimeoutMs, reconcileForMs, keepCodesMs, metrics = noMetrics, ...rest } = deps;
  return {
    ...rest,
    metrics,
    orders: createOrderRepository(store.records('orders', orderSchema), metrics),
    vault: store.vault(sealedAnswerSchema),
    cases: store.records('cases', caseSchema),
    noticeRecords: store.records('notices', noticeSchema),
    comparisons: store.records('books', comparisonSchema),
    purging: store.records('purging', purgingSchema),
    lanes: store.records('lanes', laneSchema),
    killSwitch: createKillSwitch(store.records('stops', stopSchema), deps),
    dmStops: createDmStops(store.records('dmStops', dmStopSchema), deps),
    alerts: createAlerts(store.records('alerts', alertSchema), deps),
    vendor: giftCards,
    limits: { purchaseTimeoutMs, reconcileForMs, keepCodesMs },
    fingerprint: (code) => store.fingerprint(code),
    unreadable: store.unreadable,
    space: () => store.space(),
    running: createKeyed(),
    turns: createGate(TURNS),
    flights: createGate(FLIGHTS),
    queues: createKeyed(),
    reads: createReads(),
    telling: createKeyed(),
    messaging: createKeyed(),
    stopping: new AbortController(),
    memory: {
      unrecorded: new Map(),
      lanes: new Set(),
      bells: new Map(),
      comparedAt: undefined,
      comparing: createKeyed(),
      heldNext: createHoldRounds(deps.ledger),
      approvalsSeenAt: Number.NEGATIVE_INFINITY,
      purged: Promise.resolve(),
      purgeDueAt: 0,
      offering: createKeyed(),
      toldUnrecorded: new Set(),
      approvalCardsSyncedAt: Number.NEGATIVE_INFINITY,
      lookingForAlerts: createKeyed(),
      alertsSeen: { at: Number.NEGATIVE_INFINITY, news: '' },
      toldUnreadable: new Set(),
      untoldCases: new Map(),
      takenOver: new Set(),
      toMessage: new Set(),
      census: newCensusRound(),
    },
  };
}
