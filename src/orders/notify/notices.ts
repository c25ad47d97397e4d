import { waitBriefly } from '../../lib/index.ts';
import type { Place } from '../../outbox/index.ts';
import type { Breakage } from '../../policy/index.ts';
import { unlessUnreadable, walk } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import { type Case, caseLists } from '../model/case.ts';
import type { About } from '../model/notice.ts';
import type { Order } from '../model/order.ts';
import { enteredAt } from '../model/retry-schedule.ts';
import { tellOfWait } from './alerts/waits.ts';
import { isAlertOn } from './alerts/wanted.ts';
import { tellOfCatalog } from './answer-notices.ts';
import { syncApprovalCard, syncApprovalCards } from './approval-cards.ts';
import { approvalKey, enqueueNotice, OPEN_NOTICES, syncNotice, syncNoticeOf } from './notice-outbox.ts';
import { tellOfUnreadable } from './unreadable.ts';

const caseKey = (id: string) => `case/${id}`;

/** An order may come before people more than once. */
const reviewKey = (order: Order) => `review/${order.id}/${enteredAt(order)}`;

/** What is mended may break again. */
const breakageKey = ({ guild, setting, what, id, since }: Breakage) =>
  `settings/${guild}/${setting}/${what}/${id}/${since}`;

/** Posts what is to be told, and edits what has changed. Rejects for nothing but the store. */
export async function syncNotices(ctx: OrdersContext): Promise<void> {
  await syncApprovalCards(ctx);
  await enqueueDue(ctx);
  await tellOfUnreadable(ctx);
  for await (const notice of walk(ctx.noticeRecords, OPEN_NOTICES))
    await unlessUnreadable(() => syncNotice(ctx, notice), undefined);
}

/** What reviews, stops, broken settings and cases there are follows from their own records: no crash can come between them and their notice. */
async function enqueueDue(ctx: OrdersContext): Promise<void> {
  const { orders, killSwitch, dmStops, breakages, cases } = ctx;
  await tellOfCatalog(ctx);
  const enqueue = (key: string, about: About) => enqueueNotice(ctx, key, about);
  for await (const order of orders.walk('review')) {
    await enqueue(reviewKey(order), { kind: 'review', order: order.id });
    await tellOfWait(ctx, order);
  }
  const stop = await unlessUnreadable(killSwitch.current, undefined);
  if (stop && (await isAlertOn(ctx, 'stop'))) await enqueue(`stop/${stop.id}`, { kind: 'stop', stop: stop.id });
  const dmStop = await unlessUnreadable(dmStops.current, undefined);
  if (dmStop && (await isAlertOn(ctx, 'dms_stopped')))
    await enqueue(`dms/${dmStop.id}`, { kind: 'dms_stopped', stop: dmStop.id });
  for await (const { id } of ctx.alerts.open()) await enqueue(`alert/${id}`, { kind: 'alert', alert: id });
  for await (const breakage of breakages.all())
    await enqueue(breakageKey(breakage), { kind: 'settings_broken', breakage });
  for await (const { id } of walk(cases, caseLists.open)) await enqueue(caseKey(id), { kind: 'case', case: id });
}

/**
 * Has the admins of a server that Cardigan has joined told how to set it up: once for ever, however often somebody says that
 * it has joined.
 */
export const welcomeServer = (ctx: OrdersContext, guild: string): Promise<void> =>
  enqueueNotice(ctx, `welcome/${guild}`, { kind: 'welcome', guild });

/** Makes the card of an approval true, at once and in the background. */
export function showApproval(ctx: OrdersContext, order: Order): void {
  syncApprovalCard(ctx, order).catch((err: unknown) =>
    ctx.log.warn({ order: order.id, err }, 'the card of an approval is left for the next round'),
  );
}

/** A person waits for it meanwhile. */
const CARD_WITHIN_MS = 8_000;

/** Has those who may approve an order asked, and waits a little until its card stands. */
export function putUpCard(ctx: OrdersContext, order: Order): Promise<void> {
  const asked = syncApprovalCard(ctx, order).catch((err: unknown) =>
    ctx.log.warn({ order: order.id, err }, 'the card of an approval is left for the next round'),
  );
  return waitBriefly(ctx.clock, CARD_WITHIN_MS, asked);
}

/** Has the notice of a case made true, at once and in the background. */
export function showCase(ctx: OrdersContext, { id }: Case): void {
  syncNoticeOf(ctx, caseKey(id)).catch((err: unknown) =>
    ctx.log.warn({ case: id, err }, 'the notice of a case is left for the next round'),
  );
}

/** Where an order's card stands, once it does. */
export async function cardOf(ctx: OrdersContext, { id }: Order): Promise<Place | undefined> {
  return (await ctx.noticeRecords.get(approvalKey(id)))?.place;
}
