import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { findPostgres } from '../../test/postgres/find-postgres.ts';
import { type BotProcess, makeFolder, startBot } from '../bot-process.ts';
import { type Figure, quantile, type Readings } from '../figure.ts';
import { startTown, type TownProcess } from '../town/town-process.ts';

const SERVERS = 2;
const WITHIN_MS = 300_000;

/** A schema of its own, gone with what is in it. */
async function withSchema<T>(server: string, use: (url: string) => Promise<T>): Promise<T> {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.searchParams.set('schema', name);
  try {
    return await use(url.href);
  } finally {
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(`DROP SCHEMA IF EXISTS ${name} CASCADE`);
    await client.end();
  }
}

/** Presses and purchases in two servers, with so many processes: each has its shards. */
async function withProcesses(count: number, server: string, purchases: number): Promise<Readings> {
  return withSchema(server, async (url) => {
    const folder = makeFolder();
    const town = await startTown({ servers: SERVERS });
    const bots: BotProcess[] = [];
    const key = randomBytes(32).toString('base64');
    try {
      for (let shard = 0; shard < count; shard++) {
        const environment = { STORE_URL: url, ENCRYPTION_KEY: key, SHARDS: `${shard}`, SHARD_COUNT: `${count}` };
        bots.push(
          await startBot('product', town, folder.path, { environment, ready: /Cardigan is ready|serving|standing by/ }),
        );
      }
      return await measureHere(town, purchases);
    } finally {
      await Promise.all(bots.map((bot) => bot.stop()));
      await town.end();
      folder.remove();
    }
  });
}

async function measureHere(town: TownProcess, count: number): Promise<Readings> {
  await town.runAtOnce('balance', 10, 10_000);
  const answered = (await town.runAtOnce('balance', 1_000, WITHIN_MS)).flatMap((each) => each.answered ?? []);
  await town.quote(count, 20);
  await town.slowDown(count, 60, 400);
  const { came, tookMs } = await town.confirm(40, WITHIN_MS);
  const delivered = came.filter(({ sent }) => sent !== undefined).length;
  return { presses: (answered.length / quantile(answered, 1)) * 1000, purchases: (delivered / tookMs) * 1000 };
}

/** Two processes with a shard each on one PostgreSQL, beside one process with both. */
export const processes: Figure = {
  name: 'processes',
  kinds: ['product'],
  rows: () => ({
    'one presses': { label: 'one process on PostgreSQL: 1,000 presses answered', unit: 'a second' },
    'two presses': { label: 'two processes: the same', unit: 'a second', over: 'one presses', aim: '≥ 1.8' },
    'one purchases': { label: 'one process: purchases, twenty items, vendor of 60–400 ms', unit: 'a second' },
    'two purchases': { label: 'two processes: the same', unit: 'a second', over: 'one purchases', aim: '≥ 1.8' },
  }),
  async measure(_kind, { purchases }) {
    const server = await findPostgres(process.env);
    if (server === '') return {};
    const one = await withProcesses(1, server, purchases);
    const two = await withProcesses(2, server, purchases);
    const named = (name: string, readings: Readings) =>
      Object.entries(readings).map(([key, value]): [string, number] => [`${name} ${key}`, value]);
    return Object.fromEntries([...named('one', one), ...named('two', two)]);
  },
};
