import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Database, Guard, WriteResult } from '../../../src/store/storage.ts';
import { type OpenBench, testSeal, useBench } from './bench.ts';

interface Entry {
  readonly namespace: string;
  readonly key: string;
  version: number;
  value: string;
  tags: Set<string>;
  holds: Set<string>;
}

/** The contract of `write`, `removeSeen`, `tagged`, `count` and `holder` in a few lines over a list. */
function createModel() {
  const entries: Entry[] = [];
  const owner = (hold: string) => entries.find(({ holds }) => holds.has(hold));
  return {
    owner,
    tagged: (namespace: string, tag: string) =>
      entries.filter((e) => e.namespace === namespace && e.tags.has(tag)).toReversed(),
    write(namespace: string, key: string, value: string, guard: Guard): WriteResult {
      const known = entries.find((e) => e.namespace === namespace && e.key === key);
      const version = known?.version ?? 0;
      if (version !== guard.seen) return { ok: false, reason: 'changed', version };
      const hold = guard.holds.find((name) => ![undefined, known].includes(owner(name)));
      if (hold) return { ok: false, reason: 'held', hold, owner: String(owner(hold)?.key) };
      const entry = known ?? { namespace, key, version, value, tags: new Set(), holds: new Set() };
      if (!known) entries.push(entry);
      entry.version += 1;
      entry.value = value;
      entry.tags = new Set(guard.tags);
      entry.holds = new Set(guard.holds);
      return { ok: true, version: entry.version };
    },
    remove(namespace: string, key: string, seen: number): boolean {
      const at = entries.findIndex((e) => e.namespace === namespace && e.key === key && e.version === seen);
      if (at >= 0) entries.splice(at, 1);
      return at >= 0;
    },
  };
}

const namespaces = ['orders', 'campaigns'];
const tags = ['open', 'member/1', 'campaign/é'];
const holds = ['lane/a/1', 'lane/a/2', 'remote/1'];
const step = fc.record({
  namespace: fc.constantFrom(...namespaces),
  key: fc.constantFrom('a', 'b', 'c', 'A'),
  // How far the writer's knowledge is from the truth: mostly not at all.
  lag: fc.constantFrom(0, 0, 0, 0, 1, -1),
  tags: fc.subarray(tags),
  holds: fc.shuffledSubarray(holds),
  removes: fc.integer({ min: 0, max: 4 }).map((dice) => dice === 0),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

export function describeModel(open: OpenBench): void {
  describe('any sequence of writes and removals', () => {
    const fixture = useBench(open);

    it('ends as a simple model says', async () => {
      const database = await fixture.connect();
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), (steps) => compare(database, `${run++}`, steps)),
        { numRuns: 40 },
      );
    });
  });
}

/** Runs share one database: each has its own namespaces and holds. */
async function compare(database: Database, run: string, steps: Step[]): Promise<void> {
  const model = createModel();
  const versions = new Map<string, number>();
  const own = (hold: string) => `${run}/${hold}`;
  const storages = new Map(namespaces.map((name) => [name, database.guarded(`${run}/${name}`, testSeal)]));
  for (const [index, { namespace, key, lag, tags, holds, removes }] of steps.entries()) {
    const place = `${namespace}/${key}`;
    const guard = { seen: (versions.get(place) ?? 0) + lag, tags, holds: holds.map(own) };
    if (removes) {
      const isGone = model.remove(namespace, key, guard.seen);
      expect(await storages.get(namespace)?.removeSeen(key, guard.seen)).toBe(isGone);
      if (isGone) versions.delete(place);
      continue;
    }
    const next = JSON.stringify({ value: index });
    const expected = model.write(namespace, key, next, guard);
    expect(await storages.get(namespace)?.write(key, next, guard)).toEqual(expected);
    if (expected.ok) versions.set(place, expected.version);
  }
  for (const [namespace, storage] of storages) {
    for (const tag of tags) {
      const expected = model.tagged(namespace, tag);
      const keys: string[] = [];
      for (let before: string | undefined; ; ) {
        const page = await storage.tagged(tag, { limit: 2, before });
        keys.push(...page.keys);
        before = page.next;
        if (before === undefined) break;
      }
      expect(keys).toEqual(expected.map(({ key }) => key));
      expect(await storage.count(tag)).toBe(expected.length);
      expect(await storage.getMany(keys)).toEqual(expected.map(({ value }) => value));
    }
    for (const hold of holds) {
      expect(await storage.holder(own(hold))).toBe(model.owner(own(hold))?.key);
    }
  }
}
