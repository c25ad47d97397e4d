import { DatabaseSync } from 'node:sqlite';
import { connectDatabase } from '../../src/store/database.ts';
import { migrations } from '../../src/store/postgres/migrations.ts';
import type { ScratchSchema } from './scratch-schema.ts';

const columns = {
  entries: 'seq, namespace, key, version, expires, value',
  tags: 'namespace, name, entry',
  holds: 'name, entry',
};

/** What lies in a SQLite file, as the version that wrote it would have left it in PostgreSQL: in the layout of then. */
export async function copyToPostgres(file: string, schema: ScratchSchema): Promise<void> {
  using db = new DatabaseSync(file, { readOnly: true });
  const layout = Number(db.prepare('PRAGMA user_version').get()?.user_version);
  await (await connectDatabase(schema.url, { migrations: migrations.slice(0, layout) })).close();
  for (const [table, names] of Object.entries(columns)) {
    const rows = db.prepare(`SELECT ${names} FROM ${table}`).all();
    const places = names.split(', ').map((_, index) => `$${index + 1}`);
    const insert = `INSERT INTO ${schema.name}.${table} (${names}) OVERRIDING SYSTEM VALUE VALUES (${places})`;
    for (const row of rows) await schema.query(insert, Object.values(row));
  }
  await schema.query(
    `SELECT setval(pg_get_serial_sequence('${schema.name}.entries', 'seq'), (SELECT max(seq) FROM ${schema.name}.entries))`,
  );
}
