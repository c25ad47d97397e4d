import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../figure.ts';
import { withBot } from './with-bot.ts';

const WITHIN_MS = 600_000;

/** What is left in memory of a thousand purchases. */
export const endurance: Figure = {
  name: 'endurance',
  kinds: ['product', 'baseline'],
  rounds: () => 1,
  rows: ({ short }) => ({
    memory: { label: `memory after ${short ? '100' : '1,000'} purchases`, unit: 'MiB', aim: '≤ 0.6' },
    undelivered: { label: 'of them without codes', unit: '', aim: '0' },
  }),
  measure: (kind, { short }) =>
    withBot(kind, {}, async ({ town, bot }) => {
      const count = short ? 100 : 1_000;
      let delivered = 0;
      // Quotes end after a quarter of an hour.
      for (let bought = 0; bought < count; bought += 100) {
        await town.quote(100, 20);
        const { came } = await town.confirm(20, WITHIN_MS);
        delivered += came.filter(({ sent }) => sent !== undefined).length;
      }
      await sleep(1_000);
      return { memory: bot.memory(), undelivered: count - delivered };
    }),
};
