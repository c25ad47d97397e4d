import type { Orders } from '../../src/orders/index.ts';
import type { Order } from '../../src/orders/model/order.ts';
import { anna, confirm, type Desk, quote } from './desk.ts';
import { ITEM, vendorError } from './vendor.ts';

interface Lost {
  itemCode?: string;
  quantity?: number;
  /** Whether CardPlusPay took it before the answer was lost. */
  taken?: boolean;
}

/** An order whose answer never came. */
export async function lose(desk: Desk, { itemCode = ITEM, quantity = 1, taken = true }: Lost = {}) {
  const order = await quote(desk, { itemCode, quantity });
  const { answer } = desk.vendor;
  desk.vendor.answer = async (request) => {
    if (taken) desk.vendor.commit(request);
    throw vendorError('network', 'unknown');
  };
  const lost: Order = await confirm(desk, order, anna);
  desk.vendor.answer = answer;
  return lost;
}

/** Lets time go by, as a running bot does: with a look after its orders every few seconds. */
export async function pass(
  desk: Desk,
  ms: number,
  processes: Pick<Orders, 'tick'>[] = [desk],
  stepMs = 3_000,
): Promise<void> {
  for (let gone = 0; gone < ms; gone += stepMs) {
    desk.clock.advance(Math.min(stepMs, ms - gone));
    await Promise.all(processes.map((process) => process.tick()));
  }
}
