import type { RemoteOrder } from '../../cardpluspay/index.ts';
import type { Order } from '../model/order.ts';
import {
  claimsOf,
  isFitting,
  isSame,
  judgeCandidates,
  type LookedUp,
  type Match,
  newSince,
  soughtOf,
} from './match.ts';

/** A lost order, with what its answer tells of its row: which one it is, or that it is one which cannot be told. */
export interface Lost {
  readonly order: Order;
  readonly pin?: number | 'unclear';
}

/** What is new on the list and nobody's, with all that CardPlusPay says of it. */
export interface Seen {
  readonly rows: readonly RemoteOrder[];
  readonly found: readonly Pick<LookedUp, 'row' | 'placed'>[];
}

/**
 * Which of what was found is this lost order, beside the others of its lane that are lost. Codes of a lane are
 * interchangeable: as many as were found go to as many orders. Only where a row is left that may be one of theirs, or
 * it cannot be told whose its codes are, nobody knows.
 */
export function judgeLost(id: string, lost: readonly Lost[], seen: Seen): Match {
  const own = lost.find(({ order }) => order.id === id);
  if (!own) throw new Error(`the order ${id} is not lost`);
  const pins = lost.flatMap(({ pin }) => (typeof pin === 'number' ? [pin] : []));
  const isPinnedTwice = new Set(pins).size < pins.length;
  const sought = soughtOf(own.order);
  const all = candidatesOf(own.order, seen);
  if (typeof own.pin === 'number' && !isPinnedTwice) {
    return judgeCandidates(
      all.filter(({ row }) => row.orderId === own.pin),
      sought,
    );
  }
  const free = { ...seen, found: seen.found.filter(({ row }) => !pins.includes(row.orderId)) };
  const group = lost.filter(({ pin }) => typeof pin !== 'number');
  if (group.length === 1 && !isPinnedTwice) return judgeCandidates(candidatesOf(own.order, free), sought);
  if (all.length === 0) return { kind: 'nothing' };
  const given = isPinnedTwice ? undefined : share(group, free);
  if (!given) return { kind: 'unsure', why: all.length > 1 ? 'found_several' : 'found_unclear', candidates: all };
  const candidate = given.get(id);
  return candidate ? { kind: 'ours', candidate } : { kind: 'nothing' };
}

/** Also for one that is pinned to a row: which of all these it may be. */
function candidatesOf(order: Order, { rows, found }: Seen): LookedUp[] {
  const sought = soughtOf(order);
  const isNewOf = newSince(rows, sought);
  return found.flatMap((each) => {
    const isNew = isNewOf(each.row);
    return isNew !== 'no' && isSame(claimsOf(each), sought) !== 'no' ? [{ ...each, isNew }] : [];
  });
}

/** Gives each row an order, or nothing to anybody where one of them may be theirs and can go to none. */
function share(group: readonly Lost[], seen: Seen): Map<string, LookedUp> | undefined {
  const options = new Map<number, { id: string; candidate: LookedUp }[]>();
  for (const { order, pin } of group.toSorted(byTurn)) {
    for (const candidate of candidatesOf(order, seen)) {
      const { orderId } = candidate.row;
      const known = options.get(orderId) ?? [];
      const isCertain = pin === undefined && isFitting(candidate, soughtOf(order));
      options.set(orderId, isCertain ? [...known, { id: order.id, candidate }] : known);
    }
  }
  const given = new Map<string, LookedUp>();

  /** Moves others to rows of their own where that makes room, and nobody has room without it. */
  function place(orderId: number, tried: Set<string>): boolean {
    const all = options.get(orderId) ?? [];
    const isFree = ({ id }: { id: string }) => !given.has(id);
    for (const { id, candidate } of [...all.filter(isFree), ...all.filter((each) => !isFree(each))]) {
      if (tried.has(id)) continue;
      tried.add(id);
      const other = given.get(id);
      if (other && !place(other.row.orderId, tried)) continue;
      given.set(id, candidate);
      return true;
    }
    return false;
  }

  const ascending = [...options.keys()].sort((a, b) => a - b);
  return ascending.every((orderId) => place(orderId, new Set())) ? given : undefined;
}

/** A lower watermark fits what may show later, too: so the highest comes first, and then who was sent first. */
function byTurn({ order: one }: Lost, { order: other }: Lost): number {
  const [a, b] = [soughtOf(one), soughtOf(other)];
  return b.watermark - a.watermark || a.startedAt - b.startedAt || (one.id < other.id ? -1 : 1);
}
