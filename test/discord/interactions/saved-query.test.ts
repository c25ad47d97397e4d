import { describe, expect, it } from 'vitest';
import { createQueries, querySchema, type SavedQuery } from '../../../src/discord/interactions/saved-query.ts';
import { Problem } from '../../../src/lib/problem.ts';

function start() {
  const kept = new Map<string, SavedQuery>();
  let count = 0;
  const queries = createQueries({
    records: {
      get: async (key) => kept.get(key),
      set: async (key, value) => void kept.set(key, value),
    },
    newId: () => `query${++count}`,
  });
  return { queries, kept };
}

const list: SavedQuery = { kind: 'orders', user: 'alice', cursors: [] };
const search: SavedQuery = {
  kind: 'catalog',
  user: 'alice',
  search: { query: 'google', min: '5' },
};

const problemOf = async (call: Promise<unknown>): Promise<string> => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof Problem ? error.code : String(error);
};

describe('a list that somebody turns the pages of', () => {
  it('is found again by its id, for whoever made it', async () => {
    const { queries } = start();
    const [first, second] = [await queries.remember(list), await queries.remember(search)];
    expect(first).not.toBe(second);
    expect(await queries.recall('orders', first, 'alice')).toEqual(list);
    expect(await queries.recall('catalog', second, 'alice')).toEqual(search);
  });

  it('is nobody else’s', async () => {
    const { queries } = start();
    const id = await queries.remember(list);
    expect(await problemOf(queries.recall('orders', id, 'bob'))).toBe('not_yours');
  });

  it('is gone after a while, and one of another kind is no list here', async () => {
    const { queries, kept } = start();
    const id = await queries.remember(list);
    expect(await problemOf(queries.recall('catalog', id, 'alice'))).toBe('query_gone');
    kept.clear();
    expect(await problemOf(queries.recall('orders', id, 'alice'))).toBe('query_gone');
  });

  it('remembers how far somebody has turned', async () => {
    const { queries } = start();
    const id = await queries.remember(list);
    await queries.update(id, { ...list, cursors: ['b', 'a'] });
    expect((await queries.recall('orders', id, 'alice')).cursors).toEqual(['b', 'a']);
  });

  it('is read back from the store as it was written', () => {
    expect(querySchema.parse(JSON.parse(JSON.stringify(search)))).toEqual(search);
    expect(querySchema.safeParse({ kind: 'people', user: 'alice' }).success).toBe(false);
  });
});
