import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../figure.ts';
import { withBot } from './with-bot.ts';

const PURCHASES = 20;

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, each) => all + each, 0);

/** What one purchase asks of others, from the press of Confirm until a moment after its codes have come. */
export const costs: Figure = {
  name: 'costs',
  kinds: ['product', 'baseline'],
  rounds: () => 1,
  rows: () => ({
    discord: { label: 'requests to Discord, a purchase', unit: '' },
    vendor: { label: 'requests to CardPlusPay, a purchase', unit: '' },
    commits: { label: 'store commits, a purchase', unit: '' },
    reads: { label: 'store reads, a purchase', unit: '' },
    rows: { label: 'rows read, a purchase', unit: '' },
  }),
  measure: (kind) =>
    withBot(kind, { bot: { counted: true } }, async ({ town, bot }) => {
      await town.quote(5, 20);
      await town.confirm(1, 60_000);
      await town.quote(PURCHASES, 20);
      await sleep(3_000);
      await Promise.all([town.requests(), bot.storeCounts()]);
      await town.confirm(1, 120_000, 100);
      // What is left to be noted of the last one.
      await sleep(500);
      const [{ discord, cardPlusPay }, store] = await Promise.all([town.requests(), bot.storeCounts()]);
      console.error(`costs, ${kind}, of ${PURCHASES} purchases:`, { discord, cardPlusPay, store });
      return {
        discord: sum(discord) / PURCHASES,
        vendor: sum(cardPlusPay) / PURCHASES,
        commits: store.commits / PURCHASES,
        reads: store.reads / PURCHASES,
        rows: store.rows / PURCHASES,
      };
    }),
};
