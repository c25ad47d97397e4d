import {
  isApprovedByOthers,
  type Mailbox,
  type Notification,
  type Order,
  openActions,
  type Sequel,
} from '../../orders/index.ts';
import type { Place } from '../../outbox/index.ts';
import {
  approvedView,
  channelNotificationView,
  orderView,
  progressView,
  quoteView,
  type View,
} from '../../views/index.ts';
import type { DiscordContext } from '../context.ts';
import { attempt } from '../errors.ts';
import { sendOnce } from '../messages/direct-messages.ts';

/*
 * News of an order for its requester: in the message they follow it by, by direct message or, where neither can be and
 * others had to decide, in the channel where they asked.
 */
type RequesterContext = Pick<
  DiscordContext,
  'liveReplies' | 'directMessages' | 'channelMessages' | 'wordsFor' | 'clock' | 'log'
>;

export function showProgress(
  { liveReplies, wordsFor, log }: RequesterContext,
  ...[order, stage]: Parameters<Mailbox['progress']>
): void {
  const view = progressView(order, stage, wordsFor(order.locale));
  // One that fails costs nothing: how it ends is told in any case.
  liveReplies
    .edit(order.id, view, { passing: true })
    .catch((err: unknown) => log.warn({ order: order.id, err }, 'what is under way could not be shown'));
}

export async function showOrder(ctx: RequesterContext, order: Order, sequel?: Sequel): Promise<boolean> {
  const { liveReplies } = ctx;
  // Before it is shown: a press on the offer is what moves it on.
  if (sequel && 'offer' in sequel) await liveReplies.handOn(order.id, sequel.offer.id);
  return liveReplies.edit(order.id, viewOf(ctx, order, sequel));
}

export function notifyRequester(
  ctx: RequesterContext,
  ...[order, message = { mayBeOut: false }]: Parameters<Mailbox['tell']>
): Promise<Place | undefined> {
  const view = viewOf(ctx, order, message.sequel);
  return attempt<Place | undefined, undefined>(
    () => editOrSend(ctx, order, view, message),
    async (err) => {
      if (!message.isEditOnly && (await sendElsewhere(ctx, order, view, message.mayBeOut))) return undefined;
      ctx.log.warn({ order: order.id, err }, 'the requester could not be told how the order stands');
      return undefined;
    },
  );
}

/** In the message that they have of it or, where they have none or have deleted it, in a new one. */
async function editOrSend(ctx: RequesterContext, order: Order, view: View, message: Notification) {
  const { directMessages } = ctx;
  const { mayBeOut, isEditOnly = false } = message;
  const { requester, guild } = order;
  const place = message.place ?? (mayBeOut ? await approvalTold(ctx, order) : undefined);
  if (place && (await directMessages.edit(requester, place, view, guild))) return place;
  if (isEditOnly) return undefined;
  return sendOnce(directMessages, requester, view, { nonce: nonceOf(order, 'n'), mayBeOut, guild });
}

/** Where an earlier process told that it is approved, if it died before that was on record. */
async function approvalTold({ directMessages, wordsFor }: RequesterContext, order: Order): Promise<Place | undefined> {
  const { approval, approvedAt, told, requester, locale } = order;
  const mayBeTold = approval !== undefined && approvedAt !== undefined && told === undefined;
  if (!mayBeTold || isApprovedByOthers(order)) return undefined;
  return directMessages.find(requester, approvedView(order, wordsFor(locale)));
}

function viewOf({ wordsFor, clock }: RequesterContext, order: Order, sequel?: Sequel): View {
  const words = wordsFor(order.locale);
  const { requester: user } = order;
  if (sequel && 'offer' in sequel) {
    // Who needed no approval for the first one may confirm; whether they still may is checked when they press.
    const verdict = order.approval ? 'needs' : 'allowed';
    const actions = openActions(sequel.offer, { user, verdict }, clock.now());
    return quoteView(sequel.offer, { actions, before: order.quote.charged }, words);
  }
  if (isApprovedByOthers(order)) return approvedView(order, words);
  const actions = openActions(order, { user }, clock.now());
  return orderView(order, { actions, ...(sequel && { problem: sequel.problem }) }, words);
}

/** What only they see may be gone before they look again. */
async function sendElsewhere(ctx: RequesterContext, order: Order, view: View, mayBeOut: boolean) {
  const isTold = order.approval !== undefined && (await tellInChannel(ctx, order, mayBeOut));
  return isTold || ctx.liveReplies.add(order.id, view);
}

/**
 * In the channel where they asked: pings the requester, and says no more than that there is news. False when they cannot
 * be told there.
 */
async function tellInChannel(
  { channelMessages, wordsFor, log }: RequesterContext,
  order: Order,
  mayBeOut: boolean,
): Promise<boolean> {
  // Who has left reads nothing there.
  if (order.history.at(-1)?.why === 'requester_left') return false;
  const view = channelNotificationView(order, wordsFor(order.locale));
  const how = { nonce: nonceOf(order, 'c'), mayBeOut };
  return attempt(
    async () => (await channelMessages.post(order.guild, order.channel, view, how)) !== undefined,
    (err) => {
      log.warn({ order: order.id, err }, 'the requester could not be told where they asked');
      return false;
    },
  );
}

/**
 * The same for the same news, another one for later news: there is none without a step or a card more. Not the version:
 * that also changes with what is nobody's news. `n`: of a direct message; `c`: in the channel, because that was not taken.
 */
function nonceOf({ id, history, cards }: Order, by: 'n' | 'c'): string {
  return `${id}.${by}${history.length + cards.length}`;
}
