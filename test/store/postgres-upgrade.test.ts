import { describe, expect, inject, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { newKey } from './contract/bench.ts';
import { latest } from './planted.ts';
import { openPostgresBench } from './postgres-bench.ts';
import { describeUpgrades, takeOverAtOnce } from './upgrades.ts';

describe.skipIf(!inject('postgresUrl'))('with PostgreSQL', () => {
  describeUpgrades('PostgreSQL', async () => {
    const bench = await openPostgresBench();
    const { schema } = bench;
    return {
      ...bench,
      async contents() {
        const columns = await schema.query(
          'SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = $1 ORDER BY 1, 2',
          [schema.name],
        );
        return JSON.stringify(columns) + (await schema.dump());
      },
      run: async (sql) => {
        await schema.query(sql.replace('layout', `${schema.name}.layout`));
      },
      settled: () => expect.poll(() => schema.connections(), { timeout: 30_000, interval: 10 }).toBe(0),
    };
  });

  it('one of several processes that start at once takes a store over', async () => {
    const bench = await openPostgresBench();
    await (await openStore({ url: bench.url, encryptionKey: newKey() })).close();
    expect(await takeOverAtOnce(bench.url, 4)).toBe(1);
    const [row] = await bench.schema.query(`SELECT version, needs FROM ${bench.schema.name}.layout`);
    expect(row).toEqual({ version: latest(bench.url).length, needs: '2.0.0' });
    await bench.dispose();
  });
});
