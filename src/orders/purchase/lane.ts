import { waitBriefly } from '../../lib/index.ts';
import type { OrdersContext } from '../context.ts';
import { laneOf, type Order } from '../model/order.ts';
import { flightHold, laneHold, lostList } from '../model/records.ts';
import { FLIGHTS_OF_A_LANE } from './gate.ts';

/** How often the first in front of a closed lane looks at the store, which is how it learns of other processes. */
const LOOK_EVERY_MS = 500;

/**
 * Whether an order of that lane may be sent now. It is closed as long as one of it is looked for, and as long as one of an
 * older version is out, which has it to itself. Another process may close it right after: see docs/decisions.
 */
export async function isOpen(ctx: OrdersContext, lane: string): Promise<boolean> {
  return (await isTogether(ctx, lane)) && (await ctx.orders.count(lostList(lane))) === 0;
}

/** Takes what an order of an older version would need to fly, for good: with it out of the way several may. */
async function isTogether({ lanes, memory }: OrdersContext, lane: string): Promise<boolean> {
  if (memory.lanes.has(lane)) return true;
  const written = await lanes.write(lane, {}, { seen: 0, tags: [], holds: [laneHold(lane)] });
  if (!written.ok && written.reason === 'held') return false;
  memory.lanes.add(lane);
  return true;
}

/** Its flights by their numbers, from that one on: whose they are in other processes only the write tells. */
export const flightsFrom = (first: number): number[] =>
  Array.from({ length: FLIGHTS_OF_A_LANE }, (_, at) => (first + at) % FLIGHTS_OF_A_LANE);

/** Waits until an order of its lane may be sent, behind those that wait for that already, or `isOver` says so. */
export function waitForLane(ctx: OrdersContext, order: Order, isOver: () => boolean): Promise<void> {
  const lane = laneOf(order);
  return ctx.queues.serialise(lane, async () => {
    while (!isOver()) {
      if ((await isOpen(ctx, lane)) && (await hasRoom(ctx, lane))) return;
      if ((await ctx.orders.get(order.id))?.status !== 'approved') return; // cancelled meanwhile
      await waitBriefly(ctx.clock, LOOK_EVERY_MS, bellOf(ctx, lane).promise);
    }
  });
}

export const isWaitedFor = ({ queues }: OrdersContext, lane: string): boolean => queues.has(lane);

async function hasRoom({ orders }: OrdersContext, lane: string): Promise<boolean> {
  for (const slot of flightsFrom(0)) if ((await orders.holder(flightHold(lane, slot))) === undefined) return true;
  return false;
}

function bellOf({ memory }: OrdersContext, lane: string): PromiseWithResolvers<void> {
  const bell = memory.bells.get(lane) ?? Promise.withResolvers<void>();
  memory.bells.set(lane, bell);
  return bell;
}

/** An order of that lane is looked for no more: who waits looks at once. */
export function ringFor({ memory }: OrdersContext, lane: string): void {
  memory.bells.get(lane)?.resolve();
  memory.bells.delete(lane);
}
