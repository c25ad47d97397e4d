import type { Campaign } from '../../../src/campaigns/model/campaign.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import type { Facts, Invariant } from '../facts.ts';

type Decided = Pick<Order | Campaign, 'id' | 'requester' | 'history'>;

/** Whether one of the two was the other's delegate all that time. */
function wereTied({ named }: Facts, one: string, other: string, from: number, to: number): boolean {
  const lasted = (approver: string, delegate: string) =>
    named
      .filter((each) => each.approver === approver)
      .some(
        (each, at, all) =>
          each.delegate === delegate &&
          each.since <= from &&
          Math.min(each.until, all[at + 1]?.since ?? each.until) > to,
      );
  return lasted(one, other) || lasted(other, one);
}

/** Where somebody pressed it last before that. */
const pressedAt = ({ presses }: Facts, id: string, press: string, by: string, at: number): number =>
  presses.findLast(
    (each) => [each.press, each.order, each.member.user].join() === [press, id, by].join() && each.at <= at,
  )?.at ?? at;

const pressOf = { approved: 'approve', approved_one: 'approve', rejected: 'reject' } as const;

/** An approver and their delegate are one voice: neither decides about what the other has asked for. */
export const nobodyDecidesForTheirDelegate: Invariant = (facts) => {
  const orders = [...facts.orders.values()].map(({ order }) => order);
  return [...orders, ...facts.campaigns.values()].flatMap(({ id, requester, history }: Decided) =>
    history.flatMap(({ why, by, at, for: voice = by }) => {
      const press = pressOf[why as keyof typeof pressOf];
      if (press === undefined || by === 'cardigan') return [];
      const from = pressedAt(facts, id, press, by, at);
      const isTied = [by, voice].some((each) => wereTied(facts, each, requester, from, at));
      return isTied ? [`${by} decided about ${id}, which is their delegate's`] : [];
    }),
  );
};
