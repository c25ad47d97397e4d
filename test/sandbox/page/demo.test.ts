import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { flatten } from '../../../sandbox/discord/component.ts';
import type { MessageView } from '../../../sandbox/page/contract.ts';
import { type Client, createClient } from './stage.ts';

const root = join(import.meta.dirname, '../../..');

/** A zombie has ended: only nobody has asked how. */
const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    const stat = `/proc/${pid}/stat`;
    return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'));
  } catch {
    return false;
  }
};

/** `npm run demo`, as somebody at a terminal has it: Ctrl-C reaches everything in its process group. */
async function startDemo() {
  const folder = await mkdtemp(join(tmpdir(), 'demo-test-'));
  const { DISCORD_TOKEN: _token, ...env } = process.env;
  const demo = spawn('npm', ['run', '-s', 'demo', '--', '--port', '0', '--empty'], {
    cwd: root,
    // npm keeps a cache of its own in the temporary folder.
    env: { ...env, TMPDIR: folder, NODE_DISABLE_COMPILE_CACHE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let output = '';
  demo.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = once(demo, 'close');
  const signal = (name: NodeJS.Signals) => void process.kill(-(demo.pid ?? 0), name);
  onTestFinished(async () => {
    if (demo.exitCode === null && demo.signalCode === null) signal('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  });
  const address = () => /http:\S+/.exec(output)?.[0];
  await expect.poll(address, { timeout: 60_000 }).toBeDefined();
  const client = createClient(address() ?? '');
  const bot = async () => (await client.truth()).bot;
  await expect.poll(async () => (await bot()).state, { timeout: 60_000 }).toBe('serving');
  return { output: () => output, client, bot, signal, ended, left: () => readdir(folder) };
}

type Shown = Pick<MessageView, 'id' | 'components'>;
const nothing: Shown = { id: '', components: [] };

const words = ({ components }: Shown): string =>
  flatten(components)
    .map(({ content }) => content)
    .filter(Boolean)
    .join('\n');

const buttonOf = ({ components }: Shown, label: string): string =>
  flatten(components).find((one) => one.label?.startsWith(label))?.custom_id ?? '';

/** Ada's quote in #general. */
async function quoted(client: Client) {
  const { me, guilds, dms } = await client.state();
  const place = guilds[0]?.channels[0]?.id ?? '';
  const newest = async (where = place) => (await client.state(me)).messages[where]?.at(-1);
  const options = { item: 'google-play-usd-5', quantity: 2 };
  const asked = await client.post('act/command', { as: me, place, name: 'buy', options });
  expect(asked.body).toEqual({ ok: true });
  const shown = async () => words((await newest()) ?? nothing);
  await expect.poll(shown, { timeout: 20_000 }).toContain('Total **$9.80**');
  const quote = (await newest()) ?? nothing;
  return { me, place, dm: dms[0]?.id ?? '', newest, quote };
}

it('lets somebody buy as Ada, read the cards, see the books, kill the bot, and leaves nothing behind', async () => {
  const { client, bot, output, signal, ended, left } = await startDemo();
  expect(output()).toContain('No money moves');
  const { people } = await client.state();
  const { me: as, place, dm, newest, quote } = await quoted(client);
  expect(people[0]).toMatchObject({ id: as, name: 'Ada', note: 'admin' });

  const press = { as, message: quote.id, customId: buttonOf(quote, 'Confirm') };
  expect((await client.post('act/press', press)).body).toEqual({ ok: true });
  await expect.poll(() => newest(dm), { timeout: 20_000 }).toBeDefined();

  const { orders, account, calls } = await client.truth();
  expect(account.balance).toBe('990.20');
  const [code = '-'] = orders[0]?.codes ?? [];
  expect(JSON.stringify(await newest(dm))).toContain(code);
  expect(JSON.stringify(calls)).not.toContain(code);
  expect(JSON.stringify(await client.state(people[1]?.id))).not.toContain(code);

  await client.post('bot/kill', {});
  await client.post('bot/start', {});
  await expect.poll(bot, { timeout: 60_000 }).toMatchObject({ state: 'serving', starts: 2 });
  const again = await client.post('act/command', { as, place, name: 'orders', options: {} });
  expect(again.body).toEqual({ ok: true });

  const { pid } = await bot();
  expect(isRunning(pid ?? 0)).toBe(true);
  expect(await left()).not.toEqual([]);
  signal('SIGINT');
  await ended;
  await expect.poll(() => isRunning(pid ?? 0)).toBe(false);
  expect(await left()).toEqual([]);
});

it('ends while a purchase is on its way, also when it is asked twice, and leaves nothing behind', async () => {
  const { client, bot, signal, ended, left } = await startDemo();
  const { pid } = await bot();
  const { me: as, quote } = await quoted(client);
  await client.post('fault/slow-next-answer', { on: true });
  await client.post('act/press', { as, message: quote.id, customId: buttonOf(quote, 'Confirm') });
  await expect.poll(async () => (await client.truth()).orders, { timeout: 20_000 }).toHaveLength(1);
  signal('SIGINT');
  // The same press, passed on by npm, would come at once.
  await setTimeout(700);
  signal('SIGINT');
  await ended;
  await expect.poll(() => isRunning(pid ?? 0)).toBe(false);
  expect(await left()).toEqual([]);
});

it('takes the bot and the store along when it is killed', async () => {
  const { bot, signal, ended, left } = await startDemo();
  const { pid } = await bot();
  signal('SIGKILL');
  await ended;
  await expect.poll(() => isRunning(pid ?? 0), { timeout: 20_000 }).toBe(false);
  await expect.poll(left, { timeout: 20_000 }).toEqual([]);
});

it('shows a stranger that the bot does not serve their server', async () => {
  const { client } = await startDemo();
  const { people } = await client.state();
  const as = people.find(({ name }) => name === 'Eve')?.id ?? '';
  const { guilds } = await client.state(as);
  const place = guilds[0]?.channels[0]?.id ?? '';
  expect(guilds[0]?.commands.length).toBeGreaterThan(3);
  await client.post('act/command', { as, place, name: 'balance', options: {} });
  await expect
    .poll(async () => (await client.state(as)).messages[place]?.map(words).join())
    .toContain('is not set up for this server');
});
