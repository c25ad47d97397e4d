import { compare } from '../../lib/index.ts';
import { type Candidate, type Order, type Remote, statedOf } from '../model/order.ts';
import { CLOCKS_DIFFER_MS, createdAtOf } from './match.ts';

/** In what an order at CardPlusPay is another than was ordered here. `older`: it was there before ours was sent. */
export type Difference = 'item' | 'quantity' | 'amount' | 'older';

/**
 * What CardPlusPay says of an order there that does not fit this one; what it does not say is no difference. Whoever
 * attaches one by hand is shown it, and cannot do so alone.
 */
export function differencesOf(order: Order, { itemCode, quantity, ...remote }: Candidate): Difference[] {
  const { quote } = order;
  return [
    ...(itemCode === undefined || itemCode === quote.itemCode ? [] : (['item'] as const)),
    ...(quantity === undefined || quantity === quote.quantity ? [] : (['quantity'] as const)),
    ...(isAmountOf(order, remote) ? [] : (['amount'] as const)),
    ...(isOlder(order, remote) ? (['older'] as const) : []),
  ];
}

/** What was quoted or, where it had changed by then, what was checked right before it was sent. */
function isAmountOf({ quote, attempt }: Order, remote: Remote): boolean {
  const charged = statedOf(remote);
  if (charged === null) return true;
  const amounts = [quote.charged, ...(attempt?.checked ? [attempt.checked] : [])];
  return amounts.some((each) => each.currency === charged.currency && compare(each, charged) === 0);
}

/** By its time, where that is told; else by its number. */
function isOlder({ attempt }: Order, candidate: Candidate): boolean {
  if (!attempt) return false;
  const created = createdAtOf(candidate);
  if (created === undefined) return candidate.orderId <= attempt.watermark;
  return created < attempt.startedAt - CLOCKS_DIFFER_MS;
}
