import type { Order, Status } from '../../../src/orders/model/order.ts';
import { purchases, type Town } from '../town.ts';
import type { Operation } from './linearize.ts';

type Entry = Record<string, unknown>;
const recordsIn = <T>(entries: readonly Entry[], namespace: string): T[] =>
  entries.filter((entry) => entry.namespace === namespace).map(({ value }) => JSON.parse(String(value)).value);

/** What the store says once nothing is under way. */
export interface Books {
  readonly orders: readonly Order[];
}

export async function booksOf({ store }: Town): Promise<Books> {
  return { orders: recordsIn<Order>(await store.rows('entries'), 'orders') };
}

const underWay: readonly Status[] = ['approved', 'buying', 'unconfirmed', 'bought'];
export const isAtRest = ({ orders }: Books): boolean => !orders.some(({ status }) => underWay.includes(status));

const endedFree: readonly Status[] = ['cancelled', 'expired', 'rejected', 'repriced', 'failed', 'closed'];
const beforePeople: readonly Status[] = ['needs_review', 'not_found'];

/** At most one purchase that was acted on for an order, and each of them known. */
function boughtOnce(town: Town, { orders }: Books): string[] {
  const booked = town.vendor.orders();
  const sent = orders.filter(({ attempt }) => attempt !== undefined);
  const attached = orders.flatMap(({ remote }) => remote?.orderId ?? []);
  const lost = booked.filter(({ orderId }) => !attached.includes(orderId));
  const open = sent.filter(({ status, remote }) => !remote && beforePeople.includes(status));
  return [
    ...(booked.length > sent.length ? [`${booked.length} were bought for ${sent.length} orders`] : []),
    ...(purchases(town) > sent.length ? [`${purchases(town)} purchases were sent for ${sent.length} orders`] : []),
    ...(new Set(attached).size < attached.length ? ['one purchase belongs to two orders'] : []),
    ...(lost.length > open.length ? [`${lost.length} purchases are known to nobody`] : []),
  ];
}

/** Each code before one pair of eyes at the most, and before its owner's where its order says so. */
function seenByOwner(town: Town, { orders }: Books): string[] {
  const people = [town.alice, town.ada, town.bob];
  const readers = people.map((person) => ({
    id: person.id,
    text: person
      .dms()
      .map(({ text }) => text)
      .join('\n'),
  }));
  const open = town.discord.channelMessages(town.channelId).filter(({ ephemeral }) => !ephemeral);
  const inPublic = open.map(({ text }) => text).join('\n');
  return town.vendor.orders().flatMap(({ orderId, codes }) => {
    const order = orders.find(({ remote }) => remote?.orderId === orderId);
    return codes.flatMap(({ code }) => {
      const seen = readers.filter(({ text }) => text.includes(code)).map(({ id }) => id);
      const isRight = seen.every((id) => id === order?.requester) && seen.length <= 1;
      const isMissing = order?.status === 'delivered' && seen.length === 0;
      return [
        ...(isRight ? [] : [`a code of ${order?.reference} was before ${seen}`]),
        ...(isMissing ? [`a code of ${order.reference} is delivered, and was seen by nobody`] : []),
        ...(inPublic.includes(code) ? [`a code of ${order?.reference} stands in a channel`] : []),
      ];
    });
  });
}

export const wrongIn = (town: Town, books: Books): string[] => [
  ...boughtOnce(town, books),
  ...seenByOwner(town, books),
];

/** With what the records add to a history: what was freed again, at some time before the last look. */
export function withFreed(operations: readonly Operation[], { orders }: Books): Operation[] {
  const lastLook = operations.at(-1)?.from ?? 0;
  const freed = orders
    .filter(({ status, remote, reserved }) => !remote && reserved && endedFree.includes(status))
    .flatMap(({ reference }): Operation[] => {
      const asked = operations.find((each) => each.asked.do === 'reserve' && each.asked.id === reference);
      if (!asked || asked.end === 'fail') return [];
      return [{ asked: { do: 'free', id: reference }, from: asked.from, to: lastLook - 0.5, end: asked.end }];
    });
  return [...operations, ...freed];
}
