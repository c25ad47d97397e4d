import Big from 'big.js';
import { DAY_MS } from '../../../lib/index.ts';

/** The pace is that of so many days, today included. */
export const PACE_DAYS = 7;
/** Whoever tops up needs a weekend and a working day for it. */
export const LASTS_AT_LEAST_DAYS = 3;
/** What needs money later than this can be topped up for later. */
export const NEEDS_WITHIN_MS = 7 * DAY_MS;

/** What a campaign that was decided about still needs. Amounts are in the account's currency. */
export interface Need {
  readonly reference: string;
  readonly kind: 'bulk' | 'drop' | 'giveaway';
  /** When it starts; undefined once it has. */
  readonly startsAt: number | undefined;
  readonly amount: string;
}

interface Known {
  readonly balance: string;
  /** The operator's, if there is one. */
  readonly threshold: string | undefined;
  /** Charged in the last days, all together. */
  readonly spent: string;
  readonly needs: readonly Need[];
  readonly now: number;
}

export interface Forecast {
  /** Below this much the balance is low. */
  readonly line: string;
  /** When it is empty at the pace of the last days; undefined where nothing was spent. */
  readonly lastsUntil: number | undefined;
  /** The first campaign that it does not suffice for, after those before it, and how much is lacking. */
  readonly short: { readonly need: Need; readonly lacking: string } | undefined;
}

/**
 * How low is low: under what the operator says, under what three days take at the pace of the last ones, or under what
 * campaigns of the next days need. The pace has campaigns of the past in it, so the two are not added up.
 */
export function forecast({ balance, threshold = '0', spent, needs, now }: Known): Forecast {
  const aDay = new Big(spent).div(PACE_DAYS);
  const near = needs.filter(({ startsAt = now }) => startsAt <= now + NEEDS_WITHIN_MS).toSorted(byTime);
  const needed = near.reduce((sum, { amount }) => sum.plus(amount), new Big(0));
  const lines = [new Big(threshold), aDay.times(LASTS_AT_LEAST_DAYS), needed];
  const line = lines.reduce((highest, each) => (each.gt(highest) ? each : highest));
  return { line: line.toFixed(), lastsUntil: emptyAt(balance, aDay, now), short: shortOf(balance, near) };
}

const byTime = ({ startsAt: a = 0 }: Need, { startsAt: b = 0 }: Need) => a - b;

/** The furthest moment that a Date can hold. */
const LATEST = 8.64e15;

function emptyAt(balance: string, aDay: Big, now: number): number | undefined {
  if (aDay.lte(0)) return undefined;
  const left = new Big(balance).lt(0) ? new Big(0) : new Big(balance);
  return Math.min(LATEST, Math.round(now + left.div(aDay).times(DAY_MS).toNumber()));
}

function shortOf(balance: string, near: readonly Need[]): Forecast['short'] {
  let left = new Big(balance);
  for (const need of near) {
    left = left.minus(need.amount);
    if (left.lt(0)) return { need, lacking: left.abs().toFixed() };
  }
  return undefined;
}
