import type { Clock } from '../../lib/index.ts';
import type { Breakage } from '../../policy/index.ts';
import type { Records } from '../../store/index.ts';
import { asReported } from '../model/case.ts';
import type { About, Notice } from '../model/notice.ts';
import type { Order } from '../model/order.ts';
import type { NoticeContent } from '../model/ports.ts';
import { enteredAt } from '../model/retry-schedule.ts';
import { whenAsked } from '../model/state-machine.ts';

/** Changes when the message has to. */
export function stateOf(content: NoticeContent): string {
  switch (content.kind) {
    case 'review':
      return content.order.status === 'needs_review' ? 'waiting' : 'decided';
    case 'approval':
      return waitingOf(content.order) ?? 'decided';
    case 'reminder':
      return (content.isDue ? waitingOf(content.order) : undefined) ?? 'past';
    case 'stop':
      return content.stop.resumed ? 'resumed' : 'stopped';
    case 'case':
      return content.record.state;
    case 'settings_broken':
      return content.isMended ? 'mended' : 'broken';
    default:
      return 'told';
  }
}

/** With how many approvals it waits. */
function waitingOf({ status, approval }: Order): string | undefined {
  if (status !== 'awaiting_approval') return undefined;
  const votes = approval?.votes.length ?? 0;
  return votes > 0 ? `waiting/${votes}` : 'waiting';
}

/** What it asked for, or reminded of, is over. */
export const isOver = (content: NoticeContent) =>
  ['decided', 'past', 'resumed', 'mended', 'solved'].includes(stateOf(content));

/** Nothing more will change about it. */
export const isSettled = (content: NoticeContent) => isOver(content) || stateOf(content) === 'told';

/** What a notice said before anything was decided, as far as that can still be told. */
export function atFirst(content: NoticeContent): NoticeContent {
  if (content.kind === 'approval' || content.kind === 'reminder')
    return { ...content, order: whenAsked(content.order) };
  if (content.kind === 'case') return { ...content, record: asReported(content.record) };
  if (content.kind === 'settings_broken') return { ...content, isMended: false };
  if (content.kind !== 'stop') return content;
  const { resumed: _, ...stop } = content.stop;
  return { ...content, stop };
}

export const approvalKey = (order: string) => `approval/${order}`;

export const reminderKey = (order: string, number: number) => `reminder/${order}/${number}`;

export const caseKey = (id: string) => `case/${id}`;

/** An order may come before people more than once. */
export function reviewKey(order: Order): string {
  return `review/${order.id}/${enteredAt(order)}`;
}

/** What is mended may break again. */
export const breakageKey = ({ guild, setting, what, id, since }: Breakage) =>
  `settings/${guild}/${setting}/${what}/${id}/${since}`;

/** The list of what is to be told, or to be kept true. */
export const OPEN = 'open';

/** What admins are to be told. Whoever serves posts it in its next round. */
export interface NoticeList {
  /** Has admins told, once for each key, whatever crashes in between. */
  tell(key: string, about: About): Promise<void>;
  /** Whether admins are told of it, or will be. */
  isTold(key: string): Promise<boolean>;
}

interface Parts {
  records: Records<Notice>;
  clock: Pick<Clock, 'now'>;
}

export function createNoticeList({ records, clock }: Parts): NoticeList {
  const isTold = async (key: string) => (await records.get(key)) !== undefined;
  return {
    isTold,
    async tell(key, about) {
      if (await isTold(key)) return;
      const at = clock.now();
      const notice = { key, about, at, tries: 0, nextAt: at };
      // Somebody else may write it first: then it is told by them.
      await records.write(key, notice, { seen: 0, tags: [OPEN], holds: [] });
    },
  };
}
