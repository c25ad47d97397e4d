import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure, quantile, type Readings } from '../figure.ts';
import type { Came } from '../town/use.ts';
import { withBot } from './with-bot.ts';

const ALL_WITHIN_MS = 300_000;
/** As many as a busy server has under way; a Confirm still has to be acknowledged within three seconds. */
const IN_FLIGHT = 40;

const IN_A_ROW = 'requests one behind the other: Confirm, the checks side by side, the order, the direct message';
/** Each buyer is somebody new here: their channel is opened, and the message sent. discord.js sends 50 a second. */
const MESSAGES = 'direct messages: two requests of the 50 a second that Discord takes, so 25';

const sent = (came: readonly Came[]) => came.flatMap(({ sent }) => sent ?? []);

/** One press after the other: discord.js's 50 requests a second are not what is measured. */
const PAUSE_MS = 200;

/** Confirm → codes by direct message, one purchase after the other. */
export const confirm: Figure = {
  name: 'confirm',
  kinds: ['product', 'baseline'],
  rows: () => ({
    p50: { label: 'Confirm → DM, p50', unit: 'ms', aim: '≤ 0.25', heldBackBy: IN_A_ROW },
    p99: { label: 'Confirm → DM, p99', unit: 'ms', aim: '≤ 1.0' },
    undelivered: { label: 'Confirm → DM: without codes', unit: '', aim: '0' },
  }),
  measure: (kind, { short }) =>
    withBot(kind, {}, async ({ town }) => {
      const count = short ? 20 : 60;
      // Warm, as a bot that has served a while is.
      await town.quote(10, 20);
      await town.confirm(1, 60_000, PAUSE_MS);
      await town.quote(count, 20);
      await sleep(1_500);
      const times = sent((await town.confirm(1, ALL_WITHIN_MS, PAUSE_MS)).came);
      return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), undelivered: count - times.length };
    }),
};

/** Purchases a second, of one item and of twenty, with a vendor that answers at once and one that takes its time. */
export const purchases: Figure = {
  name: 'purchases',
  kinds: ['product', 'baseline'],
  rows: () => ({
    one: { label: 'purchases, one item', unit: 'a second', aim: '≥ 2', heldBackBy: MESSAGES },
    twenty: { label: 'purchases, twenty items', unit: 'a second', aim: '≥ 3', heldBackBy: MESSAGES },
    'one slow': {
      label: 'purchases, one item, vendor of 60–400 ms',
      ...{ unit: 'a second', aim: '≥ 2', heldBackBy: 'six of a lane out at once, 230 ms each: 26 a second' },
    },
    'twenty slow': {
      label: 'purchases, twenty items, vendor of 60–400 ms',
      ...{
        unit: 'a second',
        aim: '≥ 3',
        heldBackBy: 'eight out at once, 230 ms each: 35 a second; then direct messages, as above',
      },
    },
    processor: { label: 'processor time, a purchase of twenty items', unit: 'ms' },
    undelivered: { label: 'purchases without codes in time', unit: '', aim: '0' },
    'too many': { label: 'bought more than confirmed', unit: '', aim: '0' },
  }),
  measure: (kind, { purchases: count }) =>
    withBot(kind, {}, async ({ town, bot }) => {
      const readings: Readings = { undelivered: 0, 'too many': 0 };
      for (const [name, over, isSlow] of [
        ['one', 1, false],
        ['twenty', 20, false],
        ['one slow', 1, true],
        ['twenty slow', 20, true],
      ] as const) {
        await town.quote(count, over);
        if (isSlow) await town.slowDown(count, 60, 400);
        await sleep(1_500);
        const before = bot.processorMs();
        const { came, tookMs, bought } = await town.confirm(IN_FLIGHT, ALL_WITHIN_MS);
        await town.speedUp();
        if (name === 'twenty') readings.processor = (bot.processorMs() - before) / count;
        const delivered = sent(came).length;
        readings[name] = (delivered / tookMs) * 1000;
        readings.undelivered = (readings.undelivered ?? 0) + count - delivered;
        readings['too many'] = Math.max(readings['too many'] ?? 0, bought - count);
      }
      return readings;
    }),
};
