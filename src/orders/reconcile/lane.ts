import type { OrdersContext } from '../context.ts';
import { sealedAnswer } from '../delivery/kept-codes.ts';
import { laneOf, type Order } from '../model/order.ts';
import { hasCodes, hasOneOf, nameIn, rawAnswer } from '../model/raw-answer.ts';
import { laneList } from '../model/records.ts';
import type { Lost, Seen } from './group.ts';

/** What may be out of one lane at a moment. */
export interface Lane {
  readonly flying: readonly Order[];
  readonly lost: readonly Order[];
  /** Every one of it could be read. */
  readonly isWhole: boolean;
}

export async function readLane({ orders }: Pick<OrdersContext, 'orders'>, order: Order): Promise<Lane> {
  let isWhole = true;
  const unreadable = () => {
    isWhole = false;
  };
  const found: Order[] = [];
  for await (const each of orders.walk(laneList(laneOf(order)), unreadable)) found.push(each);
  const of = (status: Order['status']) => found.filter((each) => each.status === status);
  return { flying: of('buying'), lost: of('unconfirmed'), isWhole };
}

/** Whether nothing of it has come or gone between two looks: no order comes back to where it was. */
export function isUnchanged(one: Lane, other: Lane): boolean {
  const text = ({ flying, lost, isWhole }: Lane) =>
    [isWhole, ...[flying, lost].map((orders) => orders.map(({ id }) => id).sort())].join('|');
  return text(one) === text(other);
}

export const lowestWatermark = ({ lost }: Pick<Lane, 'lost'>): number =>
  Math.min(...lost.map(({ attempt }) => attempt?.watermark ?? 0));

/** With what its answer, or the part of it that came, tells of the order at CardPlusPay. */
export async function withPin(ctx: OrdersContext, order: Order, { found }: Pick<Seen, 'found'>): Promise<Lost> {
  const sealed = await sealedAnswer(ctx, order);
  if (!sealed) return { order };
  const raw = rawAnswer(sealed);
  const named = raw && nameIn(raw);
  const isNew = (orderId: number) =>
    orderId > (order.attempt?.watermark ?? 0) || found.some(({ row }) => row.orderId === orderId);
  if (named !== undefined && isNew(named)) return { order, pin: named };
  const codesOf = ({ placed }: Seen['found'][number]) => placed.codes.map(({ code }) => code);
  const [first, ...others] = found.filter((each) => hasOneOf(sealed, codesOf(each)));
  if (first && others.length === 0) return { order, pin: first.row.orderId };
  return first || hasCodes(sealed) ? { order, pin: 'unclear' } : { order };
}
