import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure, quantile, type Readings, type Row } from '../figure.ts';
import type { Came } from '../town/use.ts';
import { withBot } from './with-bot.ts';

/** Discord shows an answer for as long as its token lives; nobody waits that long here. */
const ALL_WITHIN_MS = 120_000;

const times = (came: readonly Came[], what: keyof Came) => came.flatMap((each) => each[what] ?? []);

function readingsOf(count: number, came: readonly Came[]): Readings {
  const [acknowledged, answered] = [times(came, 'acknowledged'), times(came, 'answered')];
  return {
    [`${count} ack p50`]: quantile(acknowledged, 0.5),
    [`${count} ack p99`]: quantile(acknowledged, 0.99),
    [`${count} answer p50`]: quantile(answered, 0.5),
    [`${count} answer p99`]: quantile(answered, 0.99),
    [`${count} last`]: quantile(answered, 1),
    [`${count} without`]: came.length - acknowledged.length,
    [`${count} unanswered`]: came.length - answered.length,
  };
}

/** The other core is the stand-ins'. */
const PROCESSOR = 'processor time, on one core';
const ANSWERED = 'where the answer comes with it, it waits for the balance';

function rowsOf(count: number): Record<string, Row> {
  const at = count === 1 ? 'one alone' : `${count.toLocaleString('en')} at once`;
  const aim = count >= 200 ? { aim: '≤ 1.0' } : {};
  return {
    [`${count} ack p50`]: { label: `${at}: acknowledged, p50`, unit: 'ms' },
    [`${count} ack p99`]: { label: `${at}: acknowledged, p99`, unit: 'ms', ...aim, heldBackBy: ANSWERED },
    [`${count} answer p50`]: { label: `${at}: answered, p50`, unit: 'ms' },
    [`${count} answer p99`]: { label: `${at}: answered, p99`, unit: 'ms' },
    [`${count} last`]: { label: `${at}: last answer`, unit: 'ms', heldBackBy: PROCESSOR },
    [`${count} without`]: { label: `${at}: not acknowledged in time`, unit: '', aim: '0' },
    [`${count} processor`]: { label: `${at}: processor time, each`, unit: 'ms' },
    [`${count} unanswered`]: { label: `${at}: without an answer within two minutes`, unit: '', aim: '0' },
  };
}

/** So many members run /balance in the same moment: something that only reads. */
export const presses: Figure = {
  name: 'presses',
  kinds: ['product', 'baseline'],
  rows: (settings) => Object.assign({}, ...settings.presses.map(rowsOf)),
  measure: (kind, settings) =>
    withBot(kind, {}, async ({ town, bot }) => {
      await town.runAtOnce('balance', 5, 5_000);
      const readings: Readings = {};
      for (const count of settings.presses) {
        const came: Came[] = [];
        const before = bot.processorMs();
        // One alone, twenty times.
        for (let i = 0; i < (count === 1 ? 20 : 1); i++)
          came.push(...(await town.runAtOnce('balance', count, ALL_WITHIN_MS)));
        Object.assign(readings, readingsOf(count, came));
        readings[`${count} processor`] = (bot.processorMs() - before) / came.length;
        // What discord.js allows itself a second is there anew.
        await sleep(1_500);
      }
      return readings;
    }),
};
