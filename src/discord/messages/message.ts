import { MessageFlags, type TextBasedChannel } from 'discord.js';
import type { View } from '../../views/index.ts';
import { calling } from '../errors.ts';

/** A view as discord.js sends it. It pings whom the view names and mentions, nobody else, whatever its text says. */
export function payload(view: View) {
  const { users = [], roles = [] } = view.mentions ?? {};
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [...view.components],
    files: (view.files ?? []).map(({ name, text }) => ({ name, attachment: Buffer.from(text) })),
    allowedMentions: {
      parse: [],
      ...(users.length > 0 && { users: [...users] }),
      ...(roles.length > 0 && { roles: [...roles] }),
    },
  } as const;
}

/** How far back the bot looks for a message that may be out already. */
const LOOK_BACK = 100;

/**
 * The bot's own recent message in a channel with the same text and files; `title`: with the same first line, where what
 * follows it changes. Throws DiscordFailure.
 */
export async function findSent(
  channel: Pick<TextBasedChannel, 'messages' | 'client'>,
  view: View,
  by: 'all' | 'title' = 'all',
): Promise<string | undefined> {
  const recent = await calling(channel.messages.fetch({ limit: LOOK_BACK, cache: false }));
  const essence = by === 'title' ? titleIn : allIn;
  const wanted = essence(view.components, view.files ?? []);
  const found = recent.find(
    (sent) =>
      sent.author.id === channel.client.user?.id &&
      essence(
        sent.components.map((each) => each.toJSON()),
        [...sent.attachments.values()],
      ) === wanted,
  );
  return found?.id;
}

/** The words and the file names of a message: what makes it the same message for its reader. */
function allIn(components: readonly unknown[], files: readonly { name: string }[]): string {
  return JSON.stringify([textsIn(components), files.map(({ name }) => name)]);
}

function titleIn(components: readonly unknown[]): string | undefined {
  return textsIn(components)[0];
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  const content = 'content' in value && typeof value.content === 'string' ? [value.content.trim()] : [];
  return [...content, ...('components' in value ? textsIn(value.components) : [])];
}
