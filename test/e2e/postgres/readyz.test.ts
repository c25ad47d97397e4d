import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPrograms, type PrivateCluster, startPrivateCluster } from '../../postgres/private-cluster.ts';
import { listens, metricsOf, notReady, readiness } from '../asked.ts';
import { startTown } from '../town.ts';

const programs = findPrograms(process.env);
const OFTEN = { timeout: 50_000, interval: 250 };
let cluster: PrivateCluster;

describe.skipIf(!programs)('readiness of bots on PostgreSQL', () => {
  beforeAll(async () => {
    cluster = await startPrivateCluster(programs ?? '');
  });
  afterAll(() => cluster.remove());

  it('is lost with the database and comes back with it, for who serves and who stands by', async () => {
    const url = new URL(cluster.url);
    url.searchParams.set('schema', 'readyz');
    const store = {
      environment: { STORE_URL: url.href, ENCRYPTION_KEY: randomBytes(32).toString('base64') },
      contents: async () => '',
      rows: async () => [],
      tamper: async () => undefined,
      dispose: async () => undefined,
    };
    const town = await startTown({ store, environment: listens });
    const second = await town.standBy();
    expect([await notReady(town.bot), await notReady(second)]).toEqual(['200', '200']);
    expect((await readiness(second)).checks.serving?.is).toBe('standing by: another process serves');
    // Only who looks after open orders knows how the whole store stands.
    await expect.poll(() => metricsOf(town.bot), OFTEN).toContain('\ncardigan_reviews_open 0\n');
    expect(await metricsOf(second)).not.toContain('\ncardigan_reviews_open ');
    await cluster.crash();
    await expect.poll(() => notReady(town.bot), OFTEN).toBe('503 serving,store');
    await expect.poll(() => notReady(second), OFTEN).toBe('503 serving,store');
    await cluster.start();
    await expect.poll(() => notReady(town.bot), OFTEN).toBe('200');
    await expect.poll(() => notReady(second), OFTEN).toBe('200');
  });
});
