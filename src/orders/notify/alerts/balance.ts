import { isDeepStrictEqual } from 'node:util';
import Big from 'big.js';
import { DAY_MS, dayOf, type Money, money } from '../../../lib/index.ts';
import { dayKey } from '../../../policy/index.ts';
import { unlessUnreadable } from '../../../store/index.ts';
import type { OrdersContext } from '../../context.ts';
import type { Alert, AlertFacts } from './alert.ts';
import { type Forecast, forecast, PACE_DAYS } from './forecast.ts';
import { crossingOf } from './hysteresis.ts';
import { isAlertOn } from './wanted.ts';

/** What it says beside that it is low is made true so often: people read it, and an edit is a request. */
const SAID_ANEW_AFTER_MS = 60 * 60_000;

/** Sees whether the balance is low now, by what is known of it anyway. */
export async function lookAtBalance(ctx: OrdersContext): Promise<void> {
  const balance = ctx.seen.balance()?.balance;
  if (!balance) return;
  const { alerts } = ctx;
  const { lowBalance: threshold } = await ctx.policies.of(ctx.ownerGuild);
  const told = await forecastNow(ctx, balance, threshold);
  const facts = factsOf(balance, threshold, told);
  const alert = await alerts.current('low_balance');
  const crossing = crossingOf(alert !== undefined, balance.amount, told.line);
  if (crossing === 'on' && (await isAlertOn(ctx, 'low_balance'))) await alerts.begin(facts);
  if (crossing === 'over' && alert) await alerts.end(alert);
  if (crossing === 'same' && alert && isOutdated(alert, facts, ctx.clock.now())) await alerts.note(alert, facts);
}

async function forecastNow(ctx: OrdersContext, { amount: balance }: Money, threshold: string | undefined) {
  const now = ctx.clock.now();
  const [spent, needs] = await Promise.all([spentLately(ctx, now), ctx.upcomingNeeds()]);
  return forecast({ balance, threshold, spent, needs, now });
}

/** By what the operator's cap on each day counts: one read a day. */
async function spentLately({ ledger }: OrdersContext, now: number): Promise<string> {
  const days = Array.from({ length: PACE_DAYS }, (_, back) => dayKey(dayOf(now - back * DAY_MS)));
  const sums = await Promise.all(days.map((day) => unlessUnreadable(() => ledger.sums(day), undefined)));
  return sums.reduce((sum, each) => sum.plus(each?.settled ?? '0'), new Big(0)).toFixed();
}

function factsOf(balance: Money, threshold: string | undefined, { lastsUntil, short }: Forecast): AlertFacts {
  const { currency } = balance;
  return {
    kind: 'low_balance',
    balance,
    ...(threshold !== undefined && { threshold }),
    ...(lastsUntil !== undefined && { lastsUntil: middayOf(lastsUntil) }),
    ...(short && { short: shortFacts(short, currency) }),
  };
}

function shortFacts({ need, lacking }: NonNullable<Forecast['short']>, currency: string) {
  const { reference, kind, startsAt } = need;
  return { reference, kind, ...(startsAt !== undefined && { startsAt }), lacking: money(lacking, currency) };
}

/** Nobody can tell the hour, and a day that stays the same is said once. */
const middayOf = (at: number): number => (Math.floor(at / DAY_MS) + 0.5) * DAY_MS;

function isOutdated({ at, facts, since }: Alert, now: AlertFacts, time: number): boolean {
  const said = since ?? { at, facts };
  return time >= said.at + SAID_ANEW_AFTER_MS && !isDeepStrictEqual(said.facts, now);
}
