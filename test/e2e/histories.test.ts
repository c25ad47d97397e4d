import { expect, it } from 'vitest';
import { booksOf, isAtRest, withFreed, wrongIn } from './histories/judge.ts';
import { approve, buy, createRecorder, look, setLimit } from './histories/life.ts';
import { isLinearizable } from './histories/linearize.ts';
import { type Held, nemeses, nemesisNames } from './histories/nemeses.ts';
import { pickFrom, randomFrom } from './histories/random.ts';
import { startTown } from './town.ts';

/** HISTORY_SEED plays one again; HISTORIES plays more, each with the next seed. */
const seed = Number(process.env.HISTORY_SEED ?? 20261127);
const COUNT = Number(process.env.HISTORIES ?? 1);
/** Of one history, how often each person presses. */
const PRESSES = 2;
const pause = (ms: number) => new Promise((turn) => setTimeout(turn, ms));
const environment = { PURCHASE_TIMEOUT_S: '10', RECONCILE_FOR_S: '10' };

async function play(now: number): Promise<void> {
  const random = randomFrom(now);
  const town = await startTown({ environment });
  const held: Held = { town, bot: town.bot };
  const recorder = createRecorder();
  await setLimit(recorder, town, 25);
  // Once while all is well: no history is of nothing.
  await buy(recorder, 'alice', town.alice, true);
  let isOver = false;
  const people = [
    { name: 'alice', person: town.alice, mayConfirm: true },
    { name: 'ada', person: town.ada, mayConfirm: true },
    { name: 'bob', person: town.bob, mayConfirm: false },
  ];
  const pressing = people.map(async ({ name, person, mayConfirm }) => {
    for (let at = 0; at < PRESSES; at++) {
      await buy(recorder, name, person, mayConfirm);
      await look(recorder, town.alice);
      await approve(town).catch(() => undefined);
    }
  });
  const rising = pause(3_000).then(() => setLimit(recorder, town, 40));
  const troubling = (async () => {
    while (!isOver) {
      const name = pickFrom(random, nemesisNames);
      recorder.lines.push(`— ${name}`);
      await nemeses[name](held, random);
      await pause(300 + random() * 2_000);
    }
  })();
  await Promise.all([...pressing, rising]);
  isOver = true;
  await troubling;
  // As it is at last, with the right time; what hung is over by then.
  await held.bot.stop('SIGKILL');
  held.bot = await town.restart();
  await expect.poll(async () => isAtRest(await booksOf(town)), { timeout: 120_000, interval: 500 }).toBe(true);

  await look(recorder, town.alice);
  const books = await booksOf(town);
  const history = [`HISTORY_SEED=${now}`, ...recorder.lines].join('\n');
  expect(wrongIn(town, books), history).toEqual([]);
  expect(recorder.operations.at(-1)?.asked.do, history).toBe('read');
  expect(isLinearizable(withFreed(recorder.operations, books), 0), history).toBe(true);
  expect(
    recorder.operations.slice(0, 2).map(({ end }) => end),
    history,
  ).toEqual(['ok', 'ok']);
}

it.each(Array.from({ length: COUNT }, (_, at) => seed + at))(
  'of people who press while everything goes wrong is one that a bot that is right could have: %i',
  async (now) => play(now),
  300_000,
);
