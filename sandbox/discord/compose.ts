import { MessageFlags } from 'discord-api-types/v10';
import { complete } from './complete-components.ts';
import type { Component } from './component.ts';
import { invalidField, invalidForm, refusal } from './errors.ts';
import type { Attachment, MessageBodyState, StoredMessage } from './message.ts';
import { mentionedBy } from './pings.ts';
import { checkForm, withoutNulls } from './rules/form.ts';
import { layoutProblems } from './rules/layout.ts';
import { type Embed, type MessageBody, messageRules, wordsOfEmbed } from './rules/message.ts';
import type { World } from './world.ts';

/** A file of a multipart body: `index` is the n of its field `files[n]`. */
export interface UploadedFile {
  index: string;
  name: string;
  contentType: string;
  bytes: Uint8Array;
}

export interface Upload {
  body: unknown;
  files: readonly UploadedFile[];
}

const MAX_FILE_BYTES = 10 * 1024 * 1024;
const KEPT_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

/** A file of at most 10 MiB, with an id of its own. */
export const keepFile = (world: World, file: UploadedFile, description?: string): Attachment => {
  if (file.bytes.length > MAX_FILE_BYTES) throw refusal('tooLarge');
  return {
    id: world.nextId(),
    filename: file.name,
    contentType: file.contentType,
    bytes: file.bytes,
    text: new TextDecoder().decode(file.bytes),
    ...(description ? { description } : {}),
  };
};

/** Files that are named in `attachments` stay or come; an edit without `attachments` keeps all. */
const attachmentsAfter = (
  world: World,
  body: MessageBody,
  files: readonly UploadedFile[],
  old: readonly Attachment[],
): Attachment[] => {
  const listed = body.attachments ?? undefined;
  const kept = listed ? old.filter((one) => listed.some((item) => item.id === one.id)) : old;
  const added = files.map((file) => {
    const item = listed?.find((one) => one.id === file.index);
    const named = item?.filename ? { ...file, name: item.filename } : file;
    return keepFile(world, named, item?.description ?? undefined);
  });
  if (kept.length + added.length > 10)
    throw invalidField(['attachments'], 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.');
  return [...kept, ...added];
};

const refuseLegacyFields = (state: MessageBodyState, prefix: readonly string[]): void => {
  const used = [...(state.content !== '' ? ['content'] : []), ...(state.embeds.length > 0 ? ['embeds'] : [])];
  if (used.length === 0) return;
  throw invalidForm(
    used.map((field) => ({
      path: [...prefix, field],
      code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    })),
  );
};

const isEmpty = (state: MessageBodyState): boolean =>
  state.content === '' && state.embeds.length === 0 && state.components.length === 0 && state.attachments.length === 0;

const isFilled = (embed: Embed): boolean =>
  wordsOfEmbed(embed).length > 0 || Boolean(embed.image?.url) || Boolean(embed.thumbnail?.url);

const merge = (
  world: World,
  body: MessageBody,
  files: readonly UploadedFile[],
  old: StoredMessage | undefined,
): MessageBodyState => {
  const components = withoutNulls(body.components) as Component[] | null | undefined;
  const embeds = withoutNulls(body.embeds)?.filter(isFilled);
  const asked = (body.flags ?? 0) & KEPT_FLAGS;
  return {
    content: body.content === undefined ? (old?.content ?? '') : (body.content ?? '').trim(),
    embeds: body.embeds === undefined ? (old?.embeds ?? []) : (embeds ?? []),
    components: body.components === undefined ? (old?.components ?? []) : complete(components ?? []),
    attachments: attachmentsAfter(world, body, files, old?.attachments ?? []),
    flags: asked | ((old?.flags ?? 0) & ~MessageFlags.Loading),
    mentioned: [],
  };
};

/** Parses and judges a new message, or an edit of `old`, by Discord's rules. */
export const compose = (
  world: World,
  upload: Upload,
  options: { old?: StoredMessage; prefix?: readonly string[] } = {},
): { state: MessageBodyState; body: MessageBody } => {
  const { old, prefix = [] } = options;
  const wasLayout = ((old?.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  const body = checkForm(messageRules(upload.body, wasLayout), upload.body, prefix);
  const state = merge(world, body, upload.files, old);
  if (state.flags & MessageFlags.IsComponentsV2) refuseLegacyFields(state, prefix);
  const problems = layoutProblems(
    state.components,
    state.attachments.map((one) => one.filename),
  );
  if (problems.length > 0) throw invalidForm(problems.map((one) => ({ ...one, path: [...prefix, ...one.path] })));
  if (isEmpty(state)) throw refusal('emptyMessage');
  state.mentioned = mentionedBy(state, body.allowed_mentions ?? undefined);
  return { state, body };
};
