import type { Campaign } from '../campaigns/index.ts';
import type { Case, Order, Stop } from '../orders/index.ts';
import { type Delegation, type Settings, sentTo } from '../policy/index.ts';
import type { Deed } from './chain.ts';

/** What a record says that somebody did. */
export type NewDeed = Omit<Deed, 'id'>;

/** Each step of an order. Its first one says what was asked for and why, the one that enters `bought` what was charged. */
export function orderDeeds(order: Order): NewDeed[] {
  const { id, reference, requester, guild, quote, remote, fromHand, history } = order;
  const charged = fromHand ? { ...quote.charged, amount: '0' } : remote?.charged;
  const item = `${quote.quantity} × ${quote.name}`;
  const recipient = sentTo(order);
  const about = { order: id, reference, member: requester, ...(recipient && { recipient }), item };
  return history.map(({ at, by, for: behalf, status, why, detail }, index) => {
    const isBought = status === 'bought' && history[index - 1]?.status !== 'bought';
    const amount = index === 0 ? quote.charged : isBought ? charged : undefined;
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
export function settingsDeeds({ guild, changes }: Settings): NewDeed[] {
  return changes.map(({ at, by, field, from, to }) => {
    return { at, guild, by, what: 'settings.changed', change: { field, from, to } };
  });
}

/** Each delegate that an approver named, and each end before its time. */
export function delegationDeeds({ guild, changes }: Delegation): NewDeed[] {
  return changes.map(({ at, by, what, delegate: member }) => {
    return { at, guild, by, what: `delegation.${what}`, about: { member } };
  });
}

/** That a card was reported, and how far its case has come. Codes that were in somebody's words are not. */
export function caseDeeds({ order, reference, guild, reporter, said, history }: Case): NewDeed[] {
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
export function campaignDeeds(campaign: Campaign): NewDeed[] {
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
