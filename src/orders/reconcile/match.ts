import type { PlacedOrder, RemoteOrder } from '../../cardpluspay/index.ts';
import { compare, type Money, money } from '../../lib/index.ts';
import type { Order } from '../model/order.ts';

/** What is known of an order whose answer got lost, and by which it is looked for at CardPlusPay. */
export interface Sought {
  watermark: number;
  startedAt: number;
  itemCode: string;
  quantity: number;
  /** What was quoted and, where it had changed by then, what was checked right before the POST: either fits. */
  amounts: readonly Money[];
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
  | { kind: 'unsure'; why: 'found_several' | 'found_differs' | 'found_unclear'; candidates: LookedUp[] };

type Tells = 'yes' | 'no' | 'unclear';

/** The clocks of two houses differ; what falls into the difference is for a person to judge. */
export const CLOCKS_DIFFER_MS = 2 * 60_000;

export function soughtOf({ id, attempt, quote }: Order): Sought {
  if (!attempt) throw new Error(`the order ${id} was never sent`);
  const { watermark, startedAt, checked } = attempt;
  const { itemCode, quantity, charged } = quote;
  return { watermark, startedAt, itemCode, quantity, amounts: [charged, ...(checked ? [checked] : [])] };
}

/** Whether an order was placed after a look at the list, or may have been: by its id, or where ids prove nothing by its time. */
export function newSince(
  rows: readonly RemoteOrder[],
  look: Pick<Sought, 'watermark' | 'startedAt'>,
): (row: Pick<RemoteOrder, 'orderId' | 'createdAt'>) => Tells {
  return idsProve(rows) ? aboveWatermark(look) : createdSince(look);
}

/**
 * The rows that may be the order sought, as far as the list alone tells. Only one that is said to be of another item, or
 * of another quantity, is not: CardPlusPay may have charged anything for ours.
 */
export function candidatesIn(rows: readonly RemoteOrder[], sought: Sought): MatchCandidate[] {
  const isNewOf = newSince(rows, sought);
  return rows.flatMap((row) => {
    const isNew = isNewOf(row);
    return isNew !== 'no' && isSame([row], sought) !== 'no' ? [{ row, isNew }] : [];
  });
}

/** Which of the candidates is the order sought. Only one that is certain, and the only one left, is taken as it. */
export function judgeCandidates(candidates: readonly LookedUp[], sought: Sought): Match {
  const left = candidates.filter((candidate) => isSame(claimsOf(candidate), sought) !== 'no');
  const [first, ...others] = left;
  if (!first) return { kind: 'nothing' };
  if (others.length > 0) return { kind: 'unsure', why: 'found_several', candidates: left };
  if (amountFits(first, sought) === 'no') return { kind: 'unsure', why: 'found_differs', candidates: left };
  return isFitting(first, sought)
    ? { kind: 'ours', candidate: first }
    : { kind: 'unsure', why: 'found_unclear', candidates: left };
}

/** That it fits is certain: whether it is the only one is not said by it. */
export function isFitting(candidate: LookedUp, sought: Sought): boolean {
  const isCertain = candidate.isNew === 'yes' && isSame(claimsOf(candidate), sought) === 'yes';
  return isCertain && amountFits(candidate, sought) === 'yes';
}

/** What the list, the order itself and its cards say of it. How many cards it has says nothing: some may be to come. */
export const claimsOf = ({ row, placed }: Pick<LookedUp, 'row' | 'placed'>): Claim[] => [
  row,
  placed,
  ...placed.codes.map(({ itemCode }) => ({ itemCode })),
];

interface Claim {
  itemCode?: string | undefined;
  quantity?: number | undefined;
}

/** What is said of it, first of all what speaks against it. */
export function saidOf(claims: readonly Claim[], sought: Pick<Sought, 'itemCode' | 'quantity'>): Claim {
  const itemCode = wordOn(
    claims.map((claim) => claim.itemCode),
    sought.itemCode,
  );
  const quantity = wordOn(
    claims.map((claim) => claim.quantity),
    sought.quantity,
  );
  return { ...(itemCode !== undefined && { itemCode }), ...(quantity !== undefined && { quantity }) };
}

function wordOn<T>(said: readonly (T | undefined)[], wanted: T): T | undefined {
  const words = said.filter((each) => each !== undefined);
  return words.find((each) => each !== wanted) ?? words[0];
}

/** Whether all that is said of item and quantity fits. Without a word on either, or against itself: unclear. */
export function isSame(claims: readonly Claim[], sought: Pick<Sought, 'itemCode' | 'quantity'>): Tells {
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

/** By the list and by the order itself: one word against it is enough. */
function amountFits({ row, placed }: LookedUp, sought: Sought): Tells {
  const said = [row.charged, placed.charged].map((charged) => hasAmount(charged, sought));
  if (said.includes('no')) return 'no';
  return said.includes('yes') ? 'yes' : 'unclear';
}

export function hasAmount(charged: string | undefined, { amounts }: Pick<Sought, 'amounts'>): Tells {
  if (charged === undefined) return 'unclear';
  return amounts.some((each) => compare(money(charged, each.currency), each) === 0) ? 'yes' : 'no';
}

/** An order that the list showed only after a while is above the watermark too: where its time says so, nobody can tell. */
function aboveWatermark(sought: Pick<Sought, 'watermark' | 'startedAt'>) {
  const isCreatedSince = createdSince(sought);
  return (row: Pick<RemoteOrder, 'orderId' | 'createdAt'>): Tells => {
    if (row.orderId <= sought.watermark) return 'no';
    return isCreatedSince(row) === 'no' ? 'unclear' : 'yes';
  };
}

function createdSince({ startedAt }: Pick<Sought, 'startedAt'>) {
  return (row: Pick<RemoteOrder, 'createdAt'>): Tells => {
    const created = createdAtOf(row);
    if (created === undefined) return 'unclear';
    if (created >= startedAt) return 'yes';
    return created < startedAt - CLOCKS_DIFFER_MS ? 'no' : 'unclear';
  };
}

/**
 * That ids ascend is an assumption. They prove nothing where the rows' own times visibly say otherwise, nor where the
 * list, which was asked for newest first, does not come with the highest first: then its order or its ids are not what
 * they seem, and the watermark, which was read off that order, is no watermark.
 */
export function idsProve(rows: readonly RemoteOrder[]): boolean {
  if (!descends(rows)) return false;
  const times = rows.toReversed().flatMap((row) => createdAtOf(row) ?? []);
  return times.every((time, at) => at === 0 || time >= (times[at - 1] ?? 0));
}

export function descends(rows: readonly Pick<RemoteOrder, 'orderId'>[]): boolean {
  return rows.every(({ orderId }, at) => at === 0 || orderId < (rows[at - 1]?.orderId ?? 0));
}

/** When it was placed, ms epoch. Without a zone, a time of day could be anybody's: then it is not known. */
export function createdAtOf({ createdAt }: { createdAt?: string | undefined }): number | undefined {
  if (!createdAt || !/(Z|[+-]\d\d:?\d\d)$/i.test(createdAt.trim())) return undefined;
  const time = Date.parse(createdAt);
  return Number.isNaN(time) ? undefined : time;
}
