import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startBot } from './bot-process.ts';
import { eventually } from './town.ts';

function startSandbox() {
  const child = spawn('npm', ['run', '-s', 'sandbox'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const says = (text: string | RegExp) =>
    eventually(
      () => (typeof text === 'string' ? output.includes(text) : text.test(output)),
      () => `${text} in:\n${output}`,
    );
  return {
    says,
    output: () => output,
    type(line: string) {
      output = '';
      child.stdin.write(`${line}\n`);
    },
    async stop() {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
    },
  };
}

describe('npm run sandbox', () => {
  it('prints the lines of .env with which the bot completes a purchase, driven from its terminal', async () => {
    const sandbox = startSandbox();
    await sandbox.says('Then run `npm start`');
    const lines = sandbox.output().matchAll(/^([A-Z_]+)=(.*)$/gm);
    const environment = Object.fromEntries([...lines].map(([, name, value]) => [name ?? '', value ?? '']));
    expect(Object.keys(environment).sort()).toEqual([
      ...['CARDPLUSPAY_API_KEY', 'CARDPLUSPAY_BASE_URL', 'DISCORD_API_URL'],
      ...['DISCORD_GUILD_IDS', 'DISCORD_TOKEN', 'STORE_URL'],
    ]);
    const folder = mkdtempSync(join(tmpdir(), 'cardigan-sandbox-'));
    const bot = startBot({ ...environment, STORE_URL: `sqlite://${join(folder, 'cardigan.db')}` });
    onTestFinished(async () => {
      await bot.stop('SIGKILL');
      rmSync(folder, { recursive: true });
    });
    await bot.ready();

    sandbox.type('/buy item:google-play-usd-5 quantity:2 reason:"Friday quiz"');
    await sandbox.says('[Confirm $9.80]');
    sandbox.type('press Confirm');
    await sandbox.says('Sent to your direct messages.');
    sandbox.type('dms');
    await sandbox.says('Your gift cards: 2 × Google Play US 5 USD');
    sandbox.type('/orders');
    await sandbox.says('delivered');
    sandbox.type('books');
    await sandbox.says(/2 × google-play-usd-5\s+9\.80\s+completed/);
    sandbox.type('nonsense');
    await sandbox.says('run a command');
    await sandbox.stop();
  });

  it('takes free ports when its own are taken', async () => {
    // Somebody's own sandbox may have them already: taken is taken.
    const taken = [4610, 4620].map((port) =>
      createServer()
        .on('error', () => undefined)
        .listen(port, '127.0.0.1'),
    );
    onTestFinished(() => {
      for (const server of taken) server.close();
    });
    // `once` of 'listening' would reject with the error.
    await Promise.all(taken.map((server) => new Promise((end) => server.once('listening', end).once('error', end))));
    const sandbox = startSandbox();
    await sandbox.says('Then run `npm start`');
    expect(sandbox.output()).not.toMatch(/:46[12]0\//);
    await sandbox.stop();
  });
});
