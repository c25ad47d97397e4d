import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Pool } from 'pg';
import type { OpenedCopy } from '../beside/copies.ts';
import { StoreError } from '../store-error.ts';
import { settingsOf } from './address.ts';
import { type Connection, createConnection } from './connection.ts';
import { startProgram } from './programs.ts';

const DAY_MS = 24 * 60 * 60_000;
const PART = '_copy_';
/** PostgreSQL cuts longer names. */
const MOST_OF_NAME = 40;

/** A connection for as long as `work` takes. */
export async function withConnection<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const pool = new Pool({ ...settingsOf(url).config, application_name: 'cardigan backup', max: 1 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const connection = createConnection(pool);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

function inSchema(url: string, schema: string): string {
  const address = new URL(url);
  address.searchParams.set('schema', schema);
  return address.href;
}

/** Restores a dump into a schema of its own beside the one it is of. Throws a StoreError. */
export async function restoreBeside(url: string, file: string): Promise<OpenedCopy> {
  const { schema: from } = settingsOf(url);
  const schema = `${from.slice(0, MOST_OF_NAME)}${PART}${Math.floor(Date.now() / 1000)}_${randomBytes(3).toString('hex')}`;
  const drop = () =>
    withConnection(url, async ({ query }) => void (await query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)));
  await withConnection(url, ({ query }) => query(`CREATE SCHEMA ${schema}`));
  try {
    await pour(file, url, schema);
  } catch (error) {
    await drop().catch(() => undefined);
    throw error;
  }
  return { url: inSchema(url, schema), drop };
}

async function pour(file: string, url: string, schema: string): Promise<void> {
  const reading = startProgram('pg_restore', ['--no-owner', '--no-privileges', '-f', '-', file]);
  const writing = startProgram(
    'psql',
    ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '--single-transaction', '-o', '/dev/null'],
    url,
  );
  const renamed = renaming(schema);
  try {
    for await (const line of createInterface({ input: reading.stdout, crlfDelay: 0 })) {
      const isTaken = writing.stdin.write(`${renamed(line)}\n`);
      if (!isTaken) await Promise.race([drained(writing.stdin), writing.done]);
    }
    await reading.done;
  } catch (error) {
    // Without its end nothing of it is kept.
    writing.kill();
    throw error;
  }
  writing.stdin.end();
  await writing.done;
}

const drained = (stream: NodeJS.WritableStream) => new Promise<void>((resolve) => stream.once('drain', resolve));

/** What psql of newer versions asks for around a script. */
const GUARD = /^\\(un)?restrict \w+$/;

/**
 * Lines of the script for another schema; what is stored, between COPY and its end, stays as it is. psql takes a backslash for
 * a command of its own, which may run any program: whoever may name things in the database must not bring one in.
 */
export function renaming(schema: string): (line: string) => string {
  let from: string | undefined;
  let isData = false;
  return (line) => {
    if (isData) {
      isData = line !== '\\.';
      return line;
    }
    if (line.includes('\\') && !GUARD.test(line)) throw new StoreError('broken', FOREIGN);
    const [, made] = /^CREATE SCHEMA "?([a-z_][a-z0-9_]*)"?;$/.exec(line) ?? [];
    if (made) {
      from = made;
      return '';
    }
    isData = /^COPY .* FROM stdin;$/.test(line);
    return from === undefined ? line : line.replaceAll(new RegExp(`(?<![\\w"])"?${from}"?\\.`, 'g'), `${schema}.`);
  };
}

const FOREIGN =
  'The copy has a line that no store of Cardigan has, and was not opened: look who has made something in its schema of the database.';

/** Those that a process which was killed has left. */
export function dropForgotten(url: string): Promise<void> {
  return withConnection(url, async ({ query }) => {
    const { schema } = settingsOf(url);
    const rows = await query(
      'SELECT nspname AS name FROM pg_namespace WHERE nspowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)',
    );
    for (const { name = '' } of rows) {
      const [, of, at] = /^(.*)_copy_(\d+)_[0-9a-f]{6}$/.exec(name) ?? [];
      const isForgotten = Date.now() - Number(at) * 1000 > DAY_MS;
      if (of === schema.slice(0, MOST_OF_NAME) && isForgotten) await query(`DROP SCHEMA IF EXISTS ${name} CASCADE`);
    }
  });
}
