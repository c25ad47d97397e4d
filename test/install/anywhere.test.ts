import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startCardPlusPay } from '../../sandbox/cardpluspay/start-cardpluspay.ts';
import { startDiscord } from '../../sandbox/discord/start-discord.ts';
import { drawFileText } from '../../src/campaigns/draw/proof.ts';
import { aDraw } from '../campaigns/a-draw.ts';
import { untold } from '../e2e/bot-process.ts';
import { root } from './dockerfile.ts';

/** Cardigan installed in one folder, somebody in another, and both stand-ins. */
async function startPlace() {
  const [discord, vendor] = await Promise.all([startDiscord(), startCardPlusPay()]);
  const guild = discord.addGuild({ name: 'Quiz club' });
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-anywhere-'));
  const [installed, elsewhere] = [join(folder, 'opt/cardigan'), join(folder, 'elsewhere')];
  for (const path of [installed, elsewhere]) mkdirSync(path, { recursive: true });
  copyFileSync(join(root, 'package.json'), join(installed, 'package.json'));
  for (const name of ['src', 'commands', 'bundle', 'node_modules', 'dist'])
    symlinkSync(join(root, name), join(installed, name));
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_GUILD_IDS: guild.id,
    DISCORD_API_URL: discord.url,
    CARDPLUSPAY_API_KEY: vendor.apiKey,
    CARDPLUSPAY_BASE_URL: vendor.url,
  };
  const lines = Object.entries(env).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(installed, '.env'), lines.join(''));
  const started = new Set<ReturnType<typeof spawn>>();
  onTestFinished(async () => {
    for (const child of started) child.kill('SIGKILL');
    await Promise.all([discord.close(), vendor.close()]);
    rmSync(folder, { recursive: true });
  });
  const start = (command: string, args: readonly string[], cwd: string, more: Record<string, string> = {}) => {
    const child = spawn(command, args, { cwd, env: { ...untold(), ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
    started.add(child);
    return child;
  };
  return { installed, elsewhere, env, start };
}

/** Until it is ready; then it ends in order. */
async function serveOnce(child: ReturnType<Awaited<ReturnType<typeof startPlace>>['start']>): Promise<string> {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
  const closed = once(child, 'close');
  await expect.poll(() => `${output}${child.exitCode ?? ''}`).toMatch(/Cardigan is ready|\d$/);
  child.kill('SIGTERM');
  await closed;
  return output;
}

describe('npm start', () => {
  it.each([
    ['from another folder', (place: { elsewhere: string }) => place.elsewhere],
    ['from a folder in it', (place: { installed: string }) => join(place.installed, 'src')],
    ['from the root of the machine', () => '/'],
  ])('finds .env and the store of its own folder %s', async (_, from) => {
    const place = await startPlace();
    const cwd = from(place);
    const output = await serveOnce(place.start('npm', ['start', '--prefix', place.installed], cwd));
    expect(output).toContain('Cardigan is ready');
    expect(existsSync(join(place.installed, 'data/cardigan.db'))).toBe(true);
    expect(readdirSync(place.elsewhere)).toEqual([]);
  });

  it('is the same store for every other command, wherever it is called', async () => {
    const place = await startPlace();
    await serveOnce(place.start('npm', ['start'], place.installed));
    const verify = place.start('npm', ['run', '-s', '--prefix', place.installed, 'audit-verify'], place.elsewhere);
    expect(await text(verify.stdout)).toContain('The audit log is complete: it has no entries');
    expect(readdirSync(place.elsewhere)).toEqual([]);
  });

  it('takes a file that somebody names from where they are', async () => {
    const place = await startPlace();
    writeFileSync(join(place.elsewhere, 'draw.json'), drawFileText(aDraw({ entrants: 12, places: 2, out: [] })));
    const args = ['run', '-s', '--prefix', place.installed, 'verify-draw', '--', 'draw.json'];
    expect(await text(place.start('npm', args, place.elsewhere).stdout)).toContain('The draw is valid.');
  });
});

describe('node bundle/run.js without npm', () => {
  it('runs from anywhere, reads no .env but the one it is given, and begins paths where it runs', async () => {
    const place = await startPlace();
    const script = join(place.installed, 'bundle/run.js');
    const without = place.start(process.execPath, [script, 'main'], place.elsewhere);
    expect(await text(without.stderr)).toContain('DISCORD_TOKEN is missing');
    const file = `--env-file=${join(place.installed, '.env')}`;
    const output = await serveOnce(place.start(process.execPath, [file, script, 'main'], place.elsewhere));
    expect(output).toContain('Cardigan is ready');
    expect(readdirSync(join(place.elsewhere, 'data'))).toContain('cardigan.db');
  });
});
