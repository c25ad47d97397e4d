import type { Clock } from '../../lib/index.ts';
import type { Breakages, Rules } from '../../policy/index.ts';
import type { Records } from '../../store/index.ts';
import type { Case } from '../model/case.ts';
import type { Stops } from '../model/kill-switch.ts';
import type { Notice } from '../model/notice.ts';
import type { Order } from '../model/order.ts';
import type { NoticeContent } from '../model/ports.ts';
import { isQuiet, remindersDue } from '../model/reminders.ts';
import type { OrderBook } from '../repository.ts';

/** What notices say, as it is now. */
export interface NoticeContents {
  /** Undefined when what it is about is no more. */
  of(notice: Notice): Promise<NoticeContent | undefined>;
  /** With all that a message takes beyond its state: an approval's card names who is asked. */
  inFull(content: NoticeContent): Promise<NoticeContent>;
}

interface Parts {
  book: Pick<OrderBook, 'get'>;
  stops: Pick<Stops, 'get'>;
  breakages: Pick<Breakages, 'isBroken'>;
  rules: Pick<Rules, 'termsOf'>;
  cases: Pick<Records<Case>, 'get'>;
  clock: Clock;
}

export function createNoticeContents({
  book,
  stops,
  breakages,
  rules,
  cases,
  clock,
}: Parts): NoticeContents {
  return {
    async of(notice) {
      const { about } = notice;
      if (about.kind === 'stranger' || about.kind === 'audit_hash') return about;
      if (about.kind === 'stop') {
        const stop = await stops.get(about.stop);
        return stop && { kind: 'stop', stop };
      }
      if (about.kind === 'settings_broken')
        return { ...about, isMended: !(await breakages.isBroken(about.breakage)) };
      if (about.kind === 'case') {
        const record = await cases.get(about.case);
        const order = record && (await book.get(record.order));
        return record && order && { kind: 'case', record, order };
      }
      const order = await book.get(about.order);
      return order && contentWith(notice, order, clock.now());
    },
    async inFull(content) {
      if (content.kind !== 'approval') return content;
      const { approvers } = await rules.termsOf(content.order.guild);
      return { ...content, approvers };
    },
  };
}

/** What a notice says of its order, were that as it is given. */
export function contentWith(
  { about, place }: Notice,
  order: Order,
  now: number,
): NoticeContent | undefined {
  if (!('order' in about)) return undefined;
  if (about.kind !== 'reminder') return { ...about, order };
  const { number, card } = about;
  // The next one takes its place. One that is up stays until the order's end.
  const isDue =
    number === remindersDue(order, now) && (place !== undefined || !isQuiet(order, now));
  return { kind: 'reminder', order, number, card, isDue };
}
