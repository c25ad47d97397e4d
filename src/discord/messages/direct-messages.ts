import type { Client, DMChannel } from 'discord.js';
import { type DirectMessageOutcome, type Metrics, noMetrics } from '../../monitoring/index.ts';
import type { Place } from '../../outbox/index.ts';
import type { View } from '../../views/index.ts';
import { attempt, calling } from '../errors.ts';
import type { CommandMentions } from './command-mentions.ts';
import { findSent, type PictureOf, payload } from './message.ts';

const refusals: Readonly<Record<string, DirectMessageOutcome>> = { closed: 'closed', spam: 'spam' };

export type DirectMessages = ReturnType<typeof createDirectMessages>;

interface Deps {
  readonly client: Client;
  readonly commandMentions: CommandMentions;
  readonly pictureOf: PictureOf;
  readonly metrics?: Pick<Metrics, 'directMessage'>;
}

export function createDirectMessages({ client, commandMentions, pictureOf, metrics = noMetrics }: Deps) {
  const channelOf = (user: string): Promise<DMChannel> => calling(client.users.createDM(user));

  return {
    /**
     * Sends a view to somebody. `nonce` (at most 25 characters): Discord takes a message once for it, and remembers
     * it for a few minutes. `guild`: whose commands it names, if not those of the first. Gives where it is. Throws
     * DiscordFailure.
     */
    async send(user: string, view: View, nonce?: string, guild?: string): Promise<Place> {
      const once = nonce === undefined ? {} : { nonce, enforceNonce: true };
      const message = { ...payload(commandMentions.on(view, guild), pictureOf), ...once };
      const sent = await attempt(
        async () => calling((await channelOf(user)).send(message)),
        (failure) => {
          metrics.directMessage(refusals[failure.kind] ?? 'failed');
          throw failure;
        },
      );
      metrics.directMessage('sent');
      return { channel: sent.channelId, message: sent.id };
    },
    /** Where it is, if the bot's recent messages to this person hold one with the same text and file. Throws DiscordFailure. */
    async find(user: string, view: View): Promise<Place | undefined> {
      const channel = await channelOf(user);
      const message = await findSent(channel, view);
      return message === undefined ? undefined : { channel: channel.id, message };
    },
    /** Puts a view in place of one that was sent. False when that is no more: whoever had it has deleted it. Throws DiscordFailure. */
    async edit(user: string, { message }: Place, view: View, guild?: string): Promise<boolean> {
      const channel = await channelOf(user);
      const { allowedMentions: _, ...now } = payload(commandMentions.on(view, guild), pictureOf);
      return attempt(
        async () => {
          await calling(channel.messages.edit(message, { ...now, allowedMentions: { parse: [] } }));
          return true;
        },
        (failure) => {
          if (failure.kind !== 'gone' && failure.kind !== 'unknown') throw failure;
          return false;
        },
      );
    },
  };
}

export interface Once {
  readonly nonce: string;
  /** An earlier process may have sent it: look for it before sending. */
  readonly mayBeOut: boolean;
  /** Whose commands it names, if not those of the first. */
  readonly guild?: string;
}

/** Sends a view that may be out already. Gives where it is. Throws DiscordFailure. */
export async function sendOnce(
  directMessages: DirectMessages,
  user: string,
  view: View,
  { nonce, mayBeOut, guild }: Once,
): Promise<Place> {
  // Discord forgets a nonce after a few minutes: after a longer gap only the message itself tells.
  const out = mayBeOut ? await directMessages.find(user, view) : undefined;
  return out ?? directMessages.send(user, view, nonce, guild);
}
