import { endWith, optionsOf } from '../../sandbox/command-line.ts';
import { partNames } from './gone.ts';
import { checkModel, failureText, newSeed } from './model.ts';
import { addUp, LEGEND, type Reached, tableOf } from './reached.ts';

const values = optionsOf(
  {
    runs: { type: 'string' },
    seed: { type: 'string' },
    path: { type: 'string' },
    gone: { type: 'boolean' },
    part: { type: 'string', multiple: true },
  },
  "Usage: npm run simulate -- [--runs NUMBER] [--seed NUMBER] [--path PATH] [--gone | --part 'the order list']",
);
const runs = Number(values.runs ?? 2_000);
const named = partNames.filter((name) => values.part?.includes(name));
const gone = values.gone || values.part ? named : undefined;
const seed = Number(values.seed ?? newSeed());
if (!(runs > 0) || !Number.isInteger(seed)) endWith('--runs and --seed are numbers.');
console.log(`seed ${seed}`);

const began = performance.now();
const cpuBefore = process.cpuUsage();
const counted = { runs: 0, calls: 0, posts: 0 };
const ends = new Map<string, number>();
const campaignEnds = new Map<string, number>();
const reached: Reached = new Map();
const count = (counts: Map<string, number>, what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
const finding = await checkModel({
  ...{ runs, seed, path: values.path, gone },
  onRun({ calls, posts, orders, campaigns, reached: more }) {
    addUp(reached, more);
    counted.runs++;
    counted.calls += calls;
    counted.posts += posts;
    for (const { status } of orders) count(ends, status);
    for (const { kind, state } of campaigns) count(campaignEnds, `${kind} ${state}`);
  },
});
const seconds = (performance.now() - began) / 1000;
const cpuSeconds = process.cpuUsage(cpuBefore).user / 1e6;
const { failure } = finding;

console.log(
  `${counted.runs} runs in ${seconds.toFixed(1)} s: ${(counted.runs / seconds).toFixed(0)} a second, ${(counted.runs / cpuSeconds).toFixed(0)} a second of processor time; ${counted.calls} calls, ${counted.posts} purchases sent`,
);
const told = (counts: Map<string, number>) =>
  [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([what, times]) => `${times} ${what}`)
    .join(', ');
console.log(`orders ended: ${told(ends)}`);
console.log(`campaigns ended: ${told(campaignEnds)}`);
console.log(`reached, by an order's status and what became of which call (${LEGEND}):\n${tableOf(reached)}`);
if (failure) {
  console.log(await failureText(finding));
  process.exitCode = 1;
}
