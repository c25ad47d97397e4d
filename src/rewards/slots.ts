import type { Campaign } from './campaign.ts';
import type { Entry } from './entry.ts';
import { slotHold } from './entry.ts';
import type { EntryBook, NewEntry, Put } from './entry-book.ts';

/**
 * The places of drops: each is one person's, for ever. However many press at once, only as many are written as there are
 * places, and whoever comes after the last one reads nothing.
 */
export function createSlots({ entries }: { entries: EntryBook }) {
  /** By campaign the next place that nobody was seen to have. What is written decides, not this. */
  const next = new Map<string, number>();
  /** By campaign the one look that all wait for. */
  const looks = new Map<string, Promise<void>>();
  /** By campaign the places that are being written: one that comes to nothing is somebody else's. */
  const writes = new Map<string, Set<Promise<unknown>>>();

  async function look({ id, places }: Campaign): Promise<void> {
    let slot = 0;
    while (slot < places && (await entries.holder(slotHold(id, slot))) !== undefined) slot++;
    next.set(id, slot);
  }

  function known(campaign: Campaign): Promise<void> | undefined {
    if (next.has(campaign.id)) return undefined;
    const looking =
      looks.get(campaign.id) ?? look(campaign).finally(() => looks.delete(campaign.id));
    looks.set(campaign.id, looking);
    return looking;
  }

  /** Undefined: none is left, and none is being written that may come to nothing. */
  async function reserve(campaign: Campaign): Promise<number | undefined> {
    for (;;) {
      await known(campaign);
      const slot = next.get(campaign.id);
      if (slot === undefined) continue;
      if (slot < campaign.places) {
        next.set(campaign.id, slot + 1);
        return slot;
      }
      const writing = writes.get(campaign.id);
      if (!writing) return undefined;
      await Promise.allSettled(writing);
    }
  }

  /** Of a place that comes to nothing, or may, whoever comes next looks anew: before those who wait for this do. */
  async function write(id: string, entry: NewEntry): Promise<Put> {
    try {
      const put = await entries.put(entry);
      if (!put.ok && put.taken === 'entry') next.delete(id);
      return put;
    } catch (error) {
      next.delete(id);
      throw error;
    }
  }

  async function counted<T>(id: string, writing: Promise<T>): Promise<T> {
    const all = writes.get(id) ?? new Set();
    writes.set(id, all.add(writing));
    try {
      return await writing;
    } finally {
      all.delete(writing);
      if (all.size === 0) writes.delete(id);
    }
  }

  /** The place that they have now, or had already; undefined when all are taken. */
  async function take(campaign: Campaign, entry: NewEntry): Promise<Entry | undefined> {
    const { id } = campaign;
    const slot = await reserve(campaign);
    if (slot === undefined) return undefined;
    const put = await counted(id, write(id, { ...entry, state: 'due', slot }));
    if (put.ok) return put.entry;
    const theirs = put.taken === 'entry' ? await entries.get(id, entry.user) : undefined;
    return theirs ?? take(campaign, entry);
  }

  return {
    take,
    /** Nobody need be asked anything any more. */
    isFull: ({ id, places }: Campaign) => (next.get(id) ?? 0) >= places && !writes.has(id),
  };
}

export type Slots = ReturnType<typeof createSlots>;
