import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createReadFile, MOST_BYTES } from '../../../src/discord/interactions/attachments.ts';
import type { Command } from '../../../src/discord/interactions/handler.ts';
import { startStage, trial, view } from '../stage.ts';

const definition = {
  ...{ name: 'try', description: 'Try' },
  options: [{ type: 11, name: 'list', description: 'List' }],
} as Command['definition'];

/** /try, which answers with the file that came with it. */
async function start() {
  const command = trial(
    async ({ attachment }, { list }) => {
      const file = await attachment('list');
      return view(file ? `${file.name}: ${file.text}` : `nothing, ${list}`);
    },
    { definition },
  );
  const stage = await startStage([command]);
  const here = stage.here(stage.alice);
  const run = async (list?: { name: string; bytes: string | Uint8Array }) =>
    (await (await here.run('try', list ? { list } : {})).settled()).text;
  return { ...stage, run };
}

describe('a file that comes with a command', () => {
  it('is read as text, without the mark that some programs put before it', async () => {
    const { run } = await start();
    expect(await run({ name: 'list.csv', bytes: '\uFEFFZoë,CARD-1' })).toContain('list.csv: Zoë,CARD-1');
    expect(await run({ name: 'no-name ?.csv', bytes: '' })).toContain('no-name ?.csv:');
  });

  it.each([
    ['with a mark', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['without one', (text: string) => Buffer.from(text, 'utf16le')],
    ['of the other order', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['of the other order, without a mark', (text: string) => Buffer.from(text, 'utf16le').swap16()],
  ])('may be in UTF-16 %s, as spreadsheets save it', async (_, save) => {
    const { run } = await start();
    expect(await run({ name: 'list.csv', bytes: new Uint8Array(save('Zoë;CARD-1')) })).toContain(
      'list.csv: Zoë;CARD-1',
    );
  });

  it('is not needed', async () => {
    const { run } = await start();
    expect(await run()).toContain('nothing, undefined');
  });

  it('is refused when it is too large, before it is fetched', async () => {
    const { run } = await start();
    const bytes = new Uint8Array(MOST_BYTES + 1).fill(65);
    expect(await run({ name: 'list.csv', bytes })).toContain('larger than 2 MB');
  });

  it.each([
    ['in another encoding', Uint8Array.of(0x5a, 0xeb)],
    ['in UTF-16 that breaks off', new Uint8Array(Buffer.from('\uFEFFZoe', 'utf16le').subarray(0, 7))],
    ['with NULs in it', new Uint8Array(Buffer.from('Zoe\0'))],
    ['that is a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a)],
  ])('is refused %s', async (_, bytes) => {
    const { run } = await start();
    expect(await run({ name: 'list.csv', bytes })).toContain('not plain text in UTF-8');
  });
});

async function serve(listener: RequestListener) {
  let hits = 0;
  const server = createServer((request, response) => {
    hits += 1;
    listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, url: `${origin}/list.csv`, hits: () => hits };
}

function reading(apiUrl: string, withinMs?: number) {
  const said: string[] = [];
  const log = {
    warn: (facts: object, text: string) => void said.push(JSON.stringify([facts, text])),
  };
  const read = createReadFile({ apiUrl, log, ...(withinMs && { withinMs }) });
  const outcome = (url: string, size = 3) =>
    read({ name: 'list.csv', size, url }).then(
      ({ text }) => text,
      (error: unknown) => (error as { code?: unknown }).code,
    );
  return { outcome, said };
}

describe('the place of a file', () => {
  it('is asked only where Discord keeps files', async () => {
    const there = await serve((_, response) => response.end('abc'));
    const { outcome, said } = reading('https://discord.com/api');
    const elsewhere = [
      there.url,
      'https://discord.com/list.csv',
      'https://cdn.discordapp.com.evil.example/list.csv',
      'https://cdn.discordapp.com:8443/list.csv',
      'http://cdn.discordapp.com/list.csv',
      'file:///etc/passwd',
      'nowhere',
    ];
    for (const url of elsewhere) expect(await outcome(url)).toBe('file_unavailable');
    expect(there.hits()).toBe(0);
    expect(said.join()).not.toContain('list.csv');
    expect(await reading(`${there.origin}/api`).outcome(there.url)).toBe('abc');
  });

  it('of a stand-in is that one alone', async () => {
    const there = await serve((_, response) => response.end('abc'));
    const other = await serve((_, response) => response.end('abc'));
    expect(await reading(`${there.origin}/api`).outcome(other.url)).toBe('file_unavailable');
    expect(other.hits()).toBe(0);
  });

  it('does not lead on to another one', async () => {
    const other = await serve((_, response) => response.end('abc'));
    const there = await serve((_, response) => response.writeHead(302, { location: other.url }).end());
    const { outcome } = reading(`${there.origin}/api`);
    expect(await outcome(there.url)).toBe('file_unavailable');
    expect(other.hits()).toBe(0);
  });

  it.each<[string, RequestListener]>([
    ['has nothing', (_, response) => response.writeHead(404).end()],
    ['breaks off', (request) => request.socket.destroy()],
    ['does not answer', () => undefined],
  ])('is told about when it %s', async (_, listener) => {
    const there = await serve(listener);
    const { outcome, said } = reading(`${there.origin}/api`, 300);
    expect(await outcome(there.url)).toBe('file_unavailable');
    expect(said).toHaveLength(1);
    expect(said.join()).not.toContain('list.csv');
  });

  it('is not believed about the size of its file', async () => {
    const there = await serve((_, response) => response.end(Buffer.alloc(MOST_BYTES + 1, 65)));
    expect(await reading(`${there.origin}/api`).outcome(there.url, 3)).toBe('file_too_large');
  });
});
