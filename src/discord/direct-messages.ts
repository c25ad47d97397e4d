import type { Client, DMChannel } from 'discord.js';
import type { View } from '../views/view.ts';
import { calling } from './failure.ts';
import { payload } from './payload.ts';

/** How far back the bot looks for a message that may be out already. */
const LOOK_BACK = 100;

export interface DirectMessages {
  /**
   * Sends a view to somebody. `nonce` (at most 25 characters): Discord takes a message once for it, and remembers
   * it for a few minutes. Throws DiscordFailure.
   */
  send(user: string, view: View, nonce?: string): Promise<void>;
  /** Whether the bot's recent messages to this person hold one with the same text and file. Throws DiscordFailure. */
  isOut(user: string, view: View): Promise<boolean>;
}

export function createDirectMessages(client: Client): DirectMessages {
  const channelOf = (user: string): Promise<DMChannel> => calling(client.users.createDM(user));

  return {
    async send(user, view, nonce) {
      const channel = await channelOf(user);
      const once = nonce === undefined ? {} : { nonce, enforceNonce: true };
      await calling(channel.send({ ...payload(view), ...once }));
    },
    async isOut(user, view) {
      const channel = await channelOf(user);
      const recent = await calling(channel.messages.fetch({ limit: LOOK_BACK, cache: false }));
      const wanted = essence(view.components, view.files ?? []);
      return recent.some(
        (sent) =>
          sent.author.id === client.user?.id &&
          essence(
            sent.components.map((each) => each.toJSON()),
            [...sent.attachments.values()],
          ) === wanted,
      );
    },
  };
}

/** The words and the file names of a message: what makes it the same message for its reader. */
function essence(components: readonly unknown[], files: readonly { name: string }[]): string {
  return JSON.stringify([textsIn(components), files.map(({ name }) => name)]);
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  const content =
    'content' in value && typeof value.content === 'string' ? [value.content.trim()] : [];
  return [...content, ...('components' in value ? textsIn(value.components) : [])];
}
