import type { Order } from '../../../src/orders/model/order.ts';
import type { Facts, FinalFacts, FinalInvariant, Invariant } from '../facts.ts';

const ordersOf = ({ orders }: Facts): Order[] => [...orders.values()].map(({ order }) => order);
const cents = (amount: string): number => Math.round(Number(amount) * 100);

/** No amount that CardPlusPay says makes an order count less than it cost, as far as that was agreed to. */
export const countedInFull: Invariant = (facts) =>
  facts.charged.flatMap(({ orderId, post, cents: truly }) => {
    const order = post?.order === undefined ? undefined : facts.orders.get(post.order)?.order;
    if (order?.remote?.orderId !== orderId) return [];
    const least = Math.min(truly, cents(order.quote.charged.amount));
    const counted = cents(order.remote.charged.amount);
    return counted < least ? [`${order.id} counts ${counted} cents, and ${truly} were charged`] : [];
  });

/** What was sealed of the answer to an order's purchase, as text; nothing where it did not arrive whole. */
function answerOf({ vault }: FinalFacts, { id }: Order): string {
  const answer = vault.get(id)?.answer;
  return answer?.complete ? Buffer.from(answer.bodyBase64, 'base64').toString() : '';
}

const belongs: readonly Order['status'][] = ['bought', 'held', 'delivered'];

/** What came in an answer is its recipients', whatever else the answer says. */
export const codesAreGiven: FinalInvariant = (facts) =>
  facts.charged.flatMap(({ orderId, post, cards }) => {
    const order = post?.order === undefined ? undefined : facts.orders.get(post.order)?.order;
    if (order?.remote?.orderId !== orderId || !belongs.includes(order.status)) return [];
    const body = answerOf(facts, order);
    const given = new Set(order.cards.map(({ fingerprint }) => fingerprint));
    return cards
      .filter(({ code }) => body.includes(`"${code}"`) && !given.has(facts.fingerprint(code)))
      .map(({ code }) => `${code} came for ${order.id}, and is nobody's`);
  });

/** An order whose answer, by which it was bought, said too little of what it cost. */
function saidTooLittle(facts: FinalFacts, order: Order): boolean {
  const { remote, history, attempt, quote } = order;
  const found = history.some(({ why }) => why === 'found' || why === 'review_ours');
  const body = answerOf(facts, order);
  if (!remote || found || body === '') return false;
  const { data } = JSON.parse(body);
  const amount = String(data?.amount ?? '').replace(',', '');
  return !(Number(amount || Number.NaN) >= Number((attempt?.checked ?? quote.charged).amount));
}

/** Admins hear of an amount that is missing or too low, and of an answer without end. */
export const oddAnswersAreTold: FinalInvariant = (facts) =>
  ordersOf(facts).flatMap((order) => {
    const { id, remote } = order;
    const isLow = saidTooLittle(facts, order);
    const isLong = remote !== undefined && answerOf(facts, order).length > 15_000;
    return [
      ...(isLow && !facts.notices.has(`charged-unclear/${id}`) ? [`${id} cost too little, and nobody was told`] : []),
      ...(isLong && !isTold(facts, `answer-cut/${id}`, order)
        ? [`${id} had an endless answer, and nobody was told`]
        : []),
    ];
  });

const isTold = ({ notices }: Facts, key: string, { history }: Order): boolean =>
  notices.has(key) || history.some(({ why }) => why === 'found' || why === 'review_ours');

/** A code of two orders is told to admins, and at least to one of its recipients. */
export const twinsAreTold: FinalInvariant = (facts) => {
  const all = ordersOf(facts).flatMap(({ id, cards }) =>
    // One on hand that has gone into another order stands in both.
    cards.flatMap((card) => (card.handedOn ? [] : { id, ...card })),
  );
  return [...Map.groupBy(all, ({ fingerprint }) => fingerprint).values()].flatMap((cards) => {
    const ids = [...new Set(cards.map(({ id }) => id))].sort();
    if (ids.length < 2) return [];
    const isSaid = cards.some(({ alsoIn }) => alsoIn !== undefined);
    // Of three orders each is told of one other at least.
    const keys = ids.flatMap((a) => ids.filter((b) => a < b).map((b) => `code-twice/${a}/${b}`));
    return isSaid && keys.some((key) => facts.notices.has(key))
      ? []
      : [`${ids} have the same code, and nobody was told`];
  });
};
