import { parseArgs } from 'node:util';
import { checkModel, failureText, newSeed } from './model.ts';

// npm run simulate -- --runs 20000 [--seed S] [--path P]
const { values } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' }, path: { type: 'string' } },
});
const runs = Number(values.runs ?? 2_000);
const seed = Number(values.seed ?? newSeed());
if (!(runs > 0) || !Number.isInteger(seed)) throw new RangeError('--runs and --seed are numbers');
console.log(`seed ${seed}`);

const began = performance.now();
const cpuBefore = process.cpuUsage();
const counted = { runs: 0, calls: 0, posts: 0 };
const ends = new Map<string, number>();
const finding = await checkModel({
  ...{ runs, seed, path: values.path },
  onRun({ calls, posts, orders }) {
    counted.runs++;
    counted.calls += calls;
    counted.posts += posts;
    for (const { status } of orders) ends.set(status, (ends.get(status) ?? 0) + 1);
  },
});
const seconds = (performance.now() - began) / 1000;
const cpuSeconds = process.cpuUsage(cpuBefore).user / 1e6;
const { failure } = finding;

console.log(
  `${counted.runs} runs in ${seconds.toFixed(1)} s: ${(counted.runs / seconds).toFixed(0)} a second, ${(counted.runs / cpuSeconds).toFixed(0)} a second of processor time; ${counted.calls} calls, ${counted.posts} purchases sent`,
);
console.log(
  `orders ended: ${[...ends]
    .sort(([, a], [, b]) => b - a)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ')}`,
);
if (failure) {
  console.log(await failureText(finding));
  process.exitCode = 1;
}
