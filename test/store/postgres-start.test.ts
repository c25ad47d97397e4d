import { once } from 'node:events';
import { inspect } from 'node:util';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { openStore, type Store } from '../../src/store/open.ts';
import { refuseWith } from '../postgres/hostile-server.ts';
import { linesOf, startChild } from './child.ts';
import { newKey } from './contract/bench.ts';
import { openPostgresBench, type PostgresBench } from './postgres-bench.ts';

const encryptionKey = newKey();
const problemOf = (url: string, key: string | undefined = encryptionKey) =>
  openStore({ url, encryptionKey: key }).then(String, (error: unknown) => error);

describe('a STORE_URL that leads nowhere', () => {
  it.each([
    ['127.0.0.1:1', 'unreachable', 'cannot be reached'],
    ['no-such-host.invalid', 'unreachable', 'cannot be reached'],
    [() => refuseWith('28P01', 'no'), 'denied', 'refused the user name or password'],
    [() => refuseWith('28000', 'no'), 'denied', 'refused the user name or password'],
    [() => refuseWith('3D000', 'no'), 'bad_url', 'create it'],
    [() => refuseWith('53300', 'no'), 'unreachable', 'connections to spare'],
    [() => refuseWith('57P03', 'no'), 'unreachable', 'cannot be reached'],
    [() => refuseWith('XX000', 'no'), 'broken', 'SQLSTATE XX000'],
  ])('is told in words that help, and never shown (%#)', async (where, code, words) => {
    const host = typeof where === 'string' ? where : await where();
    const problem = await problemOf(`postgres://buyer:pass%20word@${host}/cards`);
    expect(problem).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(inspect(problem, { depth: 9, showHidden: true })).not.toMatch(/pass(%20| )word|cards\b|stored text/);
  });

  it.each([
    'postgres://u:pass%20word@[host/cards',
    'postgres://u:pass word@host:port/cards',
    'postgres://u:pass%20word@host/cards?schema=Public',
    'postgres://u:pass%20word@host/cards?schema=a;b',
    'postgres://u:pass%20word@host/cards?schema=',
  ])('is refused without being shown: %s', async (url) => {
    const problem = await problemOf(url);
    expect(problem).toMatchObject({ code: 'bad_url' });
    expect(inspect(problem, { depth: 9, showHidden: true })).not.toMatch(/pass(%20| )word/);
  });
});

describe.skipIf(!inject('postgresUrl'))('the start of a store on PostgreSQL', () => {
  let bench: PostgresBench;
  let store: Store | undefined;

  beforeEach(async () => {
    bench = await openPostgresBench();
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    await store?.close();
    store = undefined;
    await bench.dispose();
  });

  it('needs ENCRYPTION_KEY and says how to make one, for there is no file to keep it in', async () => {
    for (const key of [undefined, ' ']) {
      const problem = await openStore({ url: bench.url, encryptionKey: key }).catch((e) => e);
      expect(problem).toMatchObject({
        code: 'missing_key',
        message: expect.stringMatching(/set ENCRYPTION_KEY to 32 bytes .*openssl rand -base64 32/),
      });
      expect(problem.message).not.toContain('key file');
    }
    await expect.poll(() => bench.schema.connections(), { timeout: 30_000 }).toBe(0);
  });

  it('makes one store, however many processes start on it for the first time at once', async () => {
    const children = [1, 2, 3, 4].map(() => startChild(['fingerprint', bench.url], encryptionKey));
    const said = await Promise.all(
      children.map(async (child) => {
        const ended = once(child, 'exit');
        const lines: string[] = [];
        for await (const line of linesOf(child)) lines.push(line);
        return { lines, code: (await ended)[0] };
      }),
    );
    store = await openStore({ url: bench.url, encryptionKey });
    const lines = [store.fingerprint('AAAA-1111')];
    expect(said).toEqual(children.map(() => ({ lines, code: 0 })));
  });

  it('keeps its tables in the schema that STORE_URL names, and in "cardigan" else', async () => {
    store = await openStore({ url: bench.url, encryptionKey });
    const found = await bench.schema.query('SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY 1', [
      bench.schema.name,
    ]);
    expect(found.map(({ tablename }) => tablename)).toEqual(['entries', 'holds', 'layout', 'tags']);
    expect(await bench.schema.dump()).toContain('secrets');
    const query = vi.spyOn(Client.prototype, 'query').mockImplementation(() => {
      throw new Error('far enough');
    });
    await problemOf(inject('postgresUrl'));
    const client = query.mock.contexts[0] as unknown as { options?: string } & Client;
    expect(inspect(client, { depth: 3 })).toContain('search_path=cardigan');
  });

  it('uses a schema that is there already, even when it may not make one', async () => {
    await bench.schema.query(`CREATE SCHEMA ${bench.schema.name}`);
    const query = vi.spyOn(Client.prototype, 'query');
    store = await openStore({ url: bench.url, encryptionKey });
    expect(query.mock.calls.filter(([sql]) => String(sql).includes('CREATE SCHEMA'))).toEqual([]);
  });

  it('has every answered write on the disk, whatever the server does by default', async () => {
    const query = vi.spyOn(Client.prototype, 'query');
    const url = new URL(bench.url);
    url.searchParams.set('options', '-c synchronous_commit=off');
    store = await openStore({ url: url.href, encryptionKey });
    const client = query.mock.contexts.at(-1) as Client;
    expect((await client.query('SHOW synchronous_commit')).rows).toEqual([{ synchronous_commit: 'on' }]);
  });

  it('lets no process of an earlier version change a record any more, which may be at work still', async () => {
    store = await openStore({ url: bench.url, encryptionKey });
    const insert = (namespace: string, version: number, value: string) =>
      bench.schema.query(
        `INSERT INTO ${bench.schema.name}.entries (namespace, key, version, value) VALUES ($1, 'a', $2, $3)`,
        [namespace, version, value],
      );
    await expect(insert('orders', 1, '{"value":{"version":1}}')).rejects.toMatchObject({ code: '23514' });
    await insert('vault', 0, 'what it paid for');
  });

  it('is refused when a later version wrote it', async () => {
    await (await openStore({ url: bench.url, encryptionKey })).close();
    await bench.schema.query(`UPDATE ${bench.schema.name}.layout SET version = 99`);
    expect(await problemOf(bench.url)).toMatchObject({ code: 'newer' });
    await expect.poll(() => bench.schema.connections(), { timeout: 30_000 }).toBe(0);
  });
});
