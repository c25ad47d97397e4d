import { endWith, optionsOf } from './command-line.ts';
import { type Demo, startDemo } from './demo/demo.ts';

const PORT = '4630';
const TWICE_MS = 500;

const values = optionsOf(
  { port: { type: 'string', default: PORT }, empty: { type: 'boolean', default: false } },
  'Usage: npm run demo -- [--port NUMBER] [--empty]',
);
const port = Number(values.port);
const isPort = Number.isInteger(port) && port >= 0 && port <= 65_535;
if (!isPort) endWith('--port takes a number from 0 (any that is free) to 65535.');

let demo: Demo | undefined;
let askedAt = 0;
let isStartingOver = false;

const start = (at: number): Promise<Demo> =>
  startDemo({ port: at, isEmpty: values.empty, startOver: () => void startOver() });

/** Everything anew on the same port, so that the page finds it there. */
async function startOver(): Promise<void> {
  if (isStartingOver || !demo) return;
  isStartingOver = true;
  const { page, end: endIt } = demo;
  await endIt();
  demo = await start(Number(new URL(page.url).port));
  isStartingOver = false;
}

async function end(): Promise<void> {
  // Asked twice: at once. But npm passes on the Ctrl-C that the terminal has sent here already.
  if (askedAt > 0 && Date.now() - askedAt > TWICE_MS) demo?.kill();
  if (askedAt > 0) return;
  askedAt = Date.now();
  // While it starts there is nothing to end in order; what it has begun goes with the process.
  if (!isStartingOver) await demo?.end();
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());

if (!values.empty) console.log('\n  Setting up the demo: a week of a quiz club, in a few seconds …');
demo = await start(port);

console.log(`
  Cardigan's demo. No money moves, and nothing here reaches Discord or CardPlusPay.

  Open ${demo.page.url}

  Ctrl-C ends it and removes everything.
`);
