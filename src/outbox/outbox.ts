import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock, Log } from '../lib/index.ts';
import type { Records } from '../store/index.ts';

const FIRST_GAP_MS = 5_000;
const LONGEST_GAP_MS = 15 * 60_000;

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

interface Parts<T extends Kept> {
  records: Pick<Records<T>, 'write'>;
  /** The list of what is to be written, or to be written again. */
  open: string;
  /** Unless told otherwise, a record stands in the list that its message names. */
  tagsOf?(record: Omit<T, 'version'>, list: string | undefined): string[];
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/** Messages that are posted once, whatever crashes, and edited until they are true; failures are tried again at growing gaps. */
export function createKeeping<T extends Kept>(parts: Parts<T>) {
  const { records, open, clock, log } = parts;
  const { tagsOf = (_: unknown, list?: string) => (list === undefined ? [] : [list]) } = parts;

  async function save(record: T, list?: string): Promise<T | undefined> {
    const { version: seen, ...next } = record;
    const guard = { seen, tags: tagsOf(next, list), holds: [] };
    const written = await records.write(record.key, next, guard);
    return written.ok ? { ...record, version: written.version } : undefined;
  }

  /** Of several processes one writes the message: the one that wrote down that it does. */
  async function begin(record: T): Promise<T | undefined> {
    const tries = record.tries + 1;
    const gap = Math.min(LONGEST_GAP_MS, FIRST_GAP_MS * 2 ** (tries - 1));
    return save({ ...record, tries, nextAt: clock.now() + gap }, open);
  }

  /** Where the message stands now; nothing when it could not be written. */
  async function put({ key, place, tries }: T, message: Message): Promise<Place | undefined> {
    if (place && (await message.edit(place))) return place;
    if (place && !message.isLasting) return place;
    const nonce = nonceOf(key + (place ? place.message : ''));
    return message.post({ nonce, mayBeOut: tries > 1, isFirst: place === undefined });
  }

  async function write(record: T, message: Message): Promise<void> {
    const { key, place, tries } = record;
    const { says, restsMs = 0 } = message;
    try {
      const told = { ...record, says, tries: 0, nextAt: clock.now() + restsMs };
      if (message.remove) {
        if (place || tries > 1) await message.remove(place);
        return void (await save(told, message.list));
      }
      const now = await put(record, message);
      if (!now) return log.warn({ notice: key }, 'there is no channel to write it in');
      await save({ ...told, place: now }, message.list);
    } catch (err) {
      log.warn({ notice: key, err }, 'a message could not be written; it is tried again');
    }
  }

  return {
    /** Writes it as it is now, unless it says so already or waits for its next try. `messageNow`: none, when nothing is left to say. */
    async bring(record: T, messageNow: () => Promise<Message | undefined>): Promise<void> {
      if (clock.now() < record.nextAt) return;
      const message = await messageNow();
      if (!message) return void (await save(record));
      if (record.says === message.says) return;
      const begun = await begin(record);
      if (begun) await write(begun, message);
    },
  };
}

export const placeSchema = z.object({ channel: z.string(), message: z.string() });
/** Where a message stands. */
export type Place = z.infer<typeof placeSchema>;

/** What is on record of a message that is posted once and kept true. */
export const keptSchema = z.object({
  version: z.int().min(1),
  key: z.string(),
  place: placeSchema.optional(),
  /** Which state of its subject the message shows. */
  says: z.string().optional(),
  /** Tries to post or edit, since the last that went well. */
  tries: z.int().min(0),
  nextAt: z.number(),
});
export type Kept = z.infer<typeof keptSchema>;

export interface Posting {
  /** At most 25 characters, the same for the same notice. */
  readonly nonce: string;
  /** Look for it before sending. */
  readonly mayBeOut: boolean;
  /** Whoever is asked is pinged. */
  readonly pings: boolean;
}

/** The same for the same text, as short as Discord wants it. */
export function nonceOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 24);
}
