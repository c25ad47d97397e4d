import type { Account, Shop } from '../catalog/index.ts';
import {
  type Clock,
  createKeyed,
  createPseudonyms,
  type Directory,
  type Keyed,
  type Log,
  type Pseudonym,
} from '../lib/index.ts';
import {
  type Caps,
  type Notice,
  type NoticeBoard,
  noticeSchema,
  type Orders,
  type RandomBytes,
} from '../orders/index.ts';
import {
  createHoldRounds,
  type HoldRounds,
  type Ledger,
  type Places,
  type Policies,
  type Rules,
} from '../policy/index.ts';
import type { Records, Store } from '../store/index.ts';
import { createEntryRepository, type EntryRepository } from './claim/entries.ts';
import { createSlotAllocator, type SlotAllocator } from './claim/slot-allocator.ts';
import { type CampaignMessage, campaignMessageSchema } from './messages/record.ts';
import { campaignSchema } from './model/campaign.ts';
import { type Entrants, entrantsSchema, entrySchema, type OrderCounts } from './model/entry.ts';
import type { CampaignBoard } from './model/ports.ts';
import { type Template, templateSchema } from './model/template.ts';
import { type CampaignRepository, createCampaignRepository } from './repository.ts';

/** What campaigns need from outside. */
export interface CampaignsDeps {
  store: Pick<Store, 'records' | 'fingerprint'>;
  account: Account;
  shop: Shop;
  orders: Orders;
  rules: Rules;
  ledger: Ledger;
  policies: Pick<Policies, 'of'>;
  places: Pick<Places, 'channel' | 'goneRoles'>;
  board: Pick<NoticeBoard, 'approvalChannel'>;
  campaignBoard: CampaignBoard;
  directory: Directory;
  /** The operator's caps, as amounts in the account's currency. */
  caps: Caps;
  clock: Clock;
  random: RandomBytes;
  log: Log;
}

/** What every step of a campaign's life is given. */
export interface CampaignsContext extends Omit<CampaignsDeps, 'store'> {
  campaigns: CampaignRepository;
  entries: EntryRepository;
  /** Who is in which draw, by campaign. */
  draws: Records<Entrants>;
  messageRecords: Records<CampaignMessage>;
  /** Campaigns kept under a name, by their ids. */
  templates: Records<Template>;
  /** What admins are told. */
  noticeRecords: Records<Notice>;
  /**
   * The secret seed of a campaign's draw: keyed by a secret of the store, so that nobody can know it before it is
   * published, and no crash can lose it.
   */
  seedOf(campaign: string): string;
  /** Under which name somebody stays on record whose own was erased. */
  pseudonym: Pseudonym;
  slots: SlotAllocator;
  /** What this process has under way: campaigns by their ids, and their messages (`messages/<id>`). */
  running: Keyed;
  /** Aborted when the process is about to end: nothing more is begun. */
  stopping: AbortController;
  /** The few things that one process remembers. All of them may be lost with it. */
  memory: {
    /** Campaigns that are to be moved on, and whose run has not begun yet: it sees all that has happened by then. */
    queued: Set<string>;
    /** By campaign: the orders that have ended and are counted, until it is over. */
    counted: Map<string, OrderCounts>;
    /** By campaign: until when its messages need not be looked at, unless it takes a step. */
    looked: Map<string, { steps: number; until: number }>;
    /** Campaigns whose messages are to be made true at once, and were not looked at since. */
    awaited: Set<string>;
    /** Offers and requests that are being made, by whose they are. */
    offering: Keyed;
    /** By campaign: when its channel was looked at last. */
    placesSeen: Map<string, number>;
    /** When messages that change slowly were looked at last. */
    slowSeenAt: number;
    /** What is held in budgets, a part in each round. */
    heldNext: HoldRounds;
  };
}

export function createContext({ store, ...deps }: CampaignsDeps): CampaignsContext {
  const entries = createEntryRepository(store.records('entries', entrySchema));
  return {
    ...deps,
    campaigns: createCampaignRepository(store.records('campaigns', campaignSchema)),
    entries,
    draws: store.records('draws', entrantsSchema),
    messageRecords: store.records('campaignMessages', campaignMessageSchema),
    templates: store.records('templates', templateSchema),
    noticeRecords: store.records('notices', noticeSchema),
    seedOf: (campaign) => store.fingerprint(`draw/${campaign}`),
    pseudonym: createPseudonyms((text) => store.fingerprint(text)),
    slots: createSlotAllocator(entries),
    running: createKeyed(),
    stopping: new AbortController(),
    memory: {
      queued: new Set(),
      counted: new Map(),
      looked: new Map(),
      awaited: new Set(),
      offering: createKeyed(),
      placesSeen: new Map(),
      slowSeenAt: Number.NEGATIVE_INFINITY,
      heldNext: createHoldRounds(deps.ledger),
    },
  };
}
