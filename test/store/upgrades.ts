import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, openStoreOn, type Store } from '../../src/store/open.ts';
import { linesOf, startChild } from './child.ts';
import { newKey } from './contract/bench.ts';
import { ordersOf } from './contract/order.ts';
import { connectPlanted, latest } from './planted.ts';

/** What a database brings for these tests. */
interface Place {
  readonly url: string;
  /** Everything that is stored, with the tables it lies in; of a file, its bytes. */
  contents(): Promise<string>;
  /** Runs a statement past the store, on the layout's own table. */
  run(sql: string): Promise<void>;
  /** Whether the database has let go of whoever was killed. */
  settled(): Promise<void>;
  beforeEachCall(hook: () => void): () => void;
  dispose(): Promise<void>;
}

const EARLIER = 'The store was written by Cardigan 2.0.0 or later, and this is ';

/** What an upgrade promises, and what whoever goes back is told, on any database. */
export function describeUpgrades(name: string, open: () => Promise<Place>): void {
  describe(`the layout of a store on ${name}`, () => {
    const encryptionKey = newKey();
    let place: Place;
    const opened: { close(): Promise<void> }[] = [];
    const keep = <T extends { close(): Promise<void> }>(store: T): T => {
      opened.push(store);
      return store;
    };
    const ours = async (): Promise<Store> => keep(await openStore({ url: place.url, encryptionKey }));
    const later = async (say?: (line: string) => void, migrations = latest(place.url)): Promise<Store> =>
      keep(await openStoreOn(await connectPlanted(place.url, say, migrations), encryptionKey));
    const close = async () => {
      for (const store of opened.splice(0)) await store.close();
    };
    const written = async () => {
      await ordersOf(await ours()).write('a', { status: 'held' }, { seen: 0, tags: ['open'], holds: ['reference/a'] });
      await close();
    };
    const problemOf = (promise: Promise<unknown>) => promise.then(String, (error: unknown) => error);
    const isWhole = async (store: Store) => {
      const orders = ordersOf(store);
      const records = [{ version: 1, status: 'held' }];
      expect(await orders.tagged('open', { limit: 9 })).toEqual({ records, unreadable: [] });
      expect(await orders.holder('reference/a')).toBe('a');
    };

    beforeEach(async () => {
      place = await open();
    });
    afterEach(async () => {
      await close();
      await place.dispose();
    });

    it('is taken from each to the next, says so before, and keeps all that is stored', async () => {
      await written();
      const said: string[] = [];
      const upgraded = await later((line) => said.push(line));
      expect(said).toEqual([
        expect.stringMatching(/from layout 2 to 4 now \(.+; .+\)\. Versions before 2\.0\.0 cannot/),
      ]);
      await isWhole(upgraded);
      await close();
      await isWhole(await later((line) => said.push(line)));
      expect(said).toHaveLength(1);
      expect(await place.contents()).toContain('note of a');
    });

    it('of a new store is the newest one, without a word', async () => {
      const said: string[] = [];
      await later((line) => said.push(line));
      expect(said).toEqual([]);
      await close();
      expect(await problemOf(ours())).toMatchObject({ code: 'newer' });
    });

    it('of a later version is refused with the version that it needs, and nothing is changed', async () => {
      await written();
      await (await later()).close();
      const before = await place.contents();
      for (let tries = 0; tries < 2; tries++) {
        const problem = await problemOf(ours());
        expect(problem).toMatchObject({ code: 'newer', message: expect.stringContaining(EARLIER) });
        expect((problem as Error).message).toContain('run 2.0.0 or later. The store was not changed.');
      }
      expect(await place.contents()).toBe(before);
      await isWhole(await later());
    });

    it('of a later version that does not say which is refused all the same', async () => {
      await (await later()).close();
      await place.run(`UPDATE layout SET needs = 'version 9; run me'`);
      const message = expect.stringMatching(
        /a later version of Cardigan than this one, \d+\.\d+\.\d+: run that version/,
      );
      expect(await problemOf(ours())).toMatchObject({ code: 'newer', message });
    });

    it('is as before or as after, wherever the process that takes it over is killed', async () => {
      await written();
      const ends: string[] = [];
      for (let call = 1; ends.at(-1) !== 'finished'; call++) {
        const child = startChild(['take over', place.url, String(call)]);
        const [code, signal] = await once(child, 'exit');
        await place.settled();
        if (signal !== 'SIGKILL') expect(code).toBe(0);
        const mine = await problemOf(ours());
        await close();
        const isAfter = mine instanceof Error;
        if (isAfter) expect(mine).toMatchObject({ code: 'newer', message: expect.stringContaining(EARLIER) });
        else expect(await place.contents()).not.toContain('note');
        ends.push(signal !== 'SIGKILL' ? 'finished' : isAfter ? 'after' : 'before');
      }
      expect(ends.filter((end) => end === 'before').length).toBeGreaterThan(8);
      await isWhole(await later());
    });

    it('stays where it is when a step fails, whichever', async () => {
      await written();
      let failed = 0;
      for (let at = 1; ; at++) {
        let calls = 0;
        const restore = place.beforeEachCall(() => {
          if (++calls === at) throw new Error('injected');
        });
        const database = await connectPlanted(place.url).then(keep, (error: unknown) => error);
        restore();
        await close();
        if (!(database instanceof Error)) break;
        failed++;
        await isWhole(await ours());
        await close();
      }
      expect(failed).toBeGreaterThan(8);
      const [last] = latest(place.url).slice(-1);
      const broken = [
        ...latest(place.url),
        { ...last, layout: 5, since: '2.1.0', does: '', statements: ['DROP nothing'] },
      ];
      expect(await problemOf(later(undefined, broken))).toMatchObject({ code: 'broken' });
      await isWhole(await later());
    });
  });
}

/** How many of several processes that start at once say that they take it over; all of them have to come to the end. */
export async function takeOverAtOnce(url: string, processes: number): Promise<number> {
  const said = await Promise.all(
    Array.from({ length: processes }, async () => {
      const child = startChild(['take over', url]);
      const ended = once(child, 'exit');
      const lines: string[] = [];
      for await (const line of linesOf(child)) lines.push(line);
      expect((await ended)[0]).toBe(0);
      return lines.length;
    }),
  );
  return said.reduce((sum, lines) => sum + lines, 0);
}
