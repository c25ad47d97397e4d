import { type Campaign, campaignGuard, campaignSchema } from '../campaigns/index.ts';
import { UNAUDITED } from '../lib/index.ts';
import {
  caseGuard,
  caseSchema,
  holdsOf,
  type Order,
  orderSchema,
  stopGuard,
  stopSchema,
  tagsOf,
} from '../orders/index.ts';
import {
  type Delegation,
  delegationGuard,
  delegationKey,
  delegationSchema,
  settingsGuard,
  settingsSchema,
} from '../policy/index.ts';
import { type Records, type Store, walk } from '../store/index.ts';
import type { Deed } from './chain.ts';
import {
  campaignDeeds,
  caseDeeds,
  delegationDeeds,
  type NewDeed,
  orderDeeds,
  settingsDeeds,
  stopDeeds,
} from './deeds.ts';
import { isAtItsLastStep, isDelegationExplained, isPolicyExplained } from './explained.ts';
import { REDACTIONS, type Redaction, redactionDeeds, redactionGuard, redactionSchema } from './redact.ts';
import { createStoreSource } from './store-source.ts';

/**
 * Where deeds are on record before they are in the chain. The record is the truth and says each deed in the same write
 * that does it; the chain follows. So a crash between the two loses nothing: the record still stands under `UNAUDITED`.
 */
export interface AuditSource {
  /** First part of the ids of its deeds, without a slash. Never changes, for the ids are in the chain. */
  readonly name: string;
  /** Where its records are; none, where it has none of its own. */
  readonly namespace?: string;
  /** Of at most so many records that the chain lacks something of: what it lacks. */
  unaudited(limit: number): Promise<Unaudited[]>;
  /** What a record says now; undefined when there is none such. */
  recall(key: string): Promise<Recalled | undefined>;
}

interface Recalled {
  /** All of it, oldest first. */
  readonly deeds: readonly Deed[];
  /** How much of it is said to be in the chain. */
  readonly audited: number;
  /** Whether what it is now is what it says that was done. */
  readonly isExplained: boolean;
}

export interface Unaudited {
  /** Oldest first. */
  readonly deeds: readonly Deed[];
  /** To be called once all of them are in the chain. */
  done(): Promise<void>;
}

interface Audited {
  version: number;
  audited?: number | undefined;
}

interface Namespace<T extends Audited> {
  name: string;
  namespace: string;
  /**
   * Records with a field `audited: z.int().min(0).optional()`, each written under `auditTags(record, how many deeds)`
   * beside its own tags.
   */
  records: Pick<Records<T>, 'get' | 'write' | 'tagged'>;
  keyOf(record: T): string;
  /**
   * All that the record says, oldest first. Later records only add to it: what a deed said once, it says for ever, or
   * `npm run audit-verify` calls it changed.
   */
  deedsOf(record: T): readonly NewDeed[];
  /** Whether what the record is now follows from what it says that was done. */
  isExplained(record: T): boolean;
  /** All tags and holds that the record is to have: the same as wherever else it is written. */
  guardOf(record: Omit<T, 'version'>): { tags: readonly string[]; holds: readonly string[] };
}

/** The source that records of one namespace are. */
function createAuditSource<T extends Audited>(namespace: Namespace<T>): AuditSource {
  const { name, records, keyOf, guardOf, isExplained } = namespace;

  const deedsOf = (record: T): Deed[] =>
    namespace.deedsOf(record).map((deed, index) => ({ ...deed, id: `${name}/${keyOf(record)}/${index}` }));

  /** Changes nothing else, and nothing that was written meanwhile. */
  async function mark(key: string, audited: number): Promise<void> {
    const known = await records.get(key);
    if (!known || (known.audited ?? 0) >= audited) return;
    const { version: seen, ...rest } = known;
    const next = { ...rest, audited } as Omit<T, 'version'>;
    const written = await records.write(key, next, { seen, ...guardOf(next) });
    if (written.ok) return;
    if (written.reason === 'held') throw new Error(`${name}/${key} has lost ${written.hold}`);
    return mark(key, audited);
  }

  return {
    name,
    namespace: namespace.namespace,
    async unaudited(limit) {
      const found: Unaudited[] = [];
      // What cannot be read stands in the list for good, and keeps nothing else from the chain.
      for await (const record of walk(records, UNAUDITED)) {
        const deeds = deedsOf(record);
        found.push({ deeds: deeds.slice(record.audited ?? 0), done: () => mark(keyOf(record), deeds.length) });
        if (found.length === limit) break;
      }
      return found;
    },
    async recall(key) {
      const record = await records.get(key);
      if (!record) return undefined;
      return { deeds: deedsOf(record), audited: record.audited ?? 0, isExplained: isExplained(record) };
    },
  };
}

/** Source, record and position that a deed's id names. */
export function parseDeedId(id: string): { source: string; key: string; index: number } {
  const [first, last] = [id.indexOf('/'), id.lastIndexOf('/')];
  return { source: id.slice(0, first), key: id.slice(first + 1, last), index: Number(id.slice(last + 1)) };
}

/** Everything that the audit tells of. What else is to be in it has its line here. */
export function everySource(store: Pick<Store, 'records' | 'authentic'>): AuditSource[] {
  return [
    createStoreSource(store),
    createAuditSource({
      name: 'order',
      namespace: 'orders',
      isExplained: isAtItsLastStep,
      records: store.records('orders', orderSchema),
      keyOf: ({ id }) => id,
      deedsOf: orderDeeds,
      guardOf: (order) => ({ tags: tagsOf(order as Order), holds: holdsOf(order as Order) }),
    }),
    createAuditSource({
      name: 'stop',
      namespace: 'stops',
      isExplained: () => true,
      records: store.records('stops', stopSchema),
      keyOf: ({ id }) => id,
      deedsOf: stopDeeds,
      guardOf: stopGuard,
    }),
    createAuditSource({
      name: 'settings',
      namespace: 'settings',
      isExplained: isPolicyExplained,
      records: store.records('settings', settingsSchema),
      keyOf: ({ guild }) => guild,
      deedsOf: settingsDeeds,
      guardOf: settingsGuard,
    }),
    createAuditSource({
      name: 'delegation',
      namespace: 'delegations',
      isExplained: isDelegationExplained,
      records: store.records('delegations', delegationSchema),
      keyOf: (delegation: Delegation) => delegationKey(delegation),
      deedsOf: delegationDeeds,
      guardOf: delegationGuard,
    }),
    createAuditSource({
      name: 'case',
      namespace: 'cases',
      isExplained: isAtItsLastStep,
      records: store.records('cases', caseSchema),
      keyOf: ({ id }) => id,
      deedsOf: caseDeeds,
      guardOf: caseGuard,
    }),
    createAuditSource<Campaign>({
      name: 'campaign',
      namespace: 'campaigns',
      isExplained: isAtItsLastStep,
      records: store.records('campaigns', campaignSchema),
      keyOf: ({ id }) => id,
      deedsOf: campaignDeeds,
      guardOf: campaignGuard,
    }),
    createAuditSource<Redaction>({
      name: 'privacy',
      namespace: REDACTIONS,
      isExplained: () => true,
      records: store.records(REDACTIONS, redactionSchema),
      keyOf: ({ name }) => name,
      deedsOf: redactionDeeds,
      guardOf: (redaction) => redactionGuard(redaction as Redaction),
    }),
  ];
}
