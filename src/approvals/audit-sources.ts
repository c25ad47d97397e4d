import type { Case } from '../orders/case.ts';
import { caseGuard, caseSchema } from '../orders/case.ts';
import { sentTo } from '../orders/gift.ts';
import type { Order } from '../orders/order.ts';
import { orderSchema } from '../orders/order.ts';
import { tagsOf } from '../orders/order-book.ts';
import { holdsOf } from '../orders/order-holds.ts';
import type { Stop } from '../orders/stops.ts';
import { stopGuard, stopSchema } from '../orders/stops.ts';
import type { Store } from '../store/open.ts';
import type { Deed } from './audit-entry.ts';
import type { AuditSource } from './audit-source.ts';
import { createAuditSource } from './audit-source.ts';
import type { Delegation } from './delegates.ts';
import { delegationGuard, delegationKey, delegationSchema } from './delegates.ts';
import type { Settings } from './policies.ts';
import { settingsGuard, settingsSchema } from './policies.ts';

/** Everything that the audit tells of. What else is to be in it has its line here. */
export function auditSources(store: Pick<Store, 'records'>): AuditSource[] {
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
  ];
}

type NewDeed = Omit<Deed, 'id'>;

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
      ...{ at, guild, by, what: `order.${status}`, about },
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
export function settingsDeeds({ guild, changes }: Settings): NewDeed[] {
  return changes.map(({ at, by, field, from, to }) => ({
    ...{ at, guild, by, what: 'settings.changed', change: { field, from, to } },
  }));
}

/** Each delegate that an approver named, and each end before its time. */
export function delegationDeeds({ guild, changes }: Delegation): NewDeed[] {
  return changes.map(({ at, by, what, delegate }) => ({
    ...{ at, guild, by, what: `delegation.${what}`, about: { member: delegate } },
  }));
}

/** That a card was reported, and how far its case has come. Codes that were in somebody's words are not. */
export function caseDeeds({ order, reference, guild, reporter, said, history }: Case): NewDeed[] {
  const about = { order, reference, member: reporter };
  return history.map(({ at, by, state, detail }, index) => {
    const words = index === 0 ? said : detail;
    return {
      ...{ at, guild, by, what: `case.${state}`, about },
      ...(words !== undefined && { detail: words }),
    };
  });
}
