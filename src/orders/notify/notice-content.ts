import type { OrdersContext } from '../context.ts';
import { asReported } from '../model/case.ts';
import { isApprovedByOthers } from '../model/news.ts';
import type { About, Notice } from '../model/notice.ts';
import { missingCards, type Order, type Status } from '../model/order.ts';
import type { NoticeContent } from '../model/ports.ts';
import { enteredAt } from '../model/retry-schedule.ts';
import { isFinal, whenAsked } from '../model/state-machine.ts';
import { offerHold } from '../repository.ts';
import type { Alert } from './alerts/alert.ts';
import { isQuiet, remindersDue } from './reminders.ts';

/** What a notice says now; undefined when what it is about is no more. */
export async function contentOf(ctx: OrdersContext, notice: Notice): Promise<NoticeContent | undefined> {
  const { about } = notice;
  switch (about.kind) {
    case 'stranger':
      return withOwner(ctx, about);
    case 'unserved':
    case 'backup_failed':
    case 'welcome':
    case 'unreadable':
    case 'audit_hash':
    case 'catalog_odd':
      return about;
    case 'stop': {
      const stop = await ctx.killSwitch.get(about.stop);
      return stop && { kind: 'stop', stop };
    }
    case 'dms_stopped': {
      const stop = await ctx.dmStops.get(about.stop);
      return stop && { kind: 'dms_stopped', stop };
    }
    case 'alert': {
      const alert = await ctx.alerts.get(about.alert);
      return alert && { kind: 'alert', alert };
    }
    case 'settings_broken':
      return { ...about, isMended: !(await ctx.breakages.isBroken(about.breakage)) };
    case 'case': {
      const record = await ctx.cases.get(about.case);
      const order = record && (await ctx.orders.get(record.order));
      return record && order && { kind: 'case', record, order };
    }
    default: {
      const order = await ctx.orders.get(about.order);
      const content = order && contentWith(notice, order, ctx.clock.now());
      return content?.kind === 'approval' ? withSequel(ctx, content) : content;
    }
  }
}

/** With the offer that was made in its place, where its price rose: once that is asked for, its card is named there. */
async function withSequel({ orders }: OrdersContext, content: ApprovalContent): Promise<NoticeContent> {
  if (content.order.status !== 'repriced') return content;
  const id = await orders.holder(offerHold(content.order.id));
  const sequel = id === undefined ? undefined : await orders.get(id);
  return sequel ? { ...content, sequel } : content;
}

/** What people were asked about it is settled as soon as it belongs to an order here, whoever has attached it. */
async function withOwner(
  { orders }: OrdersContext,
  about: Extract<About, { kind: 'stranger' }>,
): Promise<NoticeContent> {
  if (!about.isAsked) return about;
  const owner = await orders.holder(`remote/${about.stranger.orderId}`);
  const order = owner === undefined ? undefined : await orders.get(owner);
  return order ? { ...about, attached: order.reference } : about;
}

type ApprovalContent = Extract<NoticeContent, { kind: 'approval' }>;

/** What a notice says of its order, were that as it is given. */
export function contentWith({ about, place }: Notice, order: Order, now: number): NoticeContent | undefined {
  if (!('order' in about)) return undefined;
  if (about.kind === 'waiting') return { ...about, order, isOver: !isStillWaiting(order, about.since) };
  if (about.kind !== 'reminder') return { ...about, order };
  const { number, card } = about;
  // The next one takes its place. One that is up stays until the order's end.
  const isDue = number === remindersDue(order, now) && (place !== undefined || !isQuiet(order, now));
  return { kind: 'reminder', order, number, card, isDue };
}

/** It has come no further since then. */
const isStillWaiting = (order: Order, since: number): boolean =>
  (order.status === 'awaiting_approval' || order.status === 'needs_review') && enteredAt(order) === since;

/** With all that a message takes beyond its state: an approval's card names who is asked. */
export async function inFull(ctx: OrdersContext, content: NoticeContent): Promise<NoticeContent> {
  if (content.kind !== 'approval') return content;
  const { approvers } = await ctx.rules.termsOf(content.order.guild);
  return { ...content, approvers };
}

/** Changes when the message has to. */
export function stateOf(content: NoticeContent): string {
  switch (content.kind) {
    case 'review':
      return reviewState(content.order);
    case 'approval':
      return waitingOf(content.order) ?? outcomeOf(content);
    case 'reminder':
      return (content.isDue ? waitingOf(content.order) : undefined) ?? 'past';
    case 'stop':
    case 'dms_stopped':
      return content.stop.resumed ? 'resumed' : 'stopped';
    case 'case':
      return content.record.state;
    case 'stranger':
      if (!content.isAsked) return 'told';
      return content.attached ? 'attached' : content.ignored ? 'ignored' : 'asked';
    case 'settings_broken':
      return content.isMended ? 'mended' : 'broken';
    case 'alert':
      return alertState(content.alert);
    case 'waiting':
      return content.isOver ? 'over' : 'waiting';
    case 'backup_failed':
      return content.madeAt === undefined ? 'failed' : 'over';
    default:
      return 'told';
  }
}

const alertState = ({ at, since, over }: Alert): string => (over ? 'over' : `on/${since?.at ?? at}`);

/** Whoever has named one that does not fit is shown to the others. */
function reviewState({ status, named }: Order): string {
  if (status !== 'needs_review') return 'decided';
  return named ? `named/${named.orderId}/${named.at}` : 'waiting';
}

/** With how many approvals it waits. */
function waitingOf({ status, approval }: Order): string | undefined {
  if (status !== 'awaiting_approval') return undefined;
  const votes = approval?.votes.length ?? 0;
  return votes > 0 ? `waiting/${votes}` : 'waiting';
}

/** What became of an order that others have decided about, as its card says it. */
function outcomeOf({ order, sequel }: ApprovalContent): string {
  const { status, approvedAt } = order;
  if (approvedAt === undefined) return 'decided';
  if (isApprovedByOthers(order)) return 'approved';
  if (status === 'bought') return `bought/${missingCards(order)}`;
  return sequel?.approval?.card ? `${status}/asked` : sequel ? `${status}/offered` : status;
}

/** What it asked for, or reminded of, is over, or it never asked for anything. */
export function isNoticeSettled(content: NoticeContent): boolean {
  if (content.kind === 'approval') return content.order.status !== 'awaiting_approval';
  return ['decided', 'past', 'resumed', 'mended', 'solved', 'over', 'told', 'attached', 'ignored'].includes(
    stateOf(content),
  );
}

/** Of these, whoever changes them says so, or it may take days. */
const seldom: readonly NoticeContent['kind'][] = ['reminder', 'waiting', 'backup_failed'];
const underWay: readonly Status[] = ['approved', 'buying', 'unconfirmed', 'bought'];

/**
 * How soon it is to be looked whether a notice is true still: `soon`, in the next round; `seldom`, once in a while. Not at
 * all where nothing more will change about it, or whoever changes it says so: a card that is held may wait for months.
 */
export function dueAgain(content: NoticeContent): 'soon' | 'seldom' | undefined {
  if (content.kind === 'approval') {
    const { status } = content.order;
    if (underWay.includes(status)) return 'soon';
    return status === 'held' || isFinal(status) ? undefined : 'seldom';
  }
  if (isNoticeSettled(content)) return undefined;
  return seldom.includes(content.kind) ? 'seldom' : 'soon';
}

/** What a notice said before anything was decided, as far as that can still be told. */
export function atFirst(content: NoticeContent): NoticeContent {
  switch (content.kind) {
    case 'approval':
    case 'reminder':
      return { ...content, order: whenAsked(content.order) };
    case 'case':
      return { ...content, record: asReported(content.record) };
    case 'stranger': {
      const { ignored: _, attached: __, ...asked } = content;
      return asked;
    }
    case 'settings_broken':
      return { ...content, isMended: false };
    case 'waiting':
      return { ...content, isOver: false };
    case 'backup_failed': {
      const { madeAt: _, ...failed } = content;
      return failed;
    }
    case 'alert': {
      const { since: _, over: __, ...alert } = content.alert;
      return { ...content, alert };
    }
    case 'stop': {
      const { resumed: _, ...stop } = content.stop;
      return { ...content, stop };
    }
    case 'dms_stopped': {
      const { resumed: _, ...stop } = content.stop;
      return { ...content, stop };
    }
    default:
      return content;
  }
}
