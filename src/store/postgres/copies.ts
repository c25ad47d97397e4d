import type { Copies, PlaceClaim } from '../beside/copies.ts';
import { StoreError } from '../store-error.ts';
import { settingsOf } from './address.ts';
import { startProgram } from './programs.ts';
import { dropForgotten, restoreBeside, withConnection } from './scratch-copy.ts';
import { createSessionLocks } from './session-locks.ts';

/** Whoever serves has at least one of these: the first shard, or the jobs of all (`src/discord/gateway`). */
const servingLocks = ['jobs', 'shard/0'];

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

/** The locks of those who serve are held meanwhile: a bot that is started stands by. */
async function claim(url: string): Promise<PlaceClaim> {
  const { schema, config } = settingsOf(url);
  const locks = createSessionLocks(config, schema);
  try {
    for (const name of servingLocks) if (!(await locks.lock(name))) throw inUse();
  } catch (error) {
    await locks.close();
    throw error;
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
    release: () => locks.close(),
  };
}

const inUse = (): StoreError =>
  new StoreError('locked', 'A Cardigan serves this store: stop every process of it first.');
