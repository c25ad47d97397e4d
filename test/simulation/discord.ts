import { DiscordFailure } from '../../src/discord/errors.ts';
import type { DirectMessages } from '../../src/discord/messages/direct-messages.ts';
import type { View } from '../../src/views/kit/message.ts';
import type { Alive, Scheduler } from './scheduler.ts';

/** Discord remembers a nonce for a few minutes. */
const NONCE_LASTS_MS = 5 * 60_000;

/** Where admins read, and where people ask: places that Discord keeps as it keeps direct messages. */
export const ADMINS = 'the admins';
export const CHANNEL = 'the channel';

export interface Message {
  readonly to: string;
  readonly text: string;
  readonly at: number;
  readonly by: string;
  readonly nonce: string | undefined;
}

/** A direct message that was sent although its sender could see that it was out already. */
export interface Repeat {
  readonly message: Message;
  readonly first: Message;
}

export type Discord = ReturnType<typeof createDiscord>;

/** Discord's side: who can be reached, and what people have been sent. */
export function createDiscord(scheduler: Scheduler) {
  const closed = new Set<string>();
  /** What never comes back: nobody's inbox is open, or all requests about these fail. */
  const gone = new Set<'inboxes' | 'people' | 'admins'>();
  const messages: Message[] = [];
  const repeats: Repeat[] = [];

  const outOf = (to: string, text: string) => messages.findLast((sent) => sent.to === to && sent.text === text);
  const placeOf = (to: string, text: string) => {
    const at = messages.findLastIndex((sent) => sent.to === to && sent.text === text);
    return at < 0 ? undefined : { channel: to, message: String(at) };
  };

  function goneFor(to: string): void {
    const isOfAdmins = to === ADMINS;
    if (gone.has(isOfAdmins ? 'admins' : 'people')) throw new DiscordFailure('unavailable', 'answer', 500);
    if (gone.has('inboxes') && !isOfAdmins && to !== CHANNEL) throw new DiscordFailure('closed', 'answer', 403, 50007);
  }

  const senders = new Map<string, Alive>();

  function directMessagesOf(by: Alive, onMessage: (message: Message) => void): DirectMessages {
    senders.set(by.name, by);
    const since = scheduler.now();
    /** When this process last saw that a message was not there. */
    const lookedAt = new Map<string, number>();

    function noteRepeat(message: Message): void {
      const first = message.nonce === undefined ? undefined : outOf(message.to, message.text);
      const looked = lookedAt.get(`${message.to} ${message.text}`) ?? Number.NEGATIVE_INFINITY;
      if (!first) return;
      // Of two processes that were at it at the same time, Discord's nonce keeps one from being seen.
      const isOwn = first.by === by.name || (senders.get(first.by)?.endedAt ?? since) <= since;
      if (first.at <= looked || (isOwn && !lookedAt.has(`${message.to} ${message.text}`)))
        repeats.push({ message, first });
    }

    function take(message: Message): void {
      if (closed.has(message.to)) throw new DiscordFailure('closed', 'answer', 403, 50007);
      const { to, nonce, at } = message;
      const isKnown = messages.some(
        (sent) => sent.to === to && sent.nonce !== undefined && sent.nonce === nonce && at - sent.at < NONCE_LASTS_MS,
      );
      if (isKnown) return;
      messages.push(message);
      onMessage(message);
    }

    return {
      async send(to, view, nonce) {
        const text = textOf(view);
        const draft = { to, text, by: by.name, nonce };
        noteRepeat({ ...draft, at: scheduler.now() });
        await scheduler.call(by, 'dm.send', `writes to ${to}${nonce ? ` (${nonce})` : ''}`, (variant) => {
          goneFor(to);
          if (variant === 1) throw new DiscordFailure('unavailable', 'answer', 500);
          if (variant === 3) throw new DiscordFailure('closed', 'answer', 403, 50007);
          take({ ...draft, at: scheduler.now() });
          if (variant === 2) throw new DiscordFailure('unavailable', 'answer', 502);
        });
        return placeOf(to, text) ?? { channel: to, message: '' };
      },
      async edit(to, place, view) {
        return scheduler.call(by, 'dm.look', `edits what it wrote to ${to}`, (variant) => {
          goneFor(to);
          if (variant === 1) throw new DiscordFailure('unavailable', 'answer', 500);
          const sent = messages[Number(place.message)];
          if (!sent || place.message === '') return false;
          const edited = { ...sent, text: textOf(view) };
          messages[Number(place.message)] = edited;
          onMessage(edited);
          return true;
        });
      },
      async find(to, view) {
        const text = textOf(view);
        return scheduler.call(by, 'dm.look', `looks whether it is out to ${to}`, (variant) => {
          goneFor(to);
          if (variant === 1) throw new DiscordFailure('unavailable', 'answer', 500);
          if (closed.has(to)) throw new DiscordFailure('closed', 'answer', 403, 50007);
          lookedAt.set(`${to} ${text}`, scheduler.now());
          return placeOf(to, text);
        });
      },
    };
  }

  return { closed, gone, messages, repeats, directMessagesOf };
}

/** Everything that its reader can see of a message. */
export const textOf = (view: View): string => JSON.stringify([view.components, view.files ?? []]);
