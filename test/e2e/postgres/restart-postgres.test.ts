import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPrograms, type PrivateCluster, startPrivateCluster } from '../../postgres/private-cluster.ts';
import {
  confirm,
  dmsOnly,
  eventually,
  finished,
  pressConfirm,
  purchases,
  quote,
  startTown,
  type Town,
} from '../town.ts';

const programs = findPrograms(process.env);
const READY = 'Cardigan is ready';
let cluster: PrivateCluster;
let schemas = 0;

/** A town whose bot keeps its orders in the cluster. */
function startHere(): Promise<Town> {
  const url = new URL(cluster.url);
  url.searchParams.set('schema', `town_${++schemas}`);
  const encryptionKey = randomBytes(32).toString('base64');
  const store = {
    environment: { STORE_URL: url.href, ENCRYPTION_KEY: encryptionKey },
    contents: async () => '',
    rows: async () => [],
    tamper: async () => undefined,
    dispose: async () => undefined,
  };
  return startTown({ store });
}

async function isGone(town: Town): Promise<void> {
  await cluster.crash();
  await town.bot.wrote('the shard is lost');
}

const codesOf = (town: Town) => town.vendor.orders().flatMap(({ codes }) => codes);
const sent = (town: Town) =>
  eventually(
    () => purchases(town) === 1,
    () => 'the purchase went out',
  );

/** One purchase, its code with its buyer once, and the same process takes the next press as ever. */
async function endsWell(town: Town): Promise<void> {
  const [card] = await eventually(
    () => town.alice.dms().length > 0 && codesOf(town),
    () => `the codes came; the bot wrote:\n${town.bot.output()}`,
  );
  expect(town.alice.dms()[0]?.text).toContain(card?.code);
  const isRecorded = async () => {
    const list = await (await town.alice.here.run('orders')).settled();
    return /\$4\.90 · delivered/.test(list.text);
  };
  await town.bot.wrote(READY, 2);
  await expect.poll(isRecorded, { timeout: 40_000 }).toBe(true);
  expect(purchases(town)).toBe(1);
  const next = await confirm(town.ada, await quote(town.ada, 'google-play-usd-5'));
  expect(next.text).toContain('Bought: 1 × Google Play US 5 USD');
  expect([purchases(town), town.vendor.orders().length]).toEqual([2, 2]);
  expect([town.alice.dms().length, town.ada.dms().length]).toEqual([1, 1]);
  expect(town.bot.isRunning()).toBe(true);
  expect(town.bot.output()).not.toContain(card?.code);
}

describe.skipIf(!programs)('a PostgreSQL that restarts', () => {
  beforeAll(async () => {
    cluster = await startPrivateCluster(programs ?? '');
  });
  afterAll(() => cluster.remove());

  it('while the purchase is out loses nothing: the answer that comes meanwhile is kept, and its codes delivered', async () => {
    const town = await startHere();
    town.vendor.fault('slow', { delayMs: 2_000 });
    const quoted = await quote(town.alice, 'google-play-usd-5');
    const buying = await pressConfirm(town.alice, quoted);
    await sent(town);
    await isGone(town);
    await town.bot.wrote('codes cannot be stored');
    await cluster.start();
    // The press itself gets its receipt, for nothing of it was given up.
    expect((await finished(buying)).text).toContain('Bought: 1 × Google Play US 5 USD');
    await endsWell(town);
  });

  it('and is back before the answer comes: nobody notices', async () => {
    const town = await startHere();
    town.vendor.fault('slow', { delayMs: 5_000 });
    const buying = await pressConfirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
    await sent(town);
    await isGone(town);
    await cluster.start();
    expect((await finished(buying)).text).toContain('Bought: 1 × Google Play US 5 USD');
    await endsWell(town);
  });

  it('while the order is being checked does not keep it from being bought, once', async () => {
    const town = await startHere();
    const quoted = await quote(town.alice, 'google-play-usd-5');
    town.vendor.faultGet('/balance', 'slow', { delayMs: 2_000 });
    await pressConfirm(town.alice, quoted);
    await eventually(
      () => town.alice.here.sees().some(({ text }) => text.includes('Checking')),
      () => 'the order is approved and being checked',
    );
    await isGone(town);
    await cluster.start();
    await endsWell(town);
  });

  it('while the right to send the purchase is being written does not send it twice, and not never', async () => {
    const town = await startHere();
    const quoted = await quote(town.alice, 'google-play-usd-5');
    const other = new Client({ connectionString: cluster.url });
    other.on('error', () => undefined);
    await other.connect();
    town.vendor.faultGet('/balance', 'slow', { delayMs: 2_000 });
    await pressConfirm(town.alice, quoted);
    await eventually(
      () => town.alice.here.sees().some(({ text }) => text.includes('Checking')),
      () => 'the order is approved and being checked',
    );
    // The write of `buying` has to wait for the table of holds, and is under way when the server goes.
    await other.query(`BEGIN; LOCK TABLE town_${schemas}.holds IN EXCLUSIVE MODE`);
    const waiting = async () =>
      (await other.query(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`)).rowCount;
    await expect.poll(waiting, { timeout: 30_000 }).toBeGreaterThan(0);
    await isGone(town);
    expect(purchases(town)).toBe(0);
    await cluster.start();
    await endsWell(town);
  });

  it('while the codes are on their way delivers them once', async () => {
    const town = await startHere();
    const messages = { method: 'POST', path: dmsOnly(town), times: 1 };
    const slow = town.discord.fail({ ...messages, with: 429, retryAfter: 3 });
    await pressConfirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
    await eventually(
      () => slow.hits > 0,
      () => 'the direct message was tried',
    );
    await isGone(town);
    await eventually(
      () => town.alice.dms().length === 1,
      () => 'the direct message went out, and could not be recorded',
    );
    await cluster.start();
    await endsWell(town);
  });

  it('as often as it likes ends no process', async () => {
    const town = await startHere();
    for (const time of [2, 3, 4]) {
      await cluster.crash();
      await cluster.start();
      await town.bot.wrote(READY, time);
    }
    const receipt = await confirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
    expect(receipt.text).toContain('Bought: 1 × Google Play US 5 USD');
    expect(town.bot.isRunning()).toBe(true);
  });
});
