import { createKeyed } from '../../lib/index.ts';
import type { Campaign } from '../model/campaign.ts';
import { type Entry, slotHold } from '../model/entry.ts';
import type { EntryRepository, NewEntry, Put } from './entries.ts';

/**
 * The places of drops: each is one person's, for ever. However many press at once, only as many are written as there are
 * places, and whoever comes after the last one reads nothing.
 */
export function createSlotAllocator(entries: Pick<EntryRepository, 'get' | 'put' | 'holder'>) {
  /** By campaign the next place that nobody was seen to have. What is written decides, not this. */
  const next = new Map<string, number>();
  /** By campaign the one look that all wait for. */
  const looks = createKeyed();
  /** By campaign the places that are being written: one that comes to nothing is somebody else's. */
  const attempts = new Map<string, Set<Promise<void>>>();

  async function look({ id, places }: Campaign): Promise<void> {
    let slot = 0;
    while (slot < places && (await entries.holder(slotHold(id, slot))) !== undefined) slot++;
    next.set(id, slot);
  }

  /** A place that is being written. `done`: it was, or came to nothing. */
  function attempt(id: string, slot: number) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const all = attempts.get(id) ?? new Set();
    attempts.set(id, all.add(promise));
    const done = () => {
      all.delete(promise);
      if (all.size === 0) attempts.delete(id);
      resolve();
    };
    return { slot, done };
  }

  /** Undefined: none is left, and none is being written that may come to nothing. */
  async function free(campaign: Campaign) {
    const { id, places } = campaign;
    for (;;) {
      const slot = next.get(id);
      if (slot === undefined) await looks.join(id, () => look(campaign));
      else if (slot < places) {
        next.set(id, slot + 1);
        return attempt(id, slot);
      } else {
        const writing = attempts.get(id);
        if (!writing) return undefined;
        await Promise.all(writing);
      }
    }
  }

  /** Of a place that comes to nothing, or may, whoever comes next looks anew. */
  async function write(entry: NewEntry): Promise<Put> {
    try {
      const put = await entries.put(entry);
      if (!put.ok && put.taken === 'entry') next.delete(entry.campaign);
      return put;
    } catch (error) {
      next.delete(entry.campaign);
      throw error;
    }
  }

  /** The place that they have now, or had already; undefined when all are taken. */
  async function take(campaign: Campaign, entry: NewEntry): Promise<Entry | undefined> {
    const tried = await free(campaign);
    if (!tried) return entries.get(campaign.id, entry.user);
    const put = await write({ ...entry, state: 'due', slot: tried.slot }).finally(tried.done);
    if (put.ok) return put.entry;
    const theirs = put.taken === 'entry' ? await entries.get(campaign.id, entry.user) : undefined;
    return theirs ?? take(campaign, entry);
  }

  return {
    take,
    /** Nobody need be asked anything any more. */
    isFull: ({ id, places }: Campaign) => (next.get(id) ?? 0) >= places && !attempts.has(id),
  };
}

export type SlotAllocator = ReturnType<typeof createSlotAllocator>;
