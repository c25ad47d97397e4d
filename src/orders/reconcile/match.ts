import type { PlacedOrder, RemoteOrder } from '../../cardpluspay/index.ts';
import { compare, type Money, money } from '../../lib/index.ts';
import type { Order } from '../model/order.ts';

/** What is known of an order whose answer got lost, and by which it is looked for at CardPlusPay. */
interface Sought {
  watermark: number;
  startedAt: number;
  itemCode: string;
  quantity: number;
  charged: Money;
}

/** A row of the list that may be the order sought. `isNew`: it was placed after the attempt began. */
interface MatchCandidate {
  row: RemoteOrder;
  isNew: Exclude<Tells, 'no'>;
}

/** With what GET /orders/{id} says. */
export type LookedUp = MatchCandidate & { placed: PlacedOrder };

export type Match =
  | { kind: 'nothing' }
  | { kind: 'ours'; candidate: LookedUp }
  | { kind: 'unsure'; why: 'found_several' | 'found_unclear'; candidates: LookedUp[] };

type Tells = 'yes' | 'no' | 'unclear';

/** The clocks of two houses differ; what falls into the difference is for a person to judge. */
const CLOCKS_DIFFER_MS = 2 * 60_000;

export function soughtOf({ id, attempt, quote }: Order): Sought {
  if (!attempt) throw new Error(`the order ${id} was never sent`);
  const { watermark, startedAt } = attempt;
  const { itemCode, quantity, charged } = quote;
  return { watermark, startedAt, itemCode, quantity, charged };
}

/** Whether an order was placed after a look at the list, or may have been: by its id, or where ids don't ascend by its time. */
export function newSince(
  rows: readonly RemoteOrder[],
  look: Pick<Sought, 'watermark' | 'startedAt'>,
): (row: RemoteOrder) => Tells {
  return ascend(rows) ? aboveWatermark(look) : createdSince(look);
}

/** The rows that may be the order sought, as far as the list alone tells. */
export function candidatesIn(rows: readonly RemoteOrder[], sought: Sought): MatchCandidate[] {
  const isNewOf = newSince(rows, sought);
  return rows.flatMap((row) => {
    const isNew = isNewOf(row);
    const mayBe = hasAmount(row.charged, sought) !== 'no' && isSame([row], sought) !== 'no';
    return isNew !== 'no' && mayBe ? [{ row, isNew }] : [];
  });
}

/** Which of the candidates is the order sought. Only one that is certain, and the only one left, is taken as it. */
export function judgeCandidates(candidates: readonly LookedUp[], sought: Sought): Match {
  const left = candidates.flatMap((candidate) => {
    const tells = identify(candidate, sought);
    return tells === 'no' ? [] : [{ candidate, tells }];
  });
  const [first, ...others] = left;
  if (!first) return { kind: 'nothing' };
  if (others.length === 0 && first.tells === 'yes') {
    return { kind: 'ours', candidate: first.candidate };
  }
  const why = others.length > 0 ? 'found_several' : 'found_unclear';
  return { kind: 'unsure', why, candidates: left.map(({ candidate }) => candidate) };
}

function identify({ row, isNew, placed }: LookedUp, sought: Sought): Tells {
  const amount = hasAmount(placed.charged, sought);
  if (amount === 'no') return row.charged === undefined ? 'no' : 'unclear';
  const same = isSame([row, placed, ...cardsOf(placed)], sought);
  return isNew === 'yes' ? same : same === 'no' ? 'no' : 'unclear';
}

/** What the cards of an order say of it, where the order itself does not. */
function cardsOf({ codes, quantity, status }: PlacedOrder): Claim[] {
  const counts = quantity === undefined && status === 'completed' && codes.length > 0;
  return [...codes.map(({ itemCode }) => ({ itemCode })), ...(counts ? [{ quantity: codes.length }] : [])];
}

interface Claim {
  itemCode?: string | undefined;
  quantity?: number | undefined;
}

/** Whether all that is said of item and quantity fits. Without a word on either, or against itself: unclear. */
function isSame(claims: readonly Claim[], sought: Sought): Tells {
  const item = agree(
    claims.map((claim) => claim.itemCode),
    sought.itemCode,
  );
  const quantity = agree(
    claims.map((claim) => claim.quantity),
    sought.quantity,
  );
  if (item === 'no' || quantity === 'no') return 'no';
  return item === 'yes' && quantity === 'yes' ? 'yes' : 'unclear';
}

function agree<T>(said: readonly (T | undefined)[], wanted: T): Tells {
  const fits = new Set(said.filter((each) => each !== undefined).map((each) => each === wanted));
  if (fits.size !== 1) return 'unclear';
  return fits.has(true) ? 'yes' : 'no';
}

function hasAmount(charged: string | undefined, sought: Sought): Tells {
  if (charged === undefined) return 'unclear';
  return compare(money(charged, sought.charged.currency), sought.charged) === 0 ? 'yes' : 'no';
}

/** An order that the list showed only after a while is above the watermark too: where its time says so, nobody can tell. */
function aboveWatermark(sought: Pick<Sought, 'watermark' | 'startedAt'>) {
  const isCreatedSince = createdSince(sought);
  return (row: RemoteOrder): Tells => {
    if (row.orderId <= sought.watermark) return 'no';
    return isCreatedSince(row) === 'no' ? 'unclear' : 'yes';
  };
}

function createdSince({ startedAt }: Pick<Sought, 'startedAt'>) {
  return (row: RemoteOrder): Tells => {
    const created = createdAtOf(row);
    if (created === undefined) return 'unclear';
    if (created >= startedAt) return 'yes';
    return created < startedAt - CLOCKS_DIFFER_MS ? 'no' : 'unclear';
  };
}

/** That ids ascend is an assumption: false where the rows' own times visibly say otherwise. */
function ascend(rows: readonly RemoteOrder[]): boolean {
  const times = rows.toSorted((a, b) => a.orderId - b.orderId).flatMap((row) => createdAtOf(row) ?? []);
  return times.every((time, at) => at === 0 || time >= (times[at - 1] ?? 0));
}

/** When it was placed, ms epoch. Without a zone, a time of day could be anybody's: then it is not known. */
export function createdAtOf({ createdAt }: Pick<RemoteOrder, 'createdAt'>): number | undefined {
  if (!createdAt || !/(Z|[+-]\d\d:?\d\d)$/i.test(createdAt.trim())) return undefined;
  const time = Date.parse(createdAt);
  return Number.isNaN(time) ? undefined : time;
}
