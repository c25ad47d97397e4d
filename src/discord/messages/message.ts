import { ComponentType, MessageFlags, type TextBasedChannel } from 'discord.js';
import type { Brands } from '../../brands/index.ts';
import { type View, withoutPicture } from '../../views/index.ts';
import { calling } from '../errors.ts';
import { withoutMentions } from './command-mentions.ts';

/** Where pictures of brands come from; none where there are none. */
export type PictureOf = Brands['pictureOf'];

/** A view as discord.js sends it. It pings whom the view names and mentions, nobody else, whatever its text says. */
export function payload(view: View, pictureOf: PictureOf) {
  const { users = [], roles = [] } = view.mentions ?? {};
  const { components, pictures } = withItsPicture(view, pictureOf);
  const texts = (view.files ?? []).map(({ name, text }) => ({ name, attachment: Buffer.from(text) }));
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [...components],
    files: [...texts, ...pictures],
    allowedMentions: {
      parse: [],
      ...(users.length > 0 && { users: [...users] }),
      ...(roles.length > 0 && { roles: [...roles] }),
    },
  } as const;
}

/** Its picture, if it has one: attached and named in it, or taken out where there is none to show. */
function withItsPicture(view: View, pictureOf: PictureOf) {
  const picture = view.picture === undefined ? undefined : pictureOf(view.picture);
  if (!picture) return { components: withoutPicture(view).components, pictures: [] };
  const { name, bytes } = picture;
  const components = name === 'brand.png' ? view.components : view.components.map((each) => renamed(each, name));
  return { components, pictures: [{ name, attachment: bytes }] };
}

function renamed({ components, ...container }: View['components'][number], name: string): View['components'][number] {
  const media = { url: `attachment://${name}` };
  const parts = components.map((part) => {
    if (part.type !== ComponentType.Section || part.accessory.type !== ComponentType.Thumbnail) return part;
    return { ...part, accessory: { ...part.accessory, media } };
  });
  return { ...container, components: parts };
}

/**
 * An edit of a message that has its picture already: with nothing said of its files, all of them stay, and the picture's
 * name means the one that is there. The same as `payload` where other files come with it.
 */
export function editKeepingPicture(view: View, pictureOf: PictureOf) {
  const { files, ...rest } = payload(view, pictureOf);
  return view.picture === undefined || view.files?.length ? { ...rest, files } : rest;
}

/** The same, as Discord's API takes it, for answers to interactions: all of it, in place of whatever was there. */
export function answerBody(view: View, pictureOf: PictureOf, more = 0) {
  const { flags, components, files, allowedMentions } = payload(view, pictureOf);
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
