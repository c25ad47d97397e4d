import Big from 'big.js';
import type { Campaign } from '../../../src/campaigns/model/campaign.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import type { Facts, FinalInvariant, Invariant } from '../facts.ts';
import { inForce } from './policy-words.ts';

/** What costs nothing to ask for takes nothing from others: a member who asks without end is among the people here. */

const undecidedOrder = ({ status }: Order): boolean => status === 'quoted' || status === 'awaiting_approval';
const undecidedCampaign = ({ state }: Campaign): boolean => state === 'planned' || state === 'awaiting_approval';

/** What was offered, and nothing else: nobody took it, asked others, or had it bought. */
const untaken = ['quoted', 'planned', 'cancelled', 'expired'];

/** What may be taken off the record for good. */
export function removedWrongly({ orders, campaigns }: Facts, namespace: string, key: string): string[] {
  const order = orders.get(key)?.order;
  const campaign = campaigns.get(namespace === 'entries' ? (key.split('.')[0] ?? '') : key);
  const steps = [
    ...(order?.history ?? []).map(({ status }) => status),
    ...(campaign?.history ?? []).map(({ state }) => state),
  ];
  const isKnown = order !== undefined || campaign !== undefined;
  return isKnown && steps.every((step) => untaken.includes(step)) ? [] : [`${namespace}/${key} was removed`];
}

/** Somebody said yes to it, or is just saying so. A repetition of a campaign begins by itself. */
function isBeingDecided({ presses }: Facts, id: string, follows?: string): boolean {
  const yes = ['confirm', 'approve'];
  return follows !== undefined || presses.some(({ press, order }) => order === id && yes.includes(press));
}

/** The operator's day counts nothing that nobody has decided about. */
export const dayCountsDecided: Invariant = (facts) =>
  [...facts.budgets].flatMap(([key, { held }]) => {
    if (key.startsWith('guild/')) return [];
    return Object.keys(held).flatMap((id) => {
      const order = facts.orders.get(id)?.order;
      const campaign = facts.campaigns.get(id);
      const isUndecided = (order && undecidedOrder(order)) || (campaign && undecidedCampaign(campaign));
      return isUndecided && !isBeingDecided(facts, id, campaign?.follows)
        ? [`${key} counts ${id}, about which nobody has decided`]
        : [];
    });
  });

/** Everything of a member that waits for approval, and since when it does. */
function requestsOf(facts: Facts): { id: string; requester: string; since: number }[] {
  const waiting = [
    ...[...facts.orders.values()].flatMap(({ order }) => (order.status === 'awaiting_approval' ? order : [])),
    ...[...facts.campaigns.values()].filter(({ state }) => state === 'awaiting_approval'),
  ];
  return waiting.map(({ id, requester, history }) => ({ id, requester, since: history[0]?.at ?? 0 }));
}

/** Half of what a budget was when the first of them was asked for, or has been since. */
function partOf(facts: Facts, key: string, since: number): number {
  const [, place, id, period] = placeIn(key);
  const limits = inForce(facts, since, facts.now).flatMap(({ budgets }) =>
    budgets.filter(({ scope, period: each }) => {
      const isPlace = place === 'guild' ? scope.kind === 'guild' : scope.kind === 'role' && scope.id === id;
      return isPlace && each === period;
    }),
  );
  return Math.max(0, ...limits.map(({ limit }) => Number(limit))) / 2;
}

/** `guild/guild/day/…` and `guild/role/<id>/day/…`. */
function placeIn(key: string): [string, string, string, string] {
  const [guild = '', place = '', ...rest] = key.split('/');
  const [id = '', period = ''] = place === 'guild' ? ['', rest[0]] : rest;
  return [guild, place, id, period];
}

/** Of a budget that others spend from as well, all undecided requests of one member hold no more than their part. */
export const requestsKeepTheirPart: Invariant = (facts) => {
  const requests = requestsOf(facts);
  if (requests.length === 0) return [];
  return [...facts.budgets].flatMap(([key, { held }]) => {
    if (!/^guild\/(guild|role)\//.test(key)) return [];
    const there = Map.groupBy(
      requests.filter(({ id }) => held[id] !== undefined),
      ({ requester }) => requester,
    );
    return [...there].flatMap(([requester, theirs]) => {
      const sum = theirs.reduce((total, { id }) => total.plus(held[id] ?? 0), Big(0));
      const most = partOf(facts, key, Math.min(...theirs.map(({ since }) => since)));
      return sum.gt(most)
        ? [`${key}: requests of ${requester} hold ${sum.toFixed()} of it, and ${most} is theirs`]
        : [];
    });
  });
};

/** Where somebody else ended it, it stays on record who did. */
const isTheirOwn = (by: string, requester: string): boolean => by === requester || by === 'cardigan';

/** A round may not have come to it yet. */
const ROUND_MS = 60_000;

/** Once it is over, nothing is left of what nobody took: no record, and no entry in the audit of what is not on record. */
export const untakenLeaveNothing: FinalInvariant = ({ orders, campaigns, chain, now }) => {
  const left = [
    ...[...orders.values()].flatMap(({ order: { id, status, quote, history, insteadOf, requester } }) =>
      insteadOf === undefined &&
      !(status === 'quoted' && now < quote.expiresAt + ROUND_MS) &&
      history.every(({ status, by }) => untaken.includes(status) && isTheirOwn(by, requester))
        ? [id]
        : [],
    ),
    ...[...campaigns.values()].flatMap(({ id, state, expiresAt, history, requester }) =>
      !(state === 'planned' && now < expiresAt + ROUND_MS) &&
      history.every(({ state, by }) => untaken.includes(state) && isTheirOwn(by, requester))
        ? [id]
        : [],
    ),
  ];
  const told = chain.flatMap(({ deed: { id } }) => {
    const [source, key = ''] = id.split('/');
    const isThere = source === 'order' ? orders.has(key) : source !== 'campaign' || campaigns.has(key);
    return isThere ? [] : [`the audit tells of ${id}, which is not on record`];
  });
  return [...left.map((id) => `nobody took ${id}, and it is still on record`), ...told];
};
