import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/lib/index.ts';
import { connectDatabase } from '../../src/store/database.ts';
import { openStoreOn } from '../../src/store/open.ts';
import { shapeSteps } from '../../src/store/versions/shapes.ts';
import { connectPlanted } from '../store/planted.ts';
import { runAuditVerify } from './resolve-process.ts';
import { confirm, quote, startTown, type Town } from './town.ts';

const refusal = (needed: string) =>
  `The store was written by Cardigan ${needed} or later, and this is ${VERSION}: run ${needed} or later. The store was not changed.`;

/** What versions to come will do to a store. */
const later: [string, string, (url: string, key: string | undefined) => Promise<void>][] = [
  ['in a later layout', '2.0.0', async (url) => (await connectPlanted(url)).close()],
  [
    'with records of a later shape',
    '1.7.0',
    async (url, key) => {
      const orders = [...(shapeSteps.orders ?? []), { since: '1.7.0', does: 'something else' }];
      await (await openStoreOn(await connectDatabase(url), key, { ...shapeSteps, orders })).close();
    },
  ],
];

/** A bot that has sold something, and has ended. */
async function usedTown(): Promise<Town> {
  const town = await startTown();
  await confirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
  expect(town.bot.output()).toContain(`Cardigan ${VERSION} starts`);
  await town.bot.stop();
  return town;
}

describe('a store of a later version', () => {
  it.each(later)(
    '%s is refused with the version that it needs, and nothing of it changes',
    async (_, needed, write) => {
      const town = await usedTown();
      const { STORE_URL: url = '', ENCRYPTION_KEY: key } = town.environment;
      await write(url, key);
      const before = await town.store.contents();
      const bot = town.launch();
      expect(await bot.ended()).toBe(1);
      expect(bot.output()).toContain(`- ${refusal(needed)}\n`);
      expect(bot.output().match(/^- /gm)).toHaveLength(1);
      const verified = await runAuditVerify(town.environment);
      expect(verified.code).toBe(2);
      expect(verified.said).toContain(refusal(needed));
      expect((await town.store.contents()) === before).toBe(true);
    },
  );
});
