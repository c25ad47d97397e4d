import type { Client, DMChannel } from 'discord.js';
import type { View } from '../../views/index.ts';
import { calling } from '../errors.ts';
import { findSent, type PictureOf, payload } from './message.ts';

export type DirectMessages = ReturnType<typeof createDirectMessages>;

export function createDirectMessages(client: Client, pictureOf: PictureOf) {
  const channelOf = (user: string): Promise<DMChannel> => calling(client.users.createDM(user));

  return {
    /**
     * Sends a view to somebody. `nonce` (at most 25 characters): Discord takes a message once for it, and remembers
     * it for a few minutes. Throws DiscordFailure.
     */
    async send(user: string, view: View, nonce?: string): Promise<void> {
      const channel = await channelOf(user);
      const once = nonce === undefined ? {} : { nonce, enforceNonce: true };
      await calling(channel.send({ ...payload(view, pictureOf), ...once }));
    },
    /** Whether the bot's recent messages to this person hold one with the same text and file. Throws DiscordFailure. */
    async isOut(user: string, view: View): Promise<boolean> {
      const channel = await channelOf(user);
      return (await findSent(channel, view)) !== undefined;
    },
  };
}

export interface Once {
  readonly nonce: string;
  /** An earlier process may have sent it: look for it before sending. */
  readonly mayBeOut: boolean;
}

/** Sends a view that may be out already. Throws DiscordFailure. */
export async function sendOnce(
  directMessages: DirectMessages,
  user: string,
  view: View,
  { nonce, mayBeOut }: Once,
): Promise<void> {
  // Discord forgets a nonce after a few minutes: after a longer gap only the message itself tells.
  if (mayBeOut && (await directMessages.isOut(user, view))) return;
  await directMessages.send(user, view, nonce);
}
