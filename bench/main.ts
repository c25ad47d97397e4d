import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { optionsOf } from '../sandbox/command-line.ts';
import { endAll, type Kind, kinds } from './bot-process.ts';
import type { Figure, Readings, Settings } from './figure.ts';
import { figures } from './figures/index.ts';
import { describeProfiles } from './profile.ts';
import { inPage, machine, markdown, plain, type Result, roundsOf } from './report.ts';
import { makeDiscord } from './town/town-process.ts';

/**
 * Cardigan beside a small honest baseline, both against the stand-ins, in the same run: `npm run bench`, see
 * docs/performance.md.
 */
const values = optionsOf(
  {
    /** Names of figures or parts, with commas or more than once. */
    only: { type: 'string', multiple: true },
    runs: { type: 'string' },
    short: { type: 'boolean', default: false },
    /** Writes the table into the page. */
    markdown: { type: 'boolean', default: false },
    /** Only one of the two. */
    bot: { type: 'string', multiple: true },
    presses: { type: 'string' },
    purchases: { type: 'string' },
    orders: { type: 'string' },
    /** Discord's stand-in refuses what is over Discord's limits. */
    limits: { type: 'boolean', default: false },
    /** How long a request to it takes besides, in milliseconds: the least and the most. */
    latency: { type: 'string' },
    /** A folder for a profile of each bot. */
    profile: { type: 'string' },
  },
  'Usage: docs/performance.md has the options.',
);

const PAGE = join(import.meta.dirname, '..', 'docs', 'performance.md');
/** What one part does by itself, without a bot. Run when they are named. */
const parts = ['bulk', 'completion', 'draw', 'store'];

const { short, profile } = values;
if (profile !== undefined) process.env.BENCH_PROFILE = profile;
const runs = Number(values.runs ?? (short ? 1 : 3));
const list = (typed: string | undefined) => typed?.split(',').map(Number);
const settings: Settings = {
  short,
  largest: Number(values.orders ?? (short ? 20_000 : 1_000_000)),
  presses: list(values.presses) ?? (short ? [1, 50, 200] : [1, 50, 200, 1_000, 3_000]),
  purchases: Number(values.purchases ?? (short ? 40 : 100)),
};
const [minMs = 0, maxMs = minMs] = list(values.latency) ?? [];
makeDiscord({ limits: values.limits ? 'real' : 'off', ...(maxMs > 0 && { latency: { minMs, maxMs } }) });
const picked = (values.bot ?? kinds) as readonly Kind[];
const named = values.only?.flatMap((each) => each.split(','));
const wanted = named ?? figures.map(({ name }) => name);
const known = [...figures.map(({ name }) => name), ...parts];

/** Product and baseline in turn, and the other one first each time: what else the machine does, it does to both. */
async function measure(figure: Figure): Promise<Result> {
  const rounds: Record<Kind, Readings[]> = { product: [], baseline: [] };
  const taking = kinds.filter((kind) => figure.kinds.includes(kind) && picked.includes(kind));
  const count = figure.rounds?.(runs) ?? runs;
  for (let round = 0; round < count; round++) {
    for (const kind of round % 2 === 0 ? taking : taking.toReversed()) {
      const began = performance.now();
      rounds[kind].push(await figure.measure(kind, settings));
      const took = Math.round((performance.now() - began) / 1000);
      console.error(`${figure.name}, round ${round + 1}, ${kind}: ${took} s`);
    }
  }
  return { name: figure.name, rows: figure.rows(settings), rounds };
}

async function runPart(name: string): Promise<void> {
  const file = join(import.meta.dirname, 'parts', `${name}.ts`);
  const child = spawn(process.execPath, ['--expose-gc', file], { stdio: 'inherit' });
  process.on('exit', () => child.kill());
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
}

process.on('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}, but: ${known.join(', ')}.`);
  process.exit(1);
}
const results: Result[] = [];
for (const name of wanted) {
  try {
    const figure = figures.find((each) => each.name === name);
    if (!figure) {
      await runPart(name);
      continue;
    }
    const result = await measure(figure);
    console.log(`${plain([result])}\n`);
    results.push(result);
  } catch (error) {
    // The others can be measured all the same.
    console.error(`${name} could not be measured:`, error);
    process.exitCode = 1;
  }
}
console.log(`${new Date().toISOString().slice(0, 10)}, ${machine()}; rounds: ${roundsOf(results)}`);
if (profile !== undefined) console.log(describeProfiles(profile));
if (values.markdown) writeFileSync(PAGE, inPage(readFileSync(PAGE, 'utf8'), markdown(results, process.argv.slice(2))));
