import { describe, expect, it } from 'vitest';
import { startTown } from './town.ts';

describe('a bot with a SQLite store', () => {
  it('refuses to run twice on one store', async () => {
    const town = await startTown();
    const second = town.launch();
    expect(await second.ended()).toBe(1);
    expect(second.output()).toMatch(/^- .*another process/im);
  });
});
