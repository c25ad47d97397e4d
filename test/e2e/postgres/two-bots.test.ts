import { Client } from 'pg';
import { describe, expect, inject, it } from 'vitest';
import type { BotProcess } from '../bot-process.ts';
import { confirm, eventually, finished, pressConfirm, purchases, quote, startTown, type Town } from '../town.ts';

const LOST = 'the shard is lost';

/** How often the bots tried to answer an interaction. */
const answers = ({ discord }: Town) =>
  discord.requests.filter(({ path }) => /\/interactions\/.*\/callback$/.test(path)).length;

/** Buys one, and sees that it was done once. */
async function buysOnce(town: Town): Promise<void> {
  const before = { bought: purchases(town), dms: town.alice.dms().length };
  const receipt = await confirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
  expect(receipt.text).toContain('Bought: 1 × Google Play US 5 USD');
  expect(purchases(town)).toBe(before.bought + 1);
  expect(town.vendor.orders()).toHaveLength(before.bought + 1);
  expect(town.alice.dms()).toHaveLength(before.dms + 1);
}

/** As when the connection of the lock breaks at PostgreSQL's end. */
async function endLockSession({ store }: Town): Promise<void> {
  const name = new URL(store.environment.STORE_URL ?? '').searchParams.get('application_name');
  const client = new Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query(
    `SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND a.application_name = $1`,
    [name],
  );
  await client.end();
}

describe('two bots on one store', () => {
  it('answer a press once: one serves, the other stands by, connected', async () => {
    const town = await startTown();
    const second = await town.standBy();
    expect(town.discord.connections).toBe(2);
    expect(second.output()).toContain('another process serves this shard; standing by');
    expect(second.output()).not.toContain('Cardigan is ready');
    const before = answers(town);
    await buysOnce(town);
    // /buy and Confirm: each was answered once, and no second answer was even tried.
    expect(answers(town)).toBe(before + 2);
    expect(second.output()).not.toContain('could not be answered');
    expect(town.discord.commandWrites).toBe(1);
  });

  it('told to end, the first hands over at once, and finishes what it has begun', async () => {
    const town = await startTown();
    const second = await town.standBy();
    town.vendor.fault('slow', { delayMs: 4_000 });
    const buying = await pressConfirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
    await eventually(
      () => purchases(town) === 1,
      () => 'the purchase went out',
    );
    const ended = town.bot.stop('SIGTERM');
    await second.ready();
    expect(town.bot.isRunning()).toBe(true);
    const other = await confirm(town.ada, await quote(town.ada, 'steam-usd-5'));
    expect(other.text).toContain('Bought:');
    expect((await finished(buying)).text).toContain('Bought: 1 × Google Play US 5 USD');
    expect(await ended).toBe(0);
    expect(town.bot.output()).not.toContain('"level":50');
    expect([purchases(town), town.vendor.orders().length]).toEqual([2, 2]);
    expect([town.alice.dms().length, town.ada.dms().length]).toEqual([1, 1]);
    await buysOnce(town);
  });

  it('finish in the second what was confirmed with the first right before it ended', async () => {
    const town = await startTown();
    const second = await town.standBy();
    const quoted = await quote(town.alice, 'google-play-usd-5');
    town.vendor.faultGet('/balance', 'slow', { delayMs: 2_000 });
    await pressConfirm(town.alice, quoted);
    await eventually(
      () => town.alice.here.sees().some(({ text }) => text.includes('Checking')),
      () => 'the order is approved and being checked',
    );
    expect(await town.bot.stop('SIGTERM')).toBe(0);
    await second.ready();
    await eventually(
      () => town.alice.dms().length === 1,
      () => `the codes came; the second wrote:\n${second.output()}`,
    );
    expect(town.alice.dms()[0]?.text).toContain(town.vendor.orders()[0]?.codes[0]?.code);
    expect(purchases(town)).toBe(1);
  });

  it('killed, the first is followed by the second, which takes up what it left', async () => {
    const town = await startTown();
    const second = await town.standBy();
    town.vendor.fault('hang-after-commit');
    await pressConfirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
    await eventually(
      () => purchases(town) === 1,
      () => 'the purchase went out',
    );
    await town.bot.stop('SIGKILL');
    await second.ready();
    const code = town.vendor.orders()[0]?.codes[0]?.code ?? '?';
    await eventually(
      () => town.alice.dms().some(({ text }) => text.includes(code)),
      () => `the order was found and its code delivered; the second wrote:\n${second.output()}`,
    );
    expect(purchases(town)).toBe(1);
    await confirm(town.ada, await quote(town.ada, 'google-play-usd-5'));
    expect(purchases(town)).toBe(2);
    expect(town.vendor.orders()).toHaveLength(2);
  });

  it('that swap roles when the lock breaks buy each order once', async () => {
    const town = await startTown();
    const second = await town.standBy();
    await endLockSession(town);
    await town.bot.wrote(LOST);
    const served = (bot: BotProcess) => bot.output().split('Cardigan is ready').length - 1;
    await eventually(
      () => served(town.bot) + served(second) === 2,
      () => 'one of them serves again',
    );
    await buysOnce(town);
    expect([town.bot.isRunning(), second.isRunning()]).toEqual([true, true]);
  });

  it('of which the first was frozen and wakes up with a press that the second has answered: it stays out', async () => {
    const town = await startTown();
    const second = await town.standBy();
    const quoted = await quote(town.alice, 'google-play-usd-5');
    town.bot.signal('SIGSTOP');
    await endLockSession(town);
    await second.ready();
    const receipt = await confirm(town.alice, quoted);
    expect(receipt.text).toContain('Bought: 1 × Google Play US 5 USD');
    town.bot.signal('SIGCONT');
    await town.bot.wrote(LOST);
    await buysOnce(town);
    expect(purchases(town)).toBe(2);
    expect(town.bot.isRunning()).toBe(true);
  });

  it('of which the first froze in the middle of a purchase: one purchase, and its codes come once', async () => {
    const town = await startTown();
    const second = await town.standBy();
    town.vendor.fault('slow', { delayMs: 1_000 });
    await pressConfirm(town.alice, await quote(town.alice, 'razer-gold-usd-1'));
    await eventually(
      () => purchases(town) === 1,
      () => 'the purchase went out',
    );
    town.bot.signal('SIGSTOP');
    await endLockSession(town);
    await second.ready();
    const code = town.vendor.orders()[0]?.codes[0]?.code ?? '?';
    await eventually(
      () => town.alice.dms().some(({ text }) => text.includes(code)),
      () => `the second found the order; it wrote:\n${second.output()}`,
    );
    town.bot.signal('SIGCONT');
    await town.bot.wrote('an order was taken as far as it goes now');
    await buysOnce(town);
    const dms = town.alice.dms().filter(({ text }) => text.includes(code));
    expect(dms).toHaveLength(1);
    expect(purchases(town)).toBe(2);
    expect(town.bot.isRunning()).toBe(true);
  });
});
