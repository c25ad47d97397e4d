import { renewMessage } from '../../outbox/index.ts';
import { unlessUnreadable, walk } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import type { Notice } from '../model/notice.ts';
import type { Order } from '../model/order.ts';
import { tellOfWait } from './alerts/waits.ts';
import { contentWith, stateOf } from './notice-content.ts';
import {
  approvalKey,
  enqueueNotice,
  OPEN_NOTICES,
  recordCard,
  STANDING,
  syncNotice,
  syncNoticeOf,
} from './notice-outbox.ts';
import { isQuiet, remindersDue } from './reminders.ts';

// The cards of approvals and their reminders: which there are to be, and whether they are true.

/** They stand for days, and a press is shown at once: this finds what a crash has left, and when to remind. */
const SYNC_EVERY_MS = 60_000;

const reminderKey = (order: string, number: number) => `reminder/${order}/${number}`;

/** What there is to be follows from the orders: no crash can come between an order and its card. */
export async function syncApprovalCards(ctx: OrdersContext): Promise<void> {
  const { orders, noticeRecords, clock, memory } = ctx;
  if (clock.now() < memory.approvalCardsSyncedAt + SYNC_EVERY_MS) return;
  memory.approvalCardsSyncedAt = clock.now();
  const waiting = new Map<string, Order>();
  for await (const order of orders.walk('awaiting')) waiting.set(order.id, order);
  const known = new Set<string>();
  const cards = new Map<string, Notice>();
  for await (const notice of walk(noticeRecords, STANDING)) {
    const { key, about } = notice;
    known.add(key);
    if (!('order' in about)) continue;
    if (about.kind === 'approval') cards.set(about.order, notice);
    await unlessUnreadable(() => syncStanding(ctx, notice, waiting.get(about.order)), undefined);
  }
  for (const order of waiting.values()) {
    const card = cards.get(order.id);
    const due = () => (card ? remind(ctx, order, card, known) : enqueueApproval(ctx, order));
    await unlessUnreadable(due, undefined);
    await tellOfWait(ctx, order);
  }
}

/** Has the card put up, or made true, now, and the reminder that is up. */
export async function syncApprovalCard(ctx: OrdersContext, order: Order): Promise<void> {
  if (order.status === 'awaiting_approval') await enqueueApproval(ctx, order);
  const number = remindersDue(order, ctx.clock.now());
  await syncNoticeOf(ctx, approvalKey(order.id));
  if (number > 0) await syncNoticeOf(ctx, reminderKey(order.id, number));
}

const enqueueApproval = (ctx: OrdersContext, { id }: Order) =>
  enqueueNotice(ctx, approvalKey(id), { kind: 'approval', order: id });

/** Reads its order again only where its message would have to change. */
async function syncStanding(ctx: OrdersContext, notice: Notice, order: Order | undefined) {
  const content = order && contentWith(notice, order, ctx.clock.now());
  if (!content || stateOf(content) !== notice.says) await syncNotice(ctx, notice);
  else if (await isLost(ctx, notice)) await putUpAnew(ctx, notice);
  // On record since a version that did not write it down.
  else if (notice.about.kind === 'approval' && notice.place && !order?.approval?.card)
    await recordCard(ctx, notice.about.order, notice.place);
}

/** A card whose channel was deleted: nobody can decide by it. */
const isLost = async ({ board }: OrdersContext, { about, place }: Notice) =>
  about.kind === 'approval' && place !== undefined && !(await board.stands(place));

async function putUpAnew(ctx: OrdersContext, notice: Notice): Promise<void> {
  const { noticeRecords: records, clock } = ctx;
  await renewMessage({ records, open: OPEN_NOTICES, clock }, notice);
  await syncNoticeOf(ctx, notice.key);
}

/** After a pause the newest reminder alone is told. */
async function remind(
  ctx: OrdersContext,
  order: Order,
  { place: card }: Notice,
  known: ReadonlySet<string>,
): Promise<void> {
  const now = ctx.clock.now();
  const number = remindersDue(order, now);
  const key = reminderKey(order.id, number);
  if (number === 0 || !card || known.has(key) || isQuiet(order, now)) return;
  await enqueueNotice(ctx, key, { kind: 'reminder', order: order.id, number, card });
}
