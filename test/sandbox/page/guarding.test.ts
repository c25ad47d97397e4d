import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, it, onTestFinished } from 'vitest';
import { setStage } from './stage.ts';

it('answers to its own name only, so that no website can point a name of its own here', async () => {
  const { client, page } = await setStage();
  const { port } = new URL(page.url);
  const as = (host: string) => client.status('truth', { host });

  expect(await as(`127.0.0.1:${port}`)).toBe(200);
  expect(await as(`localhost:${port}`)).toBe(200);
  expect(await as(`rebound.example:${port}`)).toBe(403);
  expect(await as('127.0.0.1')).toBe(403);
  expect(await as(`localhost:${port}.example`)).toBe(403);
});

it('does nothing that another site asks for', async () => {
  const { client, bot, page } = await setStage();
  const start = (headers: Record<string, string>) => client.post('bot/start', {}, headers);

  expect((await start({ origin: 'https://elsewhere.example' })).status).toBe(403);
  expect((await start({ origin: 'null' })).status).toBe(403);
  expect((await start({ 'content-type': 'text/plain' })).status).toBe(415);
  expect(bot.view().state).toBe('stopped');
  expect((await start({ origin: new URL(page.url).origin })).status).toBe(200);
});

it('refuses bodies of another shape, and what is not there', async () => {
  const { client, who, general } = await setStage();
  const ada = { as: who('Ada'), place: general };

  expect((await client.post('act/say', { ...ada, text: '' })).status).toBe(400);
  expect((await client.post('act/say', { ...ada, text: 'x', more: 1 })).status).toBe(400);
  expect((await client.post('act/say', { ...ada, text: 'x'.repeat(5_000_000) })).status).toBe(413);
  expect((await client.post('act/constructor', {})).status).toBe(404);
  for (const path of ['../contract.ts', '%2e%2e/contract.ts', 'nothing.js', 'state?as=1'])
    expect(await client.status(path, {})).toBe(404);
});

it('can be reached from this machine only, and lets nothing foreign into its page', async () => {
  const { client, page } = await setStage();
  const { port } = new URL(page.url);
  const outside = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of outside) {
    const isRefused = new Promise((resolve) => {
      connect(Number(port), address).once('error', () => resolve(true));
    });
    expect(await isRefused).toBe(true);
  }
  const { headers } = await fetch(`${page.url}truth`);
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('access-control-allow-origin')).toBeNull();
  expect(await client.status('modules/preact.js', {})).toBe(200);
  const hooks = await (await fetch(`${page.url}modules/preact/hooks.js`)).text();
  expect(hooks).toMatch(/from\s*"\/modules\/preact\.js"/);
});

it('takes a free port when its own is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const { client, page } = await setStage({ port });

  expect(page.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(new URL(page.url).port).not.toBe(String(port));
  expect((await client.state()).people).toHaveLength(6);
});
