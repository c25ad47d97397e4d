import type { Copies, PlaceClaim } from '../beside/copies.ts';
import { StoreError } from '../store-error.ts';
import { settingsOf } from './address.ts';
import { startProgram } from './programs.ts';
import { dropForgotten, restoreBeside, withConnection } from './scratch-copy.ts';

const others = `SELECT count(*)::text AS n FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'cardigan'`;

/** Dumps of Cardigan's schema, in PostgreSQL's own format, by its own programs. */
export const postgresCopies: Copies = {
  ending: '.pgdump',
  async make(url, file) {
    await dropForgotten(url);
    const { schema } = settingsOf(url);
    const args = ['--format=custom', `--schema=${schema}`, '--no-owner', '--no-privileges', `--file=${file}`];
    const running = startProgram('pg_dump', args, url);
    running.stdout.resume();
    await running.done;
  },
  open: restoreBeside,
  // PostgreSQL has checked every row against the table that it went into.
  isSound: async () => true,
  async read(file) {
    const running = startProgram('pg_restore', ['-f', '-', file]);
    running.stdout.resume();
    await running.done;
  },
  claim,
};

/** Who restores has told the bots to stop; one that comes back meanwhile goes on with what is in place. */
async function claim(url: string): Promise<PlaceClaim> {
  const { schema } = settingsOf(url);
  const [row] = await withConnection(url, ({ query }) => query(others));
  if (Number(row?.n) > 0) {
    throw new StoreError('locked', 'A Cardigan is connected to this database: stop every one of them first.');
  }
  return {
    stage: (file) => restoreBeside(url, file),
    async put(staged) {
      const from = new URL(staged.url).searchParams.get('schema');
      const before = `${schema.slice(0, 40)}_before_${Math.floor(Date.now() / 1000)}`;
      return withConnection(url, ({ transaction }) =>
        transaction(async (query) => {
          const [there] = await query('SELECT to_regnamespace($1)::text AS schema', schema);
          if (there?.schema) await query(`ALTER SCHEMA ${schema} RENAME TO ${before}`);
          await query(`ALTER SCHEMA ${from} RENAME TO ${schema}`);
          return there?.schema ? before : undefined;
        }),
      );
    },
    async release() {},
  };
}
