import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { catalogue, figuresCatalogue, type MetricDefinition } from '../../src/monitoring/catalogue.ts';
import { statuses } from '../../src/orders/index.ts';
import { addressOf, listens, metricsOf, notReady } from './asked.ts';
import { confirm, eventually, press, pressConfirm, purchases, quote, startTown, type Town } from './town.ts';

const root = join(import.meta.dirname, '../..');
const OFTEN = { timeout: 40_000, interval: 100 };

/** What `npm run health` says, and its exit code. */
function askHealth(address: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const env = { PATH: process.env.PATH, HEALTH_ADDRESS: address };
  return new Promise((resolve) => {
    execFile(process.execPath, ['bundle/run.js', 'health', ...args], { cwd: root, env }, (error, stdout) =>
      resolve({ code: Number(error?.code ?? 0), said: stdout.trim() }),
    );
  });
}

/** Purchases of all kinds: bought, requested and approved, refused, into a closed inbox, with a lost answer. */
async function liveIn(town: Town): Promise<void> {
  const { alice, ada, bob, discord, vendor } = town;
  await confirm(alice, await quote(alice, 'google-play-usd-5', 1, 'a reason that nobody else reads'));
  await press(bob.here, await quote(bob, 'google-play-usd-5'), 'Request');
  await quote(alice, 'no-such-card');
  discord.closeDms(ada.id);
  await confirm(ada, await quote(ada, 'google-play-usd-5'));
  vendor.fault('slow', { delayMs: 11_000 });
  await pressConfirm(alice, await quote(alice, 'google-play-usd-5', 2));
  await (await alice.here.run('orders')).settled();
  await (await bob.here.run('balance')).settled();
}

/** The lines of Cardigan's own, with name, labels and value. */
const samplesIn = (page: string) =>
  [...page.matchAll(/^(cardigan_\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name = '', labels = '', value]) => ({
    name,
    labels: [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', text = '']) => [label, text] as const),
    value: Number(value),
  }));

const definitions: readonly MetricDefinition[] = Object.values({ ...catalogue, ...figuresCatalogue });

describe('what a bot says of itself', () => {
  it('counts what happens, and names nobody and nothing', async () => {
    const town = await startTown({ environment: listens });
    expect(await notReady(town.bot)).toBe('200');
    await liveIn(town);
    await expect
      .poll(() => metricsOf(town.bot), OFTEN)
      .toContain('cardigan_purchases_total{outcome="unconfirmed"} 1\n');
    // How the whole store stands is collected every ten seconds.
    await expect.poll(() => metricsOf(town.bot), OFTEN).toMatch(/^cardigan_spent_today 19\.6/m);
    const page = await metricsOf(town.bot);
    const lines = [
      'cardigan_purchases_total{outcome="bought"} 2',
      'cardigan_direct_messages_total{outcome="closed"} 1',
      'cardigan_interactions_total{command="buy",kind="command",outcome="answered"} 4',
      'cardigan_interactions_total{command="buy",kind="command",outcome="refused"} 1',
      'cardigan_orders{status="awaiting_approval"} 1',
      'cardigan_codes_held 0',
      'cardigan_day_cap 5000',
    ];
    expect(lines.filter((line) => !page.includes(`\n${line}\n`))).toEqual([]);
    const commands = town.discord.commands(town.guildId).map(({ name }) => String(name));
    const known = { command: [...commands, 'other'], status: statuses };
    const odd = samplesIn(page).flatMap(({ name, labels }) => {
      const definition = definitions.find((each) => name === each.name || name.startsWith(`${each.name}_`));
      return labels
        .filter(([label]) => label !== 'le' && label !== 'version')
        .filter(([label, text]) => {
          const values = definition?.labels?.[label];
          return !(typeof values === 'string' ? known[values] : (values ?? [])).includes(text);
        })
        .map(([label, text]) => `${name}: ${label}="${text}"`);
    });
    expect(odd).toEqual([]);
    expect(page).not.toMatch(/\d{15,}"|google|quiz|alice|reason that/i);
    for (const { codes } of town.vendor.orders()) for (const { code } of codes) expect(page).not.toContain(code);
  });

  it('says nothing while it is frozen, and goes on when it is not', async () => {
    const town = await startTown({ environment: listens });
    const live = () => fetch(`${addressOf(town.bot)}/livez`, { signal: AbortSignal.timeout(2_000) });
    expect((await live()).status).toBe(200);
    const address = addressOf(town.bot).replace('http://', '');
    expect(await askHealth(address)).toEqual({ code: 0, said: 'Cardigan is ready' });
    town.bot.signal('SIGSTOP');
    await expect(live()).rejects.toThrow();
    expect(await askHealth(address, '--live')).toEqual({ code: 1, said: 'Cardigan gives no answer in time' });
    town.bot.signal('SIGCONT');
    await expect.poll(async () => (await live()).status, OFTEN).toBe(200);
  });

  it('is ready again once the connection to Discord is back, and not while there is none', async () => {
    const town = await startTown({ environment: listens });
    town.discord.dropGateway();
    await town.bot.wrote('the gateway connection is back');
    await expect.poll(() => notReady(town.bot), OFTEN).toBe('200');
    await town.discord.close();
    await expect.poll(() => notReady(town.bot), OFTEN).toBe('503 discord');
    const address = addressOf(town.bot).replace('http://', '');
    expect(await askHealth(address)).toEqual({ code: 1, said: 'Cardigan is not ready: discord: not connected' });
    expect(await askHealth(address, '--live')).toEqual({ code: 0, said: 'Cardigan runs' });
  });

  it('is not ready while it stops, and says so until the end', async () => {
    const town = await startTown({ environment: listens });
    const asked = await quote(town.alice, 'google-play-usd-5');
    town.vendor.fault('slow', { delayMs: 4_000 });
    await pressConfirm(town.alice, asked);
    await eventually(
      () => purchases(town) === 1,
      () => 'the purchase is out',
    );
    town.bot.signal('SIGTERM');
    await expect.poll(() => notReady(town.bot), OFTEN).toBe('503 process');
    expect(await town.bot.ended()).toBe(0);
    await expect(fetch(`${addressOf(town.bot)}/livez`)).rejects.toThrow();
  });

  it('keeps it from starting where something else listens, beside all else that is wrong', async () => {
    const town = await startTown();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    const bot = town.launch({ HEALTH_ADDRESS: String(port), CARDPLUSPAY_API_KEY: 'wrong' });
    expect(await bot.ended()).toBe(1);
    expect(bot.output()).toContain(`- HEALTH_ADDRESS is 127.0.0.1:${port}, but something else listens there.`);
    expect(bot.output()).toContain('- CARDPLUSPAY_API_KEY was refused');
  });

  it('warns where whoever reaches the machine may ask', async () => {
    const town = await startTown({ environment: { HEALTH_ADDRESS: '0.0.0.0:0' } });
    expect(town.bot.output()).toContain('HEALTH_ADDRESS is open to whoever reaches it');
    expect(await askHealth('nowhere')).toEqual({ code: 1, said: expect.stringContaining('not set to an address') });
  });
});
