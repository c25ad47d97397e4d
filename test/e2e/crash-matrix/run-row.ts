import { setTimeout as sleep } from 'node:timers/promises';
import type { TestContext } from 'vitest';
import type { BotProcess } from '../bot-process.ts';
import { choose, dmsOnly, eventually, press, pressConfirm, purchases, quote, startTown, type Town } from '../town.ts';
import { type End, endOf, type Left, leftIn, standing } from './facts.ts';
import { lastWords } from './killing-write.ts';
import type { Death, Row } from './rows.ts';

/** A card with a PIN. */
const ITEM = 'uber-usd-15';
/** Messages beside the first answer to a press. */
const ANSWERS = /^\/webhooks\/\d+\/[^/]+$/;
/** A lost order is looked for over half a minute, and the machine may be crowded. */
const GENEROUS_MS = 120_000;
const KILLER = new URL('die-at.ts', import.meta.url).href;

/** What was seen after each death, and in the end. */
export interface Seen {
  readonly left: readonly Left[];
  readonly end: End;
}

/** Buys in a town of its own, kills the bot as the row says, starts it again, and gives what was seen. */
export async function runRow(row: Row, onFinished: TestContext['onTestFinished']): Promise<Seen> {
  const [first, ...others] = row.deaths;
  if (!first) throw new Error('a row needs a death');
  const environment = { RECONCILE_FOR_S: '10', ...deadly(first) };
  const town = await startTown({ environment }, onFinished);
  if (row.closed) town.discord.closeDms(town.alice.id);
  if (row.vendor) town.vendor.fault(...row.vendor);
  const quoted = await quote(town.alice, ITEM, row.quantity ?? 2);
  const confirm = async () => {
    await pressConfirm(town.alice, quoted);
    return town.bot;
  };
  const left = [await die(town, first, confirm)];
  for (const death of others) {
    left.push(await die(town, death, async () => town.launch(deadly(death))));
  }
  if (row.meanwhile === 'nonce forgotten') town.discord.advance(60 * 60_000);
  if (row.meanwhile === 'booked') town.vendor.commitLate();
  return { left, end: await settle(town, row) };
}

/** What makes a bot process end itself at the write of this death. */
function deadly(death: Death): Record<string, string> {
  if (!('write' in death)) return { NODE_OPTIONS: '', DIE_AT: '' };
  const { left: _, ...dieAt } = death;
  return { NODE_OPTIONS: `--import=${KILLER}`, DIE_AT: JSON.stringify(dieAt) };
}

/** Sets a bot going, and gives what it left once it was killed at this very point. Throws when it did not get there. */
async function die(town: Town, death: Death, run: () => Promise<BotProcess>): Promise<Left> {
  const { discord } = town;
  const path = 'taken' in death && (death.hangs === 'message' ? dmsOnly(town) : ANSWERS);
  const hang = path && discord.fail({ method: 'POST', path, with: 'hang', times: 99, after: death.taken });
  const sentBefore = purchases(town);
  const bot = await run();
  if ('write' in death) await killsItself(bot, lastWords(death));
  else {
    const isThere = () => (hang ? hang.hits > 0 : purchases(town) > sentBefore);
    await eventually(isThere, () => `the ${death.hangs} hangs\n${bot.output()}`);
    await bot.stop('SIGKILL');
  }
  if (hang) hang.lift();
  return leftIn(town);
}

async function killsItself(bot: BotProcess, words: string): Promise<void> {
  const alive = 'alive';
  const end = await Promise.race([bot.ended(), sleep(GENEROUS_MS, alive, { ref: false })]);
  if (end === 'SIGKILL' && bot.output().includes(words)) return;
  throw new Error(`never ${words}: ${end}\n${bot.output()}`);
}

/** Starts the bot once more, lets it end what is open, has the requester ask for codes that no DM brought, and stops it. */
async function settle(town: Town, row: Row): Promise<End> {
  const { alice } = town;
  const bot = await town.restart({ NODE_OPTIONS: '', DIE_AT: '' });
  const asked = row.end.codes === 'on request, no DM';
  const awaited = { status: asked ? 'held' : row.end.status, day: row.end.day };
  const limit = Date.now() + GENEROUS_MS;
  for (let hasSettled = false; !hasSettled && Date.now() < limit; await sleep(200)) {
    const { status, day } = await standing(town);
    hasSettled = status === awaited.status && day === awaited.day;
  }
  const list = await (await alice.here.run('orders')).settled();
  const opened = await choose(alice.here, list, '');
  const revealed = asked ? await press(alice.here, opened, 'Reveal code') : undefined;
  // What is under way is ended first: a message too many would be out by then.
  const code = await bot.stop();
  if (code !== 0) throw new Error(`the bot ended with ${code}:\n${bot.output()}`);
  return endOf(town, revealed?.text ?? '');
}
