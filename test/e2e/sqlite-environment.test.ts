import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startCardPlusPay } from '../../sandbox/cardpluspay/start-cardpluspay.ts';
import { startDiscord } from '../../sandbox/discord/start-discord.ts';
import { untold } from './bot-process.ts';
import { eventually } from './town.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const APPLICATION = /client_id=\d{17,20}&scope=bot\+applications\.commands&permissions=\d+/;

/** A folder as after `git clone` and `npm ci`, with a `.env` of its own, between both stand-ins. */
async function startPlace() {
  const [discord, vendor] = await Promise.all([startDiscord(), startCardPlusPay()]);
  const guild = discord.addGuild({ name: 'Quiz club' });
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-clone-'));
  const children: ChildProcess[] = [];
  onTestFinished(async () => {
    for (const child of children) child.kill('SIGKILL');
    await Promise.all([discord.close(), vendor.close()]);
    rmSync(folder, { recursive: true });
  });
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  for (const name of ['src', 'commands', 'bundle', 'node_modules']) symlinkSync(join(root, name), join(folder, name));
  const good = {
    DISCORD_TOKEN: discord.token,
    DISCORD_GUILD_IDS: guild.id,
    DISCORD_API_URL: discord.url,
    CARDPLUSPAY_API_KEY: vendor.apiKey,
    CARDPLUSPAY_BASE_URL: vendor.url,
  };
  /** `npm start`, or another script, with these variables or bytes in `.env`. */
  const run = (env: Record<string, string> | Buffer, script: readonly string[] = ['start']) => {
    const lines = Buffer.isBuffer(env) ? env : linesOf(env);
    writeFileSync(join(folder, '.env'), lines);
    const child = spawn('npm', script, { cwd: folder, env: untold(), stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    const ended = once(child, 'close').then(([code]) => code as number | null);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    return { child, ended, output: () => output };
  };
  return { discord, vendor, guild, folder, good, run };
}

const linesOf = (env: Record<string, string>) =>
  Object.entries(env)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

const isSilent = ({ discord, vendor }: Awaited<ReturnType<typeof startPlace>>) =>
  discord.requests.length === 0 && vendor.requests.length === 0;

describe('npm start', () => {
  it('names all that is wrong in .env in one message, before anything goes online', async () => {
    const place = await startPlace();
    const { DISCORD_GUILD_IDS: guilds, ...rest } = place.good;
    const more = { STORE_URL: 'sqlite:data.db', ENCRYPTION_KEY: 'short', MAX_ODER_TOTAL: '5', LOG_LEVEL: 'loud' };
    const bot = place.run({ ...rest, DISCORD_GUILD_ID: guilds, ...more });
    expect(await bot.ended).toBe(1);
    const lines = bot
      .output()
      .split('\n')
      .filter((line) => line.startsWith('- '));
    expect(lines).toEqual([
      '- DISCORD_GUILD_ID is not a variable that Cardigan knows: did you mean DISCORD_GUILD_IDS?',
      '- MAX_ODER_TOTAL is not a variable that Cardigan knows: did you mean MAX_ORDER_TOTAL?',
      expect.stringContaining('- LOG_LEVEL must be one of'),
      expect.stringContaining('- STORE_URL must name a file'),
      expect.stringContaining('- ENCRYPTION_KEY must be 32 bytes in base64'),
    ]);
    expect(isSilent(place)).toBe(true);
  });

  it.each([
    ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'), '.env is saved as UTF-16'],
    ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le'), '.env is saved as UTF-16'],
    [
      'UTF-8 with BOM',
      (text: string) => Buffer.from(`\uFEFF${text}`),
      'DISCORD_TOKEN comes after a byte order mark (BOM)',
    ],
  ])('says of a .env in %s that it is that', async (_, save, said) => {
    const place = await startPlace();
    const bot = place.run(save(linesOf(place.good)));
    expect(await bot.ended).toBe(1);
    expect(bot.output()).toContain(`- ${said}`);
    expect(bot.output().match(/^- /gm)).toHaveLength(1);
    expect(isSilent(place)).toBe(true);
  });

  it('opens the same store with a blank after its address', async () => {
    const { run, good, folder } = await startPlace();
    for (const url of ['sqlite://data/a.db', '"sqlite://data/a.db "']) {
      const bot = run({ ...good, STORE_URL: url });
      await eventually(() => bot.output().includes('Cardigan is ready'), bot.output);
      bot.child.kill('SIGTERM');
      await bot.ended;
    }
    const stores = readdirSync(join(folder, 'data')).filter((name) => name.trim().endsWith('.db'));
    expect(stores).toEqual(['a.db']);
  });

  it('with a wrong server id says so with the link that invites it, and neither goes online nor is ready', async () => {
    const { run, good, discord } = await startPlace();
    const elsewhere = discord.addGuild({ name: 'Elsewhere', joined: false });
    const bot = run({ ...good, DISCORD_GUILD_IDS: `100000000000000001,${elsewhere.id}` });
    expect(await bot.ended).toBe(1);
    const output = bot.output();
    expect(output).toContain('- DISCORD_GUILD_IDS names 100000000000000001, but Cardigan is not in that server');
    expect(output).toContain(`- DISCORD_GUILD_IDS names ${elsewhere.id}, but`);
    expect(output).toMatch(APPLICATION);
    expect(output).not.toMatch(/is ready|^\s+at |"stack"/m);
    expect(discord.requests.some(({ path }) => path === '/gateway/bot')).toBe(false);
  });

  it('serves the others when one server id of several is wrong, and "ready" says which is not', async () => {
    const { run, good, guild } = await startPlace();
    const bot = run({ ...good, DISCORD_GUILD_IDS: `${guild.id},100000000000000001` });
    await eventually(() => bot.output().includes('Cardigan is ready'), bot.output);
    const said =
      bot
        .output()
        .split('\n')
        .find((line) => line.includes('Cardigan is ready')) ?? '';
    expect(JSON.parse(said)).toMatchObject({ guilds: [guild.id], notIn: ['100000000000000001'] });
    expect(bot.output()).toMatch(APPLICATION);
    expect(bot.output()).not.toContain('"stack"');
    bot.child.kill('SIGTERM');
    await bot.ended;
  });
});

describe('the command line', () => {
  it.each([['resolve', 'K7Q2M9'], ['audit-verify']])('npm run %s checks the same variables', async (...script) => {
    const place = await startPlace();
    const bot = place.run({ ...place.good, STORE_ULR: 'sqlite://data/a.db', ENCRYPTION_KEY: 'short' }, [
      'run',
      ...script,
    ]);
    expect(await bot.ended).not.toBe(0);
    expect(bot.output()).toContain('STORE_ULR is not a variable that Cardigan knows: did you mean STORE_URL?');
    expect(bot.output()).toContain('ENCRYPTION_KEY must be 32 bytes');
    expect(readdirSync(place.folder)).not.toContain('data');
  });
});
