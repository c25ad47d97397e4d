import type { Member } from '../../../src/lib/member.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import type { Facts, FinalInvariant, Invariant } from '../facts.ts';
import type { Post } from '../vendor/vendor.ts';
import { asRejected, matterOf } from './matter.ts';
import { approvalsNeeded, inForce, isApprover, mayHave } from './policy-words.ts';

/** The checks of an order begin at most so long before its `buying` write. */
const CHECKS_LAST_MS = 30_000;

type Vote = NonNullable<Order['approval']>['votes'][number];

/** What people decide about: an order, or a campaign. */
type Matter = Pick<Order, 'id' | 'requester'> & {
  readonly recipients: readonly { readonly user: string }[];
};

const isInvolved = ({ requester, recipients }: Matter, user: string): boolean =>
  user === requester || recipients.some((recipient) => recipient.user === user);

const areDistinct = (names: readonly string[]): boolean => new Set(names).size === names.length;

/** Whether somebody pressed that before, as a person who could do it by a policy that was in force from then on. */
function hadTheRight(
  facts: Facts,
  { press, order, by, at }: { press: string; order: Matter; by: string; at: number },
  may: (policy: Parameters<typeof isApprover>[0], member: Member) => boolean,
): boolean {
  return facts.presses.some(
    (pressed) =>
      pressed.press === press &&
      pressed.order === order.id &&
      pressed.member.user === by &&
      !pressed.member.hasLeft &&
      pressed.at <= at &&
      inForce(facts, pressed.at, at).some((policy) => may(policy, pressed.member)),
  );
}

/** Whether somebody was an approver's delegate at some moment of that time. */
const wasDelegate = ({ named }: Facts, [approver, delegate]: string[], from: number, to: number) =>
  named
    .filter((each) => each.approver === approver)
    .some(
      (each, at, all) =>
        each.delegate === delegate &&
        each.since <= to &&
        Math.min(each.until, all[at + 1]?.since ?? each.until) >= from,
    );

/** Whether somebody was found to be an approver in that time, by anybody who looked. */
const wasFoundApprover = (facts: Facts, user: string, from: number, to: number): boolean =>
  facts.lookups.some(({ at, user: whom, found }) => {
    if (whom !== user || at < from || at > to || typeof found === 'string') return false;
    return inForce(facts, from, to).some((policy) => isApprover(policy, found));
  });

/** In the name of an approver who had named them, and had the right to it as they pressed. */
const isDelegated = (facts: Facts, press: string, order: Matter, { by, voice, at }: Vote): boolean =>
  !isInvolved(order, voice) &&
  facts.presses.some(
    ({ press: what, order: id, member, at: from }) =>
      [what, id, member.user].join() === [press, order.id, by].join() &&
      wasDelegate(facts, [voice, by], from, at) &&
      wasFoundApprover(facts, voice, from, at),
  );

/** For themselves or, of a delegate, for the approver who named them. */
function isRightful(facts: Facts, press: string, order: Matter, vote: Vote): boolean {
  const { by, voice, at } = vote;
  if (isInvolved(order, by)) return false;
  return by === voice
    ? hadTheRight(facts, { press, order, by, at }, isApprover)
    : isDelegated(facts, press, order, vote);
}

/** As many approvals as it takes: of different people, each with the right to it when they pressed. */
function wasApproved(facts: Facts, order: Order): boolean {
  const { votes = [], wanted = 1 } = order.approval ?? {};
  return (
    votes.length >= wanted &&
    areDistinct(votes.map(({ by }) => by)) &&
    areDistinct(votes.map(({ voice }) => voice)) &&
    votes.every((vote) => isRightful(facts, 'approve', order, vote))
  );
}

/** By its requester, whom the policy allowed that order without anybody else. */
function wasConfirmed(facts: Facts, order: Order): boolean {
  const { by, at } = order.history.find(({ status }) => status === 'approved') ?? {};
  if (by === undefined || at === undefined || by !== order.requester) return false;
  return hadTheRight(
    facts,
    { press: 'confirm', order, by, at },
    (policy, member) => mayHave(policy, member, order) && approvalsNeeded(policy, member, order) === 0,
  );
}

const wasAsked = ({ history }: Order): boolean => history.some(({ status }) => status === 'awaiting_approval');

/** When an order was served with cards on hand, for which nothing is sent. */
export const servedAt = ({ history }: Order): number | undefined => history.find(({ why }) => why === 'from_hand')?.at;

/** Whatever gets somebody cards: what was sent for an order, by which process, or that it was served. */
type CarriedOut = Pick<Post, 'order'> & { readonly by?: string };
const carriedOut = ({ posts, orders }: Facts): CarriedOut[] => [
  ...posts,
  ...[...orders.values()].flatMap(({ order }) => (servedAt(order) === undefined ? [] : { order: order.id })),
];

/** Nothing is sent for an order that nobody with the right said yes to, or to its campaign, nor is it served. */
export const approvedRightly: Invariant = (facts) =>
  carriedOut(facts).flatMap((post) => {
    const sent = post.order && facts.orders.get(post.order)?.order;
    if (!sent) return [];
    const order = matterOf(facts, sent);
    const isRight = wasAsked(order) ? wasApproved(facts, order) : wasConfirmed(facts, order);
    return isRight ? [] : [`${sent.id} was sent without an approval`];
  });

/** When the checks were made after which an order was sent. */
function checkTime(order: Order): [from: number, to: number] {
  const { approvedAt = 0, attempt } = order;
  const to = attempt?.startedAt ?? servedAt(order) ?? 0;
  return [Math.max(approvedAt, to - CHECKS_LAST_MS), to];
}

/** Who somebody was, as the process that sent it was told while it checked. */
export function foundAtCheck(facts: Facts, order: Order, { by }: CarriedOut, user: string): Member[] {
  const [from, to] = checkTime(order);
  return facts.lookups.flatMap((lookup) =>
    (by === undefined || lookup.by === by) && lookup.user === user && lookup.at >= from && lookup.at <= to
      ? (memberIn(lookup.found) ?? [])
      : [],
  );
}

const memberIn = (found: Member | string) => (typeof found === 'string' ? undefined : found);

export const policiesAtCheck = (facts: Facts, order: Order) => inForce(facts, ...checkTime(order));

function isCheckedRightly(facts: Facts, order: Order, post: CarriedOut): boolean {
  const policies = policiesAtCheck(facts, order);
  const requesters = foundAtCheck(facts, order, post, order.requester);
  const matter = matterOf(facts, order);
  const counted = (order.approval?.votes ?? []).filter(({ voice }) =>
    foundAtCheck(facts, order, post, voice).some((member) => policies.some((policy) => isApprover(policy, member))),
  ).length;
  return (
    counted >= (order.approval?.wanted ?? 0) &&
    policies.some((policy) =>
      requesters.some(
        (member) => mayHave(policy, member, matter) && approvalsNeeded(policy, member, matter) <= counted,
      ),
    )
  );
}

/**
 * Right before it was sent or served its requester was found to be a member, the policy of then allowed it with the approvals that
 * it had, and whoever had given them was found to have the right to it still.
 */
export const checkedRightly: Invariant = (facts) =>
  carriedOut(facts).flatMap((post) => {
    const order = post.order && facts.orders.get(post.order)?.order;
    return !order || isCheckedRightly(facts, order, post)
      ? []
      : [`${order.id} was sent though the policy of then no longer allowed it`];
  });

function rejectionsOf(facts: Facts) {
  const orders = [...facts.orders.values()].map(({ order }) => ({
    order,
    steps: order.history.filter(({ status }) => status === 'rejected'),
  }));
  const campaigns = [...facts.campaigns.values()].map((campaign) => {
    const { steps, ...order } = asRejected(facts, campaign);
    return { order, steps };
  });
  return [...orders, ...campaigns];
}

/** Nobody without the right decides, nor anybody about their own money. */
export const rejectedRightly: Invariant = (facts) =>
  rejectionsOf(facts).flatMap(({ order, steps: [step] }) => {
    if (!step || (step.by === 'cardigan' && step.why !== 'rejected')) return [];
    const { by, at, for: voice = by } = step;
    const isRight = isRightful(facts, 'reject', order, { by, voice, at });
    return isRight ? [] : [`${order.id} was rejected by ${by}, who may not`];
  });

/** Who was asked sees what became of it: once it is over, its card is not open. */
export const cardsAreClosed: FinalInvariant = ({ orders, openCards }) =>
  [...orders.values()].flatMap(({ order: { id, status } }) =>
    status !== 'awaiting_approval' && openCards.has(id) ? [`the card of ${id} is still open`] : [],
  );
