import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type BotProcess, type Kind, makeFolder, startBot } from '../../bench/bot-process.ts';
import { fillStore } from '../../bench/fill-store.ts';
import { startTown, type TownProcess } from '../../bench/town/town-process.ts';

const WITHIN_MS = 60_000;
const fromSources = { counted: true, fromSources: true };

/** The stand-ins in a process of their own, as the bench has them, and a folder for stores. All of it ends with the test. */
async function open(): Promise<{ town: TownProcess; folder: string; start: typeof begin }> {
  const folder = makeFolder();
  const town = await startTown();
  const bots: BotProcess[] = [];
  async function begin(kind: Kind, path: string): Promise<BotProcess> {
    const bot = await startBot(kind, town, path, fromSources);
    bots.push(bot);
    return bot;
  }
  onTestFinished(async () => {
    await Promise.all(bots.map((bot) => bot.stop()));
    await town.end();
    folder.remove();
  });
  return { town, folder: folder.path, start: begin };
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, each) => all + each, 0);

/** What the bot does by itself every few seconds comes between: of several times the least is what it costs. */
async function rowsOf(town: TownProcess, bot: BotProcess, page: string) {
  const costs: { reads: number; rows: number }[] = [];
  let shown = '';
  for (let i = 0; i < 6; i++) {
    await bot.storeCounts();
    const { answered, text } = await town.runOnce(page);
    expect(answered).toBeDefined();
    shown = text;
    costs.push(await bot.storeCounts());
  }
  const least = (key: 'reads' | 'rows') => Math.min(...costs.map((each) => each[key]));
  return { shown, reads: least('reads'), rows: least('rows') };
}

describe('what is counted', () => {
  it('of ten purchases stays within what one may cost, at Discord, at CardPlusPay and in the store', async () => {
    const { town, folder, start } = await open();
    const bot = await start('product', folder);
    await town.catalogRead();
    await town.quote(10, 10);
    await Promise.all([town.requests(), bot.storeCounts()]);
    const { came, bought } = await town.confirm(1, WITHIN_MS);
    const { discord, cardPlusPay } = await town.requests();
    const store = await bot.storeCounts();
    expect(came.filter(({ sent }) => sent !== undefined)).toHaveLength(10);
    expect(bought).toBe(10);
    expect(cardPlusPay['POST /orders']).toBe(10);
    expect(discord['POST /interactions/:/:/callback']).toBe(10);
    // On a slow machine the notice that approvers are not pinged, which comes after the start, is among them.
    expect((discord['POST /channels/:/messages'] ?? 0) - 10).toBeOneOf([0, 1]);
    // More than it is on a machine with time: where a purchase takes longer than a second, that is shown, and what the bot
    // does by itself every few seconds is in it. What one costs to the letter is in test/e2e/sqlite-lean.test.ts.
    expect(sum(discord)).toBeLessThanOrEqual(10 * 6);
    expect(sum(cardPlusPay)).toBeLessThanOrEqual(10 * 4 + 2);
    expect(store.commits).toBeLessThanOrEqual(10 * 16);
    expect(store.reads).toBeLessThanOrEqual(10 * 60);
  });

  it('of forty presses that only read is an answer each, and nothing is written', async () => {
    const { town, folder, start } = await open();
    const bot = await start('product', folder);
    await town.catalogRead();
    await Promise.all([town.requests(), bot.storeCounts()]);
    const came = await town.runAtOnce('balance', 40, WITHIN_MS);
    const { discord, cardPlusPay } = await town.requests();
    const store = await bot.storeCounts();
    expect(came.filter(({ acknowledged, answered }) => acknowledged !== undefined && answered)).toHaveLength(40);
    expect(discord['POST /interactions/:/:/callback']).toBe(40);
    expect(sum(discord)).toBeLessThanOrEqual(80);
    expect(sum(cardPlusPay)).toBeLessThanOrEqual(40);
    expect(store.commits).toBeLessThanOrEqual(2);
  });

  it('of a start and of first pages is as much with 2,000 ended orders as with a dozen', async () => {
    const { town, folder, start } = await open();
    const [small, large] = [join(folder, 'small'), join(folder, 'large')];
    const first = await start('product', small);
    await town.quote(1, 1);
    await town.confirm(1, WITHIN_MS);
    await town.ask(2);
    await first.stop('SIGTERM');
    const fileIn = (path: string) => join(path, 'store', 'cardigan.db');
    // All of one member: more than a page in either.
    await fillStore(fileIn(small), 0, 12, { members: 1 });
    cpSync(small, large, { recursive: true });
    await fillStore(fileIn(large), 12, 2_000, { members: 1 });
    const pages = ['orders', 'audit', 'approvals'];
    const costs: Record<string, unknown>[] = [];
    const atStart: number[] = [];
    for (const path of [small, large]) {
      const bot = await start('product', path);
      atStart.push((await bot.storeCounts()).rows);
      const found = [];
      for (const page of pages) found.push(await rowsOf(town, bot, page));
      costs.push(Object.fromEntries(found.map(({ reads, rows }, i) => [pages[i], { reads, rows }])));
      expect(found[0]?.shown).toContain('delivered');
      expect(found[2]?.shown).toContain('2');
      await bot.stop();
    }
    expect(costs[1]).toEqual(costs[0]);
    // A round of what the bot does by itself may be in one of them.
    expect(atStart[1]).toBeLessThan((atStart[0] ?? 0) + 200);
  });
});

describe('the baseline', () => {
  it('still does what it is measured for: answers, completes, buys and sends the codes', async () => {
    const { town, folder, start } = await open();
    const bot = await start('baseline', folder);
    await town.catalogOffered(WITHIN_MS);
    expect((await town.runOnce('balance')).text).toContain('Balance: 900000000.00 USD');
    await town.quote(3, 3);
    const { came, bought } = await town.confirm(3, WITHIN_MS);
    expect(came.filter(({ sent }) => sent !== undefined)).toHaveLength(3);
    expect(bought).toBe(3);
    expect(bot.output()).not.toContain('Error');
  });
});
