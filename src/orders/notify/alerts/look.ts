import { type KeyRefusal, refusalIn } from '../../../catalog/index.ts';
import { isUnreadable } from '../../../store/index.ts';
import type { OrdersContext } from '../../context.ts';
import { lookAtBalance } from './balance.ts';
import { crossingOf } from './hysteresis.ts';
import { isAlertOn } from './wanted.ts';

const LOOK_EVERY_MS = 60_000;
/** A balance that was read, or a key that was refused, is looked at sooner; of a crowd that buys, not each one. */
const LOOK_AFTER_NEWS_MS = 5_000;

/**
 * Sees what is wrong with the account or the store, or is no more. What it costs is the same whatever was bought. Rejects
 * for nothing but the store.
 */
export const lookForAlerts = (ctx: OrdersContext): Promise<void> =>
  ctx.memory.lookingForAlerts.join('alerts', async () => {
    if (!isDue(ctx)) return;
    await Promise.all([lookAtKey, lookAtBalance, lookAtSpace].map((look) => unlessMet(ctx, look)));
  });

function isDue({ clock, memory, seen }: OrdersContext): boolean {
  const { alertsSeen } = memory;
  const now = clock.now();
  const news = `${seen.balance()?.at}/${seen.refusal() !== undefined}`;
  const gap = news === alertsSeen.news ? LOOK_EVERY_MS : LOOK_AFTER_NEWS_MS;
  if (now < alertsSeen.at + gap) return false;
  memory.alertsSeen = { at: now, news };
  return true;
}

/** A record that cannot be read is told of by itself, and keeps nothing else from being seen. */
async function unlessMet(ctx: OrdersContext, look: (ctx: OrdersContext) => Promise<void>): Promise<void> {
  try {
    await look(ctx);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
  }
}

/** A refusal may be about one request: only a balance that is refused, too, is the key's. */
async function lookAtKey(ctx: OrdersContext): Promise<void> {
  const { seen, alerts } = ctx;
  const why = seen.refusal() && (await askForBalance(ctx));
  const alert = await alerts.current('key_refused');
  if (why && !alert && (await isAlertOn(ctx, 'key_refused'))) await alerts.begin({ kind: 'key_refused', why });
  const isTaken = seen.refusal() === undefined && (seen.balance()?.at ?? 0) >= (alert?.at ?? 0);
  if (alert && isTaken) await alerts.end(alert);
}

/** Why it was refused; undefined where it was given, and where there was no answer: that says nothing of the key. */
async function askForBalance({ vendor }: OrdersContext): Promise<KeyRefusal | undefined> {
  try {
    await vendor.balance();
    return undefined;
  } catch (error) {
    return refusalIn(error);
  }
}

async function lookAtSpace(ctx: OrdersContext): Promise<void> {
  const { alerts, lowDiskBytes } = ctx;
  const space = await ctx.space();
  if (!space) return;
  const { free, size } = space;
  const alert = await alerts.current('store_full');
  const crossing = crossingOf(alert !== undefined, String(free), String(lowDiskBytes));
  if (crossing === 'on' && (await isAlertOn(ctx, 'store_full'))) await alerts.begin({ kind: 'store_full', free, size });
  if (crossing === 'over' && alert) await alerts.end(alert);
}
