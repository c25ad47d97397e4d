import {
  type AuditEntry,
  auditEntrySchema,
  CHAIN,
  REDACTIONS,
  type Redaction,
  redactionSchema,
} from '../audit/index.ts';
import {
  type Campaign,
  type CampaignMessage,
  campaignMessageSchema,
  campaignSchema,
  type Entrants,
  type Entry,
  entrantsSchema,
  entrySchema,
  type Template,
  templateSchema,
} from '../campaigns/index.ts';
import { type Clock, createPseudonyms, type Log, type Pseudonym } from '../lib/index.ts';
import {
  type Case,
  caseSchema,
  type DmStop,
  dmStopSchema,
  type Notice,
  noticeSchema,
  type Order,
  orderSchema,
  type Stop,
  stopSchema,
} from '../orders/index.ts';
import {
  type Budget,
  budgetSchema,
  type Delegation,
  delegationSchema,
  type Settings,
  settingsSchema,
} from '../policy/index.ts';
import type { Records, Store } from '../store/index.ts';
import { type Erasure, erasureSchema, type Swept, sweptSchema } from './records.ts';

export interface PrivacyDeps {
  readonly store: Pick<Store, 'records' | 'fingerprint' | 'emptyLog'>;
  /** Its approvers read what concerns the whole account. */
  readonly ownerGuild: string;
  /** How long what is over still says who it was, after they asked to be erased. */
  readonly eraseAfterMs: number;
  /** How long what is over says who it was, for everybody; without it: as long as nobody asks to be erased. */
  readonly keepPeopleMs?: number | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** What waits for months need not be looked at every few seconds. */
export const IDLE_MS = 60_000;

/** What the functions of this folder work on. */
export interface PrivacyContext extends Omit<PrivacyDeps, 'store'> {
  readonly emptyLog: Store['emptyLog'];
  readonly pseudonym: Pseudonym;
  readonly erasures: Records<Erasure>;
  readonly swept: Records<Swept>;
  readonly chain: { readonly records: Records<AuditEntry>; readonly ownerGuild: string };
  readonly redactions: Records<Redaction>;
  readonly orders: Records<Order>;
  readonly cases: Records<Case>;
  readonly notices: Records<Notice>;
  readonly stops: Records<Stop>;
  readonly dmStops: Records<DmStop>;
  readonly campaigns: Records<Campaign>;
  readonly entries: Records<Entry>;
  readonly draws: Records<Entrants>;
  readonly calls: Records<CampaignMessage>;
  readonly templates: Records<Template>;
  readonly settings: Records<Settings>;
  readonly delegations: Records<Delegation>;
  readonly budgets: Records<Budget>;
  readonly memory: {
    isStopping: boolean;
    /** The round that is under way. */
    round: Promise<void> | undefined;
    /** How far this process has come with whom, by erasure. All of it may be lost with it: it begins anew then. */
    passes: Map<string, AsyncGenerator<boolean, void>>;
    sweep: AsyncGenerator<boolean, void> | undefined;
    /** Where nothing was to be done, nobody looks again before that. */
    idleUntil: { erasures: number; sweep: number };
  };
}

export function createPrivacyContext({ store, ...deps }: PrivacyDeps): PrivacyContext {
  const { records } = store;
  return {
    ...deps,
    emptyLog: () => store.emptyLog(),
    pseudonym: createPseudonyms((text) => store.fingerprint(text)),
    erasures: records('erasures', erasureSchema),
    swept: records('retention', sweptSchema),
    chain: { records: records(CHAIN, auditEntrySchema), ownerGuild: deps.ownerGuild },
    redactions: records(REDACTIONS, redactionSchema),
    orders: records('orders', orderSchema),
    cases: records('cases', caseSchema),
    notices: records('notices', noticeSchema),
    stops: records('stops', stopSchema),
    dmStops: records('dmStops', dmStopSchema),
    campaigns: records('campaigns', campaignSchema),
    entries: records('entries', entrySchema),
    draws: records('draws', entrantsSchema),
    calls: records('campaignMessages', campaignMessageSchema),
    templates: records('templates', templateSchema),
    settings: records('settings', settingsSchema),
    delegations: records('delegations', delegationSchema),
    budgets: records('budgets', budgetSchema),
    memory: {
      isStopping: false,
      round: undefined,
      passes: new Map(),
      sweep: undefined,
      idleUntil: { erasures: 0, sweep: 0 },
    },
  };
}
