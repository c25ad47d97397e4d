import type { Words } from '../i18n/words.ts';
import { openActions } from '../orders/actions.ts';
import { isApprovedByOthers } from '../orders/news.ts';
import type { Order } from '../orders/order.ts';
import type { Mailbox, OrderLog, Sequel } from '../orders/ports.ts';
import { approvedView } from '../views/approval-word.ts';
import { orderView } from '../views/order.ts';
import { progressView, quoteView } from '../views/quote.ts';
import type { View } from '../views/view.ts';
import type { AskingChannel } from './asking-channel.ts';
import type { DirectMessages } from './direct-messages.ts';
import { DiscordFailure } from './failure.ts';
import type { Receipts } from './receipts.ts';

interface Parts {
  receipts: Receipts;
  directMessages: DirectMessages;
  askingChannel: AskingChannel;
  wordsFor(locale: string): Words;
  now(): number;
  log: OrderLog;
}

/**
 * Word of an order to its requester: in the message they follow it by, by direct message or, where neither can be and
 * others had to decide, in the channel where they asked.
 */
export function createOrderWord(parts: Parts): Pick<Mailbox, 'progress' | 'show' | 'tell'> {
  const { receipts, directMessages, askingChannel, wordsFor, now, log } = parts;

  function viewOf(order: Order, sequel?: Sequel): View {
    const words = wordsFor(order.locale);
    const { requester: user } = order;
    if (sequel && 'offer' in sequel) {
      // Who needed no approval for the first one may confirm; whether they still may is checked when they press.
      const verdict = order.approval ? 'needs' : 'allowed';
      const actions = openActions(sequel.offer, { user, verdict }, now());
      return quoteView(sequel.offer, { actions, before: order.quote.charged }, words);
    }
    if (isApprovedByOthers(order)) return approvedView(order, words);
    const actions = openActions(order, { user }, now());
    return orderView(order, { actions, ...(sequel && { problem: sequel.problem }) }, words);
  }

  /** What only they see may be gone before they look again. */
  async function sendElsewhere(order: Order, view: View, mayBeOut: boolean): Promise<boolean> {
    const isTold = order.approval !== undefined && (await askingChannel.tell(order, mayBeOut));
    return isTold || receipts.add(order.id, view);
  }

  async function send(order: Order, view: View, mayBeOut: boolean): Promise<void> {
    const { requester } = order;
    if (mayBeOut && (await directMessages.isOut(requester, view))) return;
    await directMessages.send(requester, view, nonceOf(order));
  }

  return {
    progress(order, stage) {
      const view = progressView(order, stage, wordsFor(order.locale));
      // One that fails costs nothing: how it ends is told in any case.
      receipts
        .edit(order.id, view, { passing: true })
        .catch((err: unknown) =>
          log.warn({ order: order.id, err }, 'what is under way could not be shown'),
        );
    },
    async show(order, sequel) {
      // Before it is shown: a press on the offer is what moves it on.
      if (sequel && 'offer' in sequel) await receipts.handOn(order.id, sequel.offer.id);
      return receipts.edit(order.id, viewOf(order, sequel));
    },
    async tell(order, { sequel, mayBeOut } = { mayBeOut: false }) {
      const view = viewOf(order, sequel);
      try {
        await send(order, view, mayBeOut);
      } catch (err) {
        if (!(err instanceof DiscordFailure)) throw err;
        if (await sendElsewhere(order, view, mayBeOut)) return;
        log.warn({ order: order.id, err }, 'the requester could not be told how the order stands');
      }
    },
  };
}

/**
 * The same for the same news, another one for later news: there is none without a step or a card more. Not the version:
 * that also changes with what is nobody's news.
 */
function nonceOf({ id, history, cards }: Order): string {
  return `${id}.n${history.length + cards.length}`;
}
