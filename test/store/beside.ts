import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openStoreBeside, type StoreBeside } from '../../src/store/beside/beside.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { newKey } from './contract/bench.ts';

interface Place {
  readonly url: string;
  toFirstLayout(): Promise<void>;
  dispose(): Promise<void>;
}

const noteSchema = z.object({ version: z.number(), text: z.string() });
const codesSchema = z.object({ codes: z.array(z.string()) });
const guard = { seen: 0, tags: ['open'], holds: [] };

/** What reading a store beside the bot that serves it promises, on any database. */
export function describeBeside(name: string, open: () => Promise<Place>): void {
  describe(`a store read beside its bot, on ${name}`, () => {
    const encryptionKey = newKey();
    const opened: { close(): Promise<void> }[] = [];
    let place: Place;
    const serve = async (): Promise<Store> => {
      const store = await openStore({ url: place.url, encryptionKey });
      opened.push(store);
      return store;
    };
    const beside = async (key = encryptionKey): Promise<StoreBeside> => {
      const store = await openStoreBeside({ url: place.url, encryptionKey: key });
      opened.push(store);
      return store;
    };
    const closeAll = async () => {
      for (const store of opened.splice(0)) await store.close();
    };
    beforeEach(async () => {
      place = await open();
    });
    afterEach(async () => {
      await closeAll();
      await place.dispose();
    });

    it('has what is written, also what is written after it was opened, and says what it is', async () => {
      const store = await serve();
      await store.records('notes', noteSchema).write('a', { text: 'first' }, guard);
      const reading = await beside();
      expect(await reading.records('notes', noteSchema).get('a')).toMatchObject({ text: 'first' });
      await store.vault(codesSchema).seal('a', { codes: ['AAAA-1111'] });
      expect(await reading.vault(codesSchema).open('a')).toEqual({ codes: ['AAAA-1111'] });
      expect(reading.fingerprint('AAAA-1111')).toBe(store.fingerprint('AAAA-1111'));
      expect(reading.layout).toBe(2);
      expect(reading.shapes).toMatchObject({ orders: expect.any(Number) });
      const all: unknown[] = [];
      for await (const entry of reading.everyRecord()) all.push(entry);
      expect(all).toEqual([{ namespace: 'notes', key: 'a', is: 'authentic' }]);
    });

    it('changes nothing: each write is refused, and the bot goes on', async () => {
      const store = await serve();
      const reading = await beside();
      const notes = reading.records('notes', noteSchema);
      await expect(notes.write('a', { text: 'no' }, guard)).rejects.toMatchObject({ code: 'unwritable' });
      await expect(reading.vault(codesSchema).seal('a', { codes: [] })).rejects.toMatchObject({ code: 'unwritable' });
      await expect(reading.vault(codesSchema).purge('a')).rejects.toMatchObject({ code: 'unwritable' });
      expect(await store.records('notes', noteSchema).write('a', { text: 'yes' }, guard)).toMatchObject({ ok: true });
      expect(await notes.get('a')).toMatchObject({ text: 'yes' });
    });

    it('does not keep a bot from starting, nor from purging', async () => {
      await (await serve()).vault(codesSchema).seal('a', { codes: ['AAAA-1111'] });
      await closeAll();
      const reading = await beside();
      const store = await serve();
      await store.vault(codesSchema).purge('a');
      expect(await reading.vault(codesSchema).open('a')).toBeUndefined();
    });

    it('wants the key that the store was made with', async () => {
      await serve();
      await expect(beside(newKey())).rejects.toMatchObject({ code: 'wrong_key' });
      await expect(beside('short')).rejects.toMatchObject({ code: 'bad_key' });
    });

    it('is not there before the first start, and makes nothing', async () => {
      await expect(beside()).rejects.toMatchObject({ code: 'absent' });
      await expect(beside()).rejects.toMatchObject({ code: 'absent' });
    });

    it('of an earlier layout is read as it is', async () => {
      await serve();
      await closeAll();
      await place.toFirstLayout();
      expect((await beside()).layout).toBe(1);
    });
  });
}
