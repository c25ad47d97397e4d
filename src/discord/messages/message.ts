import { MessageFlags, type TextBasedChannel } from 'discord.js';
import type { View } from '../../views/index.ts';
import { calling } from '../errors.ts';
import { withoutMentions } from './command-mentions.ts';

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

/** The same, as Discord's API takes it, for answers to interactions: all of it, in place of whatever was there. */
export function answerBody(view: View, more = 0) {
  const { flags, components, files, allowedMentions } = payload(view);
  return {
    body: {
      flags: flags | more,
      components,
      allowed_mentions: allowedMentions,
      attachments: files.map((_, index) => ({ id: String(index) })),
    },
    files: files.map(({ name, attachment: data }) => ({ name, data })),
  };
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
  const wanted = essence(view.components);
  const found = recent.find(
    (sent) =>
      sent.author.id === channel.client.user?.id && essence(sent.components.map((each) => each.toJSON())) === wanted,
  );
  return found?.id;
}

/** The words and the file names of a message: what makes it the same message for its reader. */
function allIn(components: readonly unknown[]): string {
  return JSON.stringify([textsIn(components), filesIn(components)]);
}

function titleIn(components: readonly unknown[]): string | undefined {
  return textsIn(components)[0];
}

function textsIn(components: unknown): string[] {
  return partsIn(components, (part) =>
    'content' in part && typeof part.content === 'string' ? withoutMentions(part.content).trim() : undefined,
  );
}

/**
 * Discord leaves a file that a component shows out of a message's `attachments`: there it has its name, or at least an
 * address that ends with it.
 */
function filesIn(components: unknown): string[] {
  return partsIn(components, (part) => {
    if (!('file' in part)) return undefined;
    if ('name' in part && typeof part.name === 'string') return part.name;
    const { url = '' } = part.file as { url?: string };
    return decodeURIComponent(url.replace(/[?#].*/, '').replace(/.*\//, ''));
  });
}

/** What is read of each component, the outer ones first. */
function partsIn(value: unknown, read: (part: object) => string | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => partsIn(each, read));
  if (typeof value !== 'object' || value === null) return [];
  const own = read(value);
  return [...(own === undefined ? [] : [own]), ...('components' in value ? partsIn(value.components, read) : [])];
}
