import { createHash } from 'node:crypto';
import { z } from 'zod';
import { backoff, type Clock, type Log } from '../lib/index.ts';
import type { Records } from '../store/index.ts';

/** A message as it is to be now. */
export interface Message {
  /** Changes when the message has to. */
  readonly says: string;
  /** The list that it stands in once it says so; without one nobody looks at it again by themselves. */
  readonly list: string | undefined;
  /** Posted anew where somebody deleted it. */
  readonly isLasting: boolean;
  /** How long it stays as it is from then on, at least. */
  readonly restsMs?: number;
  /** `isFirst`: there was none before it, which somebody deleted. Nothing when there is no place for it. */
  post(how: Omit<Posting, 'pings'> & { isFirst: boolean }): Promise<Place | undefined>;
  /** False when it is no more. */
  edit(place: Place): Promise<boolean>;
  /** In place of both, for one that only stands in the way by now. */
  remove?: ((place: Place | undefined) => Promise<void>) | undefined;
}

/** Messages that are posted once, whatever crashes, and edited until they are true; failures are tried again at growing gaps. */
export interface Outbox<T extends MessageRecord> {
  records: Pick<Records<T>, 'get' | 'write'>;
  /** The list of what is to be written, or to be written again. */
  open: string;
  /** Unless told otherwise, a record stands in the list that its message names. */
  tagsOf?(record: Omit<T, 'version'>, list: string | undefined): string[];
  clock: Pick<Clock, 'now'>;
  log: Log;
}

type Recording<T extends MessageRecord> = Pick<Outbox<T>, 'records' | 'open' | 'tagsOf'>;

/** The record of a message, made unless there is one: it is to be written. */
export async function ensureMessage<T extends MessageRecord>(
  outbox: Recording<T>,
  next: Omit<T, 'version'>,
): Promise<T> {
  const known = await outbox.records.get(next.key);
  if (known) return known;
  const made = await save(outbox, { ...next, version: 0 } as T, outbox.open);
  // Somebody else may write it first.
  return made ?? ensureMessage(outbox, next);
}

/** Writes it as it is now, unless it says so already or waits for its next try. `messageNow`: none, when nothing is left to say. */
export async function syncMessage<T extends MessageRecord>(
  outbox: Outbox<T>,
  record: T,
  messageNow: () => Promise<Message | undefined>,
): Promise<void> {
  if (outbox.clock.now() < record.nextAt) return;
  const message = await messageNow();
  if (!message) return void (await save(outbox, record));
  if (record.says === message.says) return;
  const begun = await begin(outbox, record);
  if (begun) await write(outbox, begun, message);
}

/** Has it written again at its next turn, whatever it says and however often that failed: it may stand there no more. */
export async function renewMessage<T extends MessageRecord>(
  outbox: Recording<T> & Pick<Outbox<T>, 'clock'>,
  { says: _, ...record }: T,
): Promise<T> {
  const renewed = { ...record, tries: 0, nextAt: outbox.clock.now() } as T;
  // Where somebody else has written it meanwhile, so will the next one who tries.
  return (await save(outbox, renewed, outbox.open)) ?? renewed;
}

async function save<T extends MessageRecord>(
  { records, tagsOf = listAlone }: Recording<T>,
  record: T,
  list?: string,
): Promise<T | undefined> {
  const { version: seen, ...next } = record;
  const written = await records.write(record.key, next, { seen, tags: tagsOf(next, list), holds: [] });
  return written.ok ? { ...record, version: written.version } : undefined;
}

const listAlone = (_: unknown, list: string | undefined) => (list === undefined ? [] : [list]);

/** Of several processes one writes the message: the one that wrote down that it does. */
async function begin<T extends MessageRecord>(outbox: Outbox<T>, record: T): Promise<T | undefined> {
  const tries = record.tries + 1;
  const nextAt = outbox.clock.now() + gapAfter(tries);
  return save(outbox, { ...record, tries, nextAt }, outbox.open);
}

async function write<T extends MessageRecord>(outbox: Outbox<T>, record: T, message: Message) {
  const { clock, log } = outbox;
  const { key, place, tries } = record;
  const { says, restsMs = 0 } = message;
  try {
    const told = { ...record, says, tries: 0, nextAt: clock.now() + restsMs };
    if (message.remove) {
      if (place || tries > 1) await message.remove(place);
      return void (await save(outbox, told, message.list));
    }
    const now = await put(record, message);
    if (!now) return log.warn({ notice: key }, 'there is no channel to write it in');
    await save(outbox, { ...told, place: now }, message.list);
  } catch (err) {
    log.warn({ notice: key, err }, 'a message could not be written; it is tried again');
    if (err instanceof TooManyEdits)
      await save(outbox, { ...record, nextAt: clock.now() + editGapAfter(tries) }, outbox.open);
  }
}

/** Thrown by a board whose message was edited too often: one that is old takes only a few edits an hour. */
export class TooManyEdits extends Error {
  override readonly name = 'TooManyEdits';
}

/**
 * How long such a message is left alone after so many tries, in ms: it says the newest of it then. Of messages that are older
 * than an hour Discord takes three edits of a channel in six seconds: of several decisions at once the last is soon told.
 */
const editGapAfter = (tries: number): number => backoff(tries, { first: 10_000, longest: 30 * 60_000 });

/** Where the message stands now; nothing when it could not be written. */
async function put({ key, place, tries }: MessageRecord, message: Message) {
  if (place && (await message.edit(place))) return place;
  if (place && !message.isLasting) return place;
  const nonce = nonceOf(key + (place ? place.message : ''));
  return message.post({ nonce, mayBeOut: tries > 1, isFirst: place === undefined });
}

/** How long a message that was not taken waits after so many tries, in ms. */
export const gapAfter = (tries: number): number => backoff(tries, { first: 5_000, longest: 15 * 60_000 });

export const placeSchema = z.object({ channel: z.string(), message: z.string() });
/** Where a message stands. */
export type Place = z.infer<typeof placeSchema>;

/** What is on record of a message that is posted once and kept true. */
export const messageRecordSchema = z.object({
  version: z.int().min(1),
  key: z.string(),
  place: placeSchema.optional(),
  /** Which state of its subject the message shows. */
  says: z.string().optional(),
  /** Tries to post or edit, since the last that went well. */
  tries: z.int().min(0),
  nextAt: z.number(),
});
export type MessageRecord = z.infer<typeof messageRecordSchema>;

export interface Posting {
  /** At most 25 characters, the same for the same notice. */
  readonly nonce: string;
  /** Look for it before sending. */
  readonly mayBeOut: boolean;
  /** Whoever is asked is pinged. */
  readonly pings: boolean;
}

/** Where messages with such a content are read. */
interface Board<Content> {
  post(content: Content, how: Posting): Promise<Place | undefined>;
  edit(place: Place, content: Content): Promise<boolean>;
}

/** Posts it. What may be out is looked for by what it said at first, as Discord gives it back, and edited if that has changed. */
export async function postOnce<Content>(
  board: Board<Content>,
  content: Content,
  how: Posting,
  { first, isChanged }: { first: Content; isChanged: boolean },
): Promise<Place | undefined> {
  if (!how.mayBeOut) return board.post(content, how);
  const posted = await board.post(first, how);
  if (posted && isChanged) await board.edit(posted, content);
  return posted;
}

/** The same for the same text, as short as Discord wants it. */
export function nonceOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 24);
}
