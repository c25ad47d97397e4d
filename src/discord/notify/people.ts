import type { Client } from 'discord.js';
import type { Words } from '../../i18n/index.ts';
import type { Log } from '../../lib/index.ts';
import {
  type Announcement,
  isApprovedByOthers,
  type Mailbox,
  type Order,
  openActions,
  type Sequel,
} from '../../orders/index.ts';
import type { DelegateWord } from '../../policy/index.ts';
import {
  announcementView,
  approvedView,
  caseWordView,
  channelWordView,
  delegateWordView,
  orderView,
  progressView,
  quoteView,
  type View,
} from '../../views/index.ts';
import { calling, DiscordFailure } from '../errors.ts';
import type { Poster } from '../messages/channel-messages.ts';
import type { DirectMessages } from '../messages/direct-messages.ts';
import type { Receipts } from '../messages/live-replies.ts';

interface Parts {
  receipts: Receipts;
  directMessages: DirectMessages;
  askingChannel: AskingChannel;
  wordsFor(locale: string): Words;
  now(): number;
  log: Log;
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

interface CaseWordParts {
  directMessages: DirectMessages;
  wordsFor(locale: string): Words;
  log: Log;
}

/** Word to whoever reported a card of how far their case has come, by direct message. */
export function createCaseWord({
  directMessages,
  wordsFor,
  log,
}: CaseWordParts): Pick<Mailbox, 'tellOfCase'> {
  return {
    async tellOfCase(record, order, mayBeOut) {
      const { id, reporter, locale, history } = record;
      const view = caseWordView(record, order, wordsFor(locale));
      try {
        // Discord forgets a nonce after a few minutes: after a longer gap only the message itself tells.
        if (mayBeOut && (await directMessages.isOut(reporter, view))) return 'sent';
        await directMessages.send(reporter, view, `c${id}.${history.length}`);
        return 'sent';
      } catch (err) {
        if (!(err instanceof DiscordFailure)) throw err;
        log.warn({ case: id, err }, 'word of a case was not taken');
        return err.kind === 'closed' ? 'closed' : 'failed';
      }
    },
  };
}

interface DelegateWordParts {
  client: Client;
  directMessages: DirectMessages;
  wordsFor(locale: string): Words;
  log: Log;
}

/** Word to whoever was named a delegate, by direct message, in the language of the guild: theirs is not known. */
export function createDelegateWord(parts: DelegateWordParts): DelegateWord {
  const { client, directMessages, wordsFor, log } = parts;
  return {
    async tell(named) {
      try {
        const { name, preferredLocale } = await calling(client.guilds.fetch(named.guild));
        const view = delegateWordView(named, name, wordsFor(preferredLocale));
        await directMessages.send(named.delegate, view);
        return 'sent';
      } catch (err) {
        if (!(err instanceof DiscordFailure)) throw err;
        log.warn({ guild: named.guild, err }, 'a delegate could not be told');
        return err.kind === 'closed' ? 'closed' : 'failed';
      }
    },
  };
}

interface AnnouncingParts {
  poster: Poster;
  wordsFor(locale: string): Words;
  log: Log;
}

/** Word of a card that was sent to somebody, in the channel where it was sent. */
export function createAnnouncing(parts: AnnouncingParts): Pick<Mailbox, 'announce'> {
  const { poster, wordsFor, log } = parts;

  async function post(order: Order, what: Announcement, mayBeOut: boolean): Promise<void> {
    const view = announcementView(order, what, wordsFor(order.locale));
    const how = { nonce: `${order.id}.${what}`, mayBeOut };
    const place = await poster.post(order.guild, order.channel, view, how);
    if (!place) log.warn({ order: order.id, what }, 'Cardigan may not write where a card was sent');
  }

  return {
    async announce(order, what, mayBeOut) {
      try {
        await post(order, what, mayBeOut);
      } catch (err) {
        if (!(err instanceof DiscordFailure)) throw err;
        log.warn({ order: order.id, what, err }, 'a card that was sent could not be announced');
      }
    },
  };
}

/** The channels where people asked, for news of orders whose requesters take no direct messages. */
export interface AskingChannel {
  /**
   * Pings the requester, and says no more than that there is news. `mayBeOut`: looks for it first. False when they
   * cannot be told there.
   */
  tell(order: Order, mayBeOut: boolean): Promise<boolean>;
}

interface AskingChannelParts {
  poster: Poster;
  wordsFor(locale: string): Words;
  log: Log;
}

export function createAskingChannel({ poster, wordsFor, log }: AskingChannelParts): AskingChannel {
  async function post(order: Order, mayBeOut: boolean): Promise<boolean> {
    const view = channelWordView(order, wordsFor(order.locale));
    const how = { nonce: nonceOfAskingChannel(order), mayBeOut };
    return (await poster.post(order.guild, order.channel, view, how)) !== undefined;
  }

  return {
    async tell(order, mayBeOut) {
      // Who has left reads nothing there.
      if (order.history.at(-1)?.why === 'requester_left') return false;
      try {
        return await post(order, mayBeOut);
      } catch (err) {
        if (!(err instanceof DiscordFailure)) throw err;
        log.warn({ order: order.id, err }, 'the requester could not be told where they asked');
        return false;
      }
    },
  };
}

/** As that of a direct message (`order-word.ts`), but not the same: that one was not taken. */
function nonceOfAskingChannel({ id, history, cards }: Order): string {
  return `${id}.c${history.length + cards.length}`;
}
