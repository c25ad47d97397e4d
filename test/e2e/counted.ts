import { fileURLToPath } from 'node:url';
import { eventually, type Town } from './town.ts';

/** What a bot asked of its store and of the two services, between two moments. */
export interface Counts {
  readonly commits: number;
  readonly reads: number;
  /** Method and kind of each request to Discord, in their order. */
  readonly discord: readonly string[];
  readonly vendor: readonly string[];
  /** Each statement, for whoever looks what it was. */
  readonly lines: readonly string[];
}

const counter = fileURLToPath(new URL('store-counter.ts', import.meta.url));

/** A bot that is started so says what it asks of SQLite. */
export const counting = { NODE_OPTIONS: `--import=${counter}` };

/** What was asked while `work` was under way. */
export async function countDuring<T>(town: Town, work: () => Promise<T>): Promise<Counts & { result: T }> {
  const { discord, vendor, bot } = town;
  const [seenOfDiscord, seenOfVendor] = [discord.requests.length, vendor.requests.length];
  await countNow(bot);
  const result = await work();
  const store = await countNow(bot);
  return {
    ...store,
    result,
    discord: discord.requests.slice(seenOfDiscord).map(({ method, path }) => `${method} ${kindOf(path)}`),
    vendor: vendor.requests.slice(seenOfVendor).map(({ method, path }) => `${method} ${path}`),
  };
}

const kindOf = (path: string): string => path.replace(/\?.*$/, '').replace(/\/(\d{15,}|[\w-]{40,})(?=\/|$)/g, '/…');

async function countNow({ output, signal }: Town['bot']): Promise<Pick<Counts, 'commits' | 'reads' | 'lines'>> {
  const said = () => output().match(/^counted .*$/gm) ?? [];
  const before = said().length;
  signal('SIGUSR2');
  const line = await eventually(
    () => said()[before],
    () => 'the bot has counted',
  );
  return JSON.parse(line.slice('counted '.length));
}
