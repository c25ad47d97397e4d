import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inject } from 'vitest';
import { copyToPostgres } from '../postgres/copy-store.ts';
import { createScratchSchema } from '../postgres/scratch-schema.ts';

/** Where the bot of a town keeps its orders: SQLite, or PostgreSQL in the project "on PostgreSQL". */
export interface TownStore {
  readonly environment: Record<string, string>;
  /** All that is stored, as it lies there. */
  contents(): Promise<string>;
  /** The rows of one of its tables. */
  rows(table: 'entries' | 'holds'): Promise<Record<string, unknown>[]>;
  /** Changes the stored text of an entry, past everything that Cardigan does. It has to be there. */
  tamper(namespace: string, key: string, change: (text: string) => string): Promise<void>;
  dispose(): Promise<void>;
}

/** `from`: a folder with a SQLite store to go on with, on either database; it stays as it is. */
export function openTownStore(from?: string): Promise<TownStore> {
  return inject('townStore') === 'postgres' ? inPostgres(from) : inFolder(from);
}

/** `from`: a folder with the store to go on with, which stays as it is. */
export async function inFolder(from?: string): Promise<TownStore> {
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-e2e-'));
  if (from) cpSync(from, join(folder, 'store'), { recursive: true });
  const file = join(folder, 'store', 'cardigan.db');
  return {
    environment: { STORE_URL: `sqlite://${file}` },
    contents: async () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
        .join('\n'),
    async rows(table) {
      using db = new DatabaseSync(file, { readOnly: true });
      return db.prepare(`SELECT * FROM ${table}`).all();
    },
    async tamper(namespace, key, change) {
      using db = new DatabaseSync(file);
      const where = 'WHERE namespace = ? AND key = ?';
      const row = db.prepare(`SELECT value FROM entries ${where}`).get(namespace, key);
      const changed = change(String(row?.value));
      db.prepare(`UPDATE entries SET value = ? ${where}`).run(changed, namespace, key);
    },
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function inPostgres(from?: string): Promise<TownStore> {
  const schema = await createScratchSchema();
  if (from) await copyToPostgres(join(from, 'cardigan.db'), schema);
  const encryptionKey = from
    ? readFileSync(join(from, 'cardigan.db.key'), 'utf8').trim()
    : randomBytes(32).toString('base64');
  return {
    environment: { STORE_URL: schema.url, ENCRYPTION_KEY: encryptionKey },
    contents: schema.dump,
    rows: (table) => schema.query(`SELECT * FROM ${schema.name}.${table}`),
    async tamper(namespace, key, change) {
      const entries = `${schema.name}.entries`;
      const where = 'WHERE namespace = $1 AND key = $2';
      const [row] = await schema.query(`SELECT value FROM ${entries} ${where}`, [namespace, key]);
      const values = [namespace, key, change(String(row?.value))];
      await schema.query(`UPDATE ${entries} SET value = $3 ${where}`, values);
    },
    dispose: schema.drop,
  };
}
