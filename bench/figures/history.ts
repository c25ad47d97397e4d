import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type BotOptions, makeFolder, startBot } from '../bot-process.ts';
import { type Figure, median, quantile, type Readings, type Row } from '../figure.ts';
import { fillStore } from '../fill-store.ts';
import { startTown, type TownProcess } from '../town/town-process.ts';

const SMALL = 1_000;
const PAGES = ['orders', 'audit', 'approvals'] as const;
const WAITING = 3;
const STARTS = 5;
const TIMES = 20;

const fileIn = (folder: string) => join(folder, 'store', 'cardigan.db');

/** A store as a bot leaves it: one order delivered, and a few that wait for an approval. */
async function begin(town: TownProcess, folder: string): Promise<void> {
  const bot = await startBot('product', town, folder);
  await town.quote(1, 1);
  await town.confirm(1, 60_000);
  await town.ask(WAITING);
  // In order: what is under way is noted, and the write-ahead log is in the file.
  await bot.stop('SIGTERM');
}

/** One start, and the first pages then. */
async function look(town: TownProcess, folder: string, options: BotOptions = {}): Promise<Readings> {
  const bot = await startBot('product', town, folder, options);
  try {
    const readings: Readings = { ready: bot.readyMs };
    for (const page of PAGES) {
      const times: number[] = [];
      for (let i = 0; i < TIMES; i++) {
        const { answered, text } = await town.runOnce(page);
        if (answered === undefined || !isPage(page, text)) throw new Error(`/${page} shows: ${text}`);
        times.push(answered);
      }
      readings[page] = quantile(times, 0.5);
    }
    return readings;
  } finally {
    await bot.stop();
  }
}

/** That it shows what it is to show: an error is answered fast. */
const isPage = (page: (typeof PAGES)[number], text: string) =>
  ({ orders: /delivered/, audit: /delivered|order/i, approvals: /approv/i })[page].test(text);

const rowsAt = (size: number, over?: number): Record<string, Row> => {
  const orders = `${size.toLocaleString('en')} ended orders`;
  const of = (key: string) => (over === undefined ? {} : { over: `${key} ${over}`, aim: '≤ 1.1' });
  return {
    [`ready ${size}`]: { label: `start to ready, ${orders}`, unit: 'ms', ...of('ready') },
    ...Object.fromEntries(
      PAGES.map((page) => [`${page} ${size}`, { label: `first page of /${page}, ${orders}`, unit: 'ms', ...of(page) }]),
    ),
  };
};

/** A start, and first pages, on a store of 1,000 and on one of 1,000,000 ended orders. The baseline keeps no such lists. */
export const history: Figure = {
  name: 'history',
  kinds: ['product'],
  rounds: () => 1,
  rows: ({ largest }) => ({ ...rowsAt(SMALL), ...rowsAt(largest, SMALL) }),
  async measure(_kind, { largest }) {
    const [small, large] = [makeFolder(), makeFolder()];
    const town = await startTown();
    try {
      await begin(town, small.path);
      await fillStore(fileIn(small.path), 0, SMALL);
      cpSync(small.path, large.path, { recursive: true });
      await fillStore(fileIn(large.path), SMALL, largest);
      const looks: Record<number, Readings[]> = { [SMALL]: [], [largest]: [] };
      for (let i = 0; i < STARTS; i++) {
        looks[SMALL]?.push(await look(town, small.path));
        looks[largest]?.push(await look(town, large.path));
      }
      const keys = ['ready', ...PAGES];
      return Object.fromEntries(
        [SMALL, largest].flatMap((size) =>
          keys.map((key) => [`${key} ${size}`, median((looks[size] ?? []).map((each) => each[key] ?? Number.NaN))]),
        ),
      );
    } finally {
      await town.end();
      small.remove();
      large.remove();
    }
  },
};
