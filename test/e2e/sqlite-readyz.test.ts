import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { listens, metricsOf, notReady, readiness } from './asked.ts';
import { startTown } from './town.ts';

const OFTEN = { timeout: 40_000, interval: 250 };

describe('a SQLite store that takes no writes', () => {
  it('is named, and the bot is ready again when it does', async () => {
    const town = await startTown({ environment: listens });
    expect(await notReady(town.bot)).toBe('200');
    const { pathname } = new URL(town.environment.STORE_URL?.replace('sqlite://', 'file://') ?? '');
    using other = new DatabaseSync(pathname, { timeout: 5_000 });
    other.exec('BEGIN IMMEDIATE');
    await expect.poll(() => notReady(town.bot), OFTEN).toBe('503 store');
    expect((await readiness(town.bot)).checks.store).toEqual({ ok: false, is: 'takes no writes (locked)' });
    expect(await metricsOf(town.bot)).toContain('cardigan_check_ok{check="store"} 0');
    other.exec('ROLLBACK');
    await expect.poll(() => notReady(town.bot), OFTEN).toBe('200');
  });
});
