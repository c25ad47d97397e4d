import { CardPlusPayError } from '../../../cardpluspay/index.ts';
import type { Clock } from '../../../lib/index.ts';
import { type Store, unlessUnreadable } from '../../../store/index.ts';
import type { RandomBytes } from '../../model/ids.ts';
import { createKillSwitch, type Stop, stopSchema } from '../../model/kill-switch.ts';
import { isPool, OPERATOR, type Order, orderSchema, type Status } from '../../model/order.ts';
import { outcomeOfSealed } from '../../model/outcome.ts';
import { isFree } from '../../model/parcels.ts';
import { rawAnswer, sealedAnswerSchema } from '../../model/raw-answer.ts';
import { noted, type StepTaken, transition } from '../../model/state-machine.ts';
import { createOrderRepository } from '../../repository.ts';

interface Restoring {
  /** The copy as a store that nobody serves yet. */
  readonly store: Pick<Store, 'records' | 'vault'>;
  /** When the copy was made, for people. */
  readonly copied: string;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

/** What became of the orders of a copy that was restored. */
export interface Prepared {
  readonly stop: Stop;
  /** They had not been sent when the copy was made, and may have been since. */
  readonly ended: number;
  /** Their purchase was out when the copy was made. */
  readonly asked: number;
  /** They had cards that were nobody's when the copy was made, or may yet: these may be somebody's since. */
  readonly withheld: number;
}

/**
 * Makes the orders of a copy safe to go on from, before anybody serves it. Purchases are stopped until a person has settled
 * what CardPlusPay has and the copy has not. What had not been sent ends: it may have been bought since, and must not be
 * bought by the copy once more. What was out goes to people: the list has orders from after the copy, and a like one of
 * these is no proof of its own. Cards on hand, and those of a drop that nobody had claimed, are given to nobody: they may
 * have been given since, and nobody is to get a code that somebody else has. May be cut short anywhere and begun again.
 */
export async function prepareRestored({ store, copied, ...base }: Restoring): Promise<Prepared> {
  const killSwitch = createKillSwitch(store.records('stops', stopSchema), base);
  const stop = await stopForRestore(killSwitch, copied);
  const orders = createOrderRepository(store.records('orders', orderSchema));
  const vault = store.vault(sealedAnswerSchema);
  let [ended, asked, withheld] = [0, 0, 0];
  for await (const { id } of orders.walk('open')) {
    const isAnswered = await unlessUnreadable(async () => isClear(await vault.open(id)), false);
    const { order } = await orders.revise(id, (current) => next(current, isAnswered, base.clock.now(), copied));
    if (order.withheldSince !== undefined && order.cards.some(isFree)) withheld++;
    if (order.history.at(-1)?.why !== 'restored') continue;
    if (order.status === 'expired') ended++;
    else if (order.status === 'needs_review') asked++;
  }
  return { stop, ended, asked, withheld };
}

/** One that the copy has in force gives way to it: it would end before everything is settled. */
async function stopForRestore(killSwitch: ReturnType<typeof createKillSwitch>, copied: string): Promise<Stop> {
  const known = await killSwitch.current();
  if (known?.why === 'restored') return known;
  if (known) await killSwitch.resume(known.id, OPERATOR);
  return (await killSwitch.stop(OPERATOR, 'restored', copied)).stop;
}

/** The answer says for certain what became of the purchase: the start goes on from it. */
function isClear(sealed: Parameters<typeof rawAnswer>[0] | undefined): boolean {
  if (!sealed) return false;
  const outcome = outcomeOfSealed(rawAnswer(sealed));
  if ('placed' in outcome) return true;
  return outcome.error instanceof CardPlusPayError && outcome.error.outcome === 'refused';
}

const unsent: readonly Status[] = ['quoted', 'awaiting_approval', 'approved'];

function next(order: Order, isAnswered: boolean, at: number, detail: string): Order {
  const step = { at, by: OPERATOR, why: 'restored' as const, detail };
  const moved = movedOn(order, isAnswered, step);
  if (moved.withheldSince !== undefined || !hasForNobody(moved)) return moved;
  return { ...(moved === order ? noted(moved, step) : moved), withheldSince: at };
}

/** It has cards that are nobody's, or will have once its codes are here. */
const hasForNobody = (order: Order): boolean => isPool(order) || order.spare !== undefined || order.cards.some(isFree);

function movedOn(order: Order, isAnswered: boolean, step: StepTaken): Order {
  if (unsent.includes(order.status)) return transition(order, 'expired', step);
  if (order.status === 'buying' && isAnswered) return order;
  const out = order.status === 'buying' ? transition(order, 'unconfirmed', step) : order;
  const isLost = out.status === 'unconfirmed' || out.status === 'not_found';
  return isLost ? transition(out, 'needs_review', step) : order;
}
