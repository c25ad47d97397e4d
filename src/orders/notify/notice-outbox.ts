import type { Clock } from '../../lib/index.ts';
import { ensureMessage, type Message, postOnce, syncMessage } from '../../outbox/index.ts';
import type { OrdersContext } from '../context.ts';
import type { About, Notice } from '../model/notice.ts';
import type { NoticeContent } from '../model/ports.ts';
import { atFirst, contentOf, inFull, isNoticeSettled, stateOf } from './notice-content.ts';

/** Lists notices that are to be told, or to be kept true. */
export const OPEN_NOTICES = 'open';
/** Lists notices of orders that wait for approval, which say what they should as far as anybody knows. */
export const STANDING = 'standing';

/** Has admins told, once for each key, whatever crashes in between: whoever serves posts it in its next round. */
export async function enqueueNotice(
  { noticeRecords: records, clock }: Pick<OrdersContext, 'noticeRecords'> & { clock: Pick<Clock, 'now'> },
  key: string,
  about: About,
): Promise<void> {
  const at = clock.now();
  await ensureMessage({ records, open: OPEN_NOTICES }, { key, about, at, tries: 0, nextAt: at });
}

/** Whether admins are told of it, or will be. */
export const isNoticed = async (
  { noticeRecords }: Pick<OrdersContext, 'noticeRecords'>,
  key: string,
): Promise<boolean> => (await noticeRecords.get(key)) !== undefined;

/** Posts a notice, or makes it true, if it is not. */
export async function syncNotice(ctx: OrdersContext, notice: Notice): Promise<void> {
  const { noticeRecords: records, clock, log } = ctx;
  await syncMessage({ records, open: OPEN_NOTICES, clock, log }, notice, async () => {
    const content = await contentOf(ctx, notice);
    return content && messageOf(ctx, content);
  });
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
  const isOfApproval = content.kind === 'approval' || content.kind === 'reminder';
  return {
    says,
    list: isOver ? undefined : isOfApproval ? STANDING : OPEN_NOTICES,
    // What still waits for people is posted anew; what is over needs no message.
    isLasting: !isOver && content.kind !== 'reminder',
    async post({ isFirst, ...how }) {
      const pings = isFirst && content.kind === 'approval' && !isOver;
      const now = await inFull(ctx, content);
      const first = atFirst(now);
      const isChanged = stateOf(first) !== says;
      return postOnce(board, now, { ...how, pings }, { first, isChanged });
    },
    edit: async (place) => board.edit(place, await inFull(ctx, content)),
    // A reminder that is past only stands in the way of what is not.
    remove: says === 'past' ? (place) => board.remove(content, place) : undefined,
  };
}
