import type { Figure } from '../figure.ts';
import { withBot } from './with-bot.ts';

/** From the start of the process until it says that it serves, and what it then holds in memory. */
export const start: Figure = {
  name: 'start',
  kinds: ['product', 'baseline'],
  rounds: (runs) => runs * 3,
  rows: () => ({
    ready: {
      label: 'start to ready, empty store',
      unit: 'ms',
      aim: '≤ 1.1',
      heldBackBy: 'loading and compiling the code: the row below',
    },
    processor: { label: 'processor time of a start', unit: 'ms' },
    memory: { label: 'memory after start', unit: 'MiB', aim: '≤ 1.2' },
  }),
  measure: (kind) =>
    withBot(kind, {}, async ({ town, bot }) => {
      const processor = bot.processorMs();
      await town.catalogRead();
      return { ready: bot.readyMs, processor, memory: bot.memory() };
    }),
};
