import { type Campaign, campaignGuard, campaignSchema, isSettled } from '../campaigns/index.ts';
import { UNAUDITED } from '../lib/index.ts';
import {
  type Case,
  caseGuard,
  caseSchema,
  holdsOf,
  type Order,
  orderSchema,
  type Stop,
  stopGuard,
  stopSchema,
  tagsOf,
} from '../orders/index.ts';
import {
  type Delegation,
  delegationGuard,
  delegationKey,
  delegationSchema,
  type Settings,
  sentTo,
  settingsGuard,
  settingsSchema,
} from '../policy/index.ts';
import type { Records, Store } from '../store/index.ts';
import type { Deed } from './chain.ts';

/**
 * Where deeds are on record before they are in the chain. The record is the truth and says each deed in the same write
 * that does it; the chain follows. So a crash between the two loses nothing: the record still stands under `UNAUDITED`.
 */
export interface AuditSource {
  /** First part of the ids of its deeds, without a slash. Never changes, for the ids are in the chain. */
  readonly name: string;
  /** Of at most so many records that the chain lacks something of: what it lacks. */
  unaudited(limit: number): Promise<Unaudited[]>;
  /** All that a record says now, and how much of it is said to be in the chain; undefined when there is none such. */
  recall(key: string): Promise<Recalled | undefined>;
}

export interface Unaudited {
  /** Oldest first. */
  readonly deeds: readonly Deed[];
  /** To be called once all of them are in the chain. */
  done(): Promise<void>;
}

export interface Recalled {
  readonly deeds: readonly Deed[];
  readonly audited: number;
}

interface Audited {
  version: number;
  audited?: number | undefined;
}

type NewDeed = Omit<Deed, 'id'>;

interface Namespace<T extends Audited> {
  name: string;
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
  /** All tags and holds that the record is to have: the same as wherever else it is written. */
  guardOf(record: Omit<T, 'version'>): { tags: readonly string[]; holds: readonly string[] };
}

/** The source that records of one namespace are. */
function createAuditSource<T extends Audited>(namespace: Namespace<T>): AuditSource {
  const { name, records, keyOf, guardOf } = namespace;

  const deedsOf = (record: T): Deed[] =>
    namespace.deedsOf(record).map((deed, index) => ({
      ...deed,
      id: `${name}/${keyOf(record)}/${index}`,
    }));

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
    async unaudited(limit) {
      const page = await records.tagged(UNAUDITED, { limit });
      return page.records.map((record) => {
        const deeds = deedsOf(record);
        return {
          deeds: deeds.slice(record.audited ?? 0),
          done: () => mark(keyOf(record), deeds.length),
        };
      });
    },
    async recall(key) {
      const record = await records.get(key);
      return record && { deeds: deedsOf(record), audited: record.audited ?? 0 };
    },
  };
}

/** Source, record and position that a deed's id names. */
export function parseDeedId(id: string): { source: string; key: string; index: number } {
  const [first, last] = [id.indexOf('/'), id.lastIndexOf('/')];
  return {
    source: id.slice(0, first),
    key: id.slice(first + 1, last),
    index: Number(id.slice(last + 1)),
  };
}

/** Everything that the audit tells of. What else is to be in it has its line here. */
export function everySource(store: Pick<Store, 'records'>): AuditSource[] {
  return [
    createAuditSource({
      name: 'order',
      records: store.records('orders', orderSchema),
      keyOf: ({ id }) => id,
      deedsOf: orderDeeds,
      guardOf: (order) => ({ tags: tagsOf(order as Order), holds: holdsOf(order as Order) }),
    }),
    createAuditSource({
      name: 'stop',
      records: store.records('stops', stopSchema),
      keyOf: ({ id }) => id,
      deedsOf: stopDeeds,
      guardOf: stopGuard,
    }),
    createAuditSource({
      name: 'settings',
      records: store.records('settings', settingsSchema),
      keyOf: ({ guild }) => guild,
      deedsOf: settingsDeeds,
      guardOf: settingsGuard,
    }),
    createAuditSource({
      name: 'delegation',
      records: store.records('delegations', delegationSchema),
      keyOf: (delegation: Delegation) => delegationKey(delegation),
      deedsOf: delegationDeeds,
      guardOf: delegationGuard,
    }),
    createAuditSource({
      name: 'case',
      records: store.records('cases', caseSchema),
      keyOf: ({ id }) => id,
      deedsOf: caseDeeds,
      guardOf: caseGuard,
    }),
    createAuditSource<Campaign>({
      name: 'campaign',
      records: store.records('campaigns', campaignSchema),
      keyOf: ({ id }) => id,
      deedsOf: campaignDeeds,
      guardOf: (campaign) => campaignGuard(campaign, isSettled(campaign)),
    }),
  ];
}

/** Each step of an order. Its first one says what was asked for and why, the one that enters `bought` what was charged. */
export function orderDeeds(order: Order): NewDeed[] {
  const { id, reference, requester, guild, quote, remote, history } = order;
  const item = `${quote.quantity} × ${quote.name}`;
  const recipient = sentTo(order);
  const about = { order: id, reference, member: requester, ...(recipient && { recipient }), item };
  return history.map(({ at, by, for: behalf, status, why, detail }, index) => {
    const isBought = status === 'bought' && history[index - 1]?.status !== 'bought';
    const amount = index === 0 ? quote.charged : isBought ? remote?.charged : undefined;
    const words = detail ?? (index === 0 ? order.reason : undefined);
    return {
      at,
      guild,
      by,
      what: `order.${status}`,
      about,
      ...(behalf !== undefined && { for: behalf }),
      ...(why && { why }),
      ...(words !== undefined && { detail: words }),
      ...(amount && { amount }),
    };
  });
}

/** That purchases were stopped, and that they were resumed. It concerns the whole account, so it has no guild. */
export function stopDeeds({ at, by, why, detail, resumed }: Stop): NewDeed[] {
  return [
    { at, by, what: 'stop.stopped', why, ...(detail !== undefined && { detail }) },
    ...(resumed ? [{ at: resumed.at, by: resumed.by, what: 'stop.resumed' }] : []),
  ];
}

/** Each setting that was changed, from what to what. */
function settingsDeeds({ guild, changes }: Settings): NewDeed[] {
  return changes.map(({ at, by, field, from, to }) => {
    return { at, guild, by, what: 'settings.changed', change: { field, from, to } };
  });
}

/** Each delegate that an approver named, and each end before its time. */
function delegationDeeds({ guild, changes }: Delegation): NewDeed[] {
  return changes.map(({ at, by, what, delegate: member }) => {
    return { at, guild, by, what: `delegation.${what}`, about: { member } };
  });
}

/** That a card was reported, and how far its case has come. Codes that were in somebody's words are not. */
function caseDeeds({ order, reference, guild, reporter, said, history }: Case): NewDeed[] {
  const about = { order, reference, member: reporter };
  return history.map(({ at, by, state, detail }, index) => {
    const words = index === 0 ? said : detail;
    const deed = { at, guild, by, what: `case.${state}`, about };
    return words === undefined ? deed : { ...deed, detail: words };
  });
}

/**
 * Each step of a campaign. Who got what, its orders tell one by one. What it gives for how much may be offered anew
 * later, so each deed says what its own step says.
 */
function campaignDeeds(campaign: Campaign): NewDeed[] {
  const { id, reference, requester, guild, history } = campaign;
  const about = { campaign: id, reference, member: requester };
  return history.map(({ at, by, for: behalf, state, why, detail, offered }) => {
    // What is in the way is said by a code.
    const isBlocked = why === 'blocked' && detail !== undefined;
    const because = isBlocked ? detail : why;
    return {
      at,
      guild,
      by,
      what: `campaign.${state}`,
      about: { ...about, ...(offered && { item: offered.item }) },
      ...(behalf !== undefined && { for: behalf }),
      ...(because !== undefined && { why: because }),
      ...(detail !== undefined && !isBlocked && { detail }),
      ...(offered && { amount: offered.charged }),
    };
  });
}
