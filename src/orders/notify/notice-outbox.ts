import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../lib/index.ts';
import { ensureMessage, type Message, type Place, postOnce, syncMessage } from '../../outbox/index.ts';
import { unlessUnreadable } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import type { About, Notice } from '../model/notice.ts';
import type { Order } from '../model/order.ts';
import type { NoticeContent } from '../model/ports.ts';
import { isNoticeOn } from './alerts/wanted.ts';
import { atFirst, contentOf, dueAgain, inFull, isNoticeSettled, stateOf } from './notice-content.ts';

export const approvalKey = (order: string) => `approval/${order}`;

/** Lists notices that are to be told, or to be kept true. */
export const OPEN_NOTICES = 'open';
/** Lists notices of orders that wait for people, which say what they should as far as anybody knows. */
export const STANDING = 'standing';

/**
 * Has admins told, once for each key, whatever crashes in between: whoever serves posts it in its next round. One that is
 * there and cannot be read is told no more, and keeps nothing from going on: of its record admins hear in its place.
 */
export async function enqueueNotice(
  { noticeRecords: records, clock }: Pick<OrdersContext, 'noticeRecords'> & { clock: Pick<Clock, 'now'> },
  key: string,
  about: About,
): Promise<void> {
  const at = clock.now();
  const ensured = () => ensureMessage({ records, open: OPEN_NOTICES }, { key, about, at, tries: 0, nextAt: at });
  await unlessUnreadable(ensured, undefined);
}

/** Whether admins are told of it, or will be; also by what cannot be read any more. */
export const isNoticed = async (
  { noticeRecords }: Pick<OrdersContext, 'noticeRecords'>,
  key: string,
): Promise<boolean> => unlessUnreadable(async () => (await noticeRecords.get(key)) !== undefined, true);

/** Posts a notice, or makes it true, if it is not. */
export async function syncNotice(ctx: OrdersContext, notice: Notice): Promise<void> {
  const { noticeRecords: records, clock, log } = ctx;
  await syncMessage({ records, open: OPEN_NOTICES, clock, log }, notice, async () => {
    const content = await contentOf(ctx, notice);
    const isNew = notice.place === undefined && notice.tries === 0;
    // Never said, for good: what is on record stays so.
    if (isNew && content && !(await isNoticeOn(ctx, content))) return undefined;
    return content && messageOf(ctx, content);
  });
}

/** Only now may its requester read where it is asked for. */
export async function recordCard(ctx: OrdersContext, id: string, card: Place): Promise<void> {
  const { orders, mailbox } = ctx;
  const isThere = ({ status, approval }: Order) =>
    status !== 'awaiting_approval' || !approval || isDeepStrictEqual(approval.card, card);
  const before = await orders.require(id);
  if (isThere(before)) return;
  const { order } = await orders.revise(id, (current) =>
    isThere(current) || !current.approval ? current : { ...current, approval: { ...current.approval, card } },
  );
  await mailbox.show(order);
  // The card of the order in whose place it is asked for names it from now on.
  if (order.insteadOf !== undefined) await syncNoticeOf(ctx, approvalKey(order.insteadOf));
}

/** The same, of the notice with this key, if there is one. */
export async function syncNoticeOf(ctx: OrdersContext, key: string): Promise<void> {
  const notice = await ctx.noticeRecords.get(key);
  if (notice) await syncNotice(ctx, notice);
}

function messageOf(ctx: OrdersContext, content: NoticeContent): Message {
  const { board } = ctx;
  const says = stateOf(content);
  const isOver = isNoticeSettled(content);
  const due = dueAgain(content);
  return {
    says,
    list: due && (due === 'seldom' ? STANDING : OPEN_NOTICES),
    // What still waits for people is posted anew; what is over needs no message.
    isLasting: !isOver && content.kind !== 'reminder',
    async post({ isFirst, ...how }) {
      const pings = isFirst && content.kind === 'approval' && !isOver;
      const now = await inFull(ctx, content);
      const first = atFirst(now);
      const isChanged = stateOf(first) !== says;
      const place = await postOnce(board, now, { ...how, pings }, { first, isChanged });
      if (place && content.kind === 'approval') await recordCard(ctx, content.order.id, place);
      return place;
    },
    edit: async (place) => board.edit(place, await inFull(ctx, content)),
    // A reminder that is past only stands in the way of what is not.
    remove: says === 'past' ? (place) => board.remove(content, place) : undefined,
  };
}
