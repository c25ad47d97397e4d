import { type FoundLayout, type Migration, takingOver, type Upgrade } from '../versions/layout.ts';
import { neededBy, needsLater } from '../versions/needed.ts';
import type { Connection, RunSql } from './connection.ts';

/** Any number that nothing else takes a lock of in the same database. */
const layoutLock = 0x43415244;
/** The column is where an earlier version looks, whatever else it cannot read: it stays as it is for ever. */
const needs = 'ALTER TABLE layout ADD COLUMN IF NOT EXISTS needs TEXT';

/**
 * Makes schema and tables, or takes an earlier layout over, all or nothing, one process after the other. Throws `newer`.
 */
export async function prepareSchema(
  { transaction }: Connection,
  schema: string,
  { migrations, say }: Upgrade,
): Promise<void> {
  await transaction(async (query) => {
    await query('SELECT pg_advisory_xact_lock($1)', layoutLock);
    await makeSchema(query, schema);
    const found = await layoutOf(query, schema, migrations);
    const pending = migrations.slice(found.layout);
    if (pending.length === 0) return;
    if (found.layout > 0) say(takingOver(pending, found));
    for (const statement of pending.flatMap(({ statements }) => statements)) await query(statement);
    await query(needs);
    await query('UPDATE layout SET version = $1, needs = $2', migrations.length, neededBy(migrations));
  });
}

async function makeSchema(query: RunSql, schema: string): Promise<void> {
  const [there] = await query('SELECT to_regnamespace($1)::text AS schema', schema);
  if (!there?.schema) await query(`CREATE SCHEMA ${schema}`);
}

/** Layout 0 where there are no tables yet. Throws `newer`. */
export async function layoutOf(query: RunSql, schema: string, migrations: readonly Migration[]): Promise<FoundLayout> {
  const [there] = await query(`SELECT to_regclass($1 || '.layout')::text AS layout`, schema);
  if (!there?.layout) return { layout: 0 };
  // So it is read where there is no such column, too.
  const [row] = await query(`SELECT version, to_jsonb(layout) ->> 'needs' AS needs FROM layout`);
  const found = { layout: Number(row?.version), needs: row?.needs };
  if (found.layout > migrations.length) throw needsLater(found.needs);
  return found;
}
