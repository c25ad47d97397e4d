import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { startCardPlusPay } from '../../sandbox/cardpluspay/start-cardpluspay.ts';
import { startDiscord } from '../../sandbox/discord/start-discord.ts';
import { root } from './dockerfile.ts';
import { freePort } from './free-port.ts';
import { buildPlainly, canMount, type Image, isSent, spawnInside } from './plain-build.ts';

const { cardigan } = parse(readFileSync(join(root, 'compose.yaml'), 'utf8')).services;
const isPossible = process.getuid?.() === 0 && canMount();
if (!isPossible) process.stderr.write('The Dockerfile is not tried: that takes root, and mounts of its own.\n');

describe('what Docker is given to build from', () => {
  it('has no secret, no store, and nothing that the image does not need', () => {
    for (const path of ['src/main.ts', 'commands/index.ts', 'bundle/run.js', 'package-lock.json'])
      expect(`${path} ${isSent(path)}`).toBe(`${path} true`);
    const never = [
      '.env',
      'data/cardigan.db',
      'data/cardigan.db.key',
      'secrets/discord_token',
      'cardigan.env',
      '.git/HEAD',
    ];
    for (const path of [...never, 'node_modules/zod/package.json', 'dist/x', 'test/project.test.ts'])
      expect(`${path} ${isSent(path)}`).toBe(`${path} false`);
  });
});

describe.runIf(isPossible)('what the Dockerfile makes', () => {
  let place = '';
  let image: Image;

  beforeAll(async () => {
    // Not in memory: packages are large.
    place = mkdtempSync('/var/tmp/cardigan-image-');
    chmodSync(place, 0o755);
    image = await buildPlainly(place);
    chmodSync(image.folder, 0o755);
  }, 900_000);
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  const inApp = (...path: string[]) => join(image.folder, 'app', ...path);

  it('has a bundle of just these sources, and no package for development', () => {
    expect(readdirSync(inApp()).sort()).toEqual([
      ...['LICENSE', 'bundle', 'commands', 'dist', 'node_modules', 'package.json', 'src'],
    ]);
    expect(readdirSync(inApp('dist'))).toHaveLength(1);
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const all = Object.entries(packages as Record<string, { dev?: boolean; optional?: boolean }>).slice(1);
    const isThere = ([path]: (typeof all)[number]) => existsSync(inApp(path));
    expect(all.filter((each) => !each[1].dev && !each[1].optional && !isThere(each))).toEqual([]);
    expect(all.filter(([, { dev }]) => dev).filter(isThere)).toEqual([]);
  });

  it('is small: what Cardigan adds to Node is under 80 MB', () => {
    const files = readdirSync(inApp(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
    process.stdout.write(`The image has ${Math.round(bytes / 1e6)} MB beside Node's own.\n`);
    expect(bytes).toBeLessThan(80e6);
  });

  it('belongs to root but for /data and /backups, so that the bot can change nothing else', () => {
    const entries = readdirSync(image.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name));
    const theirs = entries.filter((path) => statSync(path).uid !== 0);
    expect(theirs.sort()).toEqual([join(image.folder, 'backups'), join(image.folder, 'data')]);
    for (const path of theirs) expect(statSync(path).mode & 0o777).toBe(0o700);
    const writable = entries.filter((path) => path.startsWith(inApp()) && (statSync(path).mode & 0o022) !== 0);
    expect(writable).toEqual([]);
  });

  it('serves a purchase as compose.yaml runs it: not root, all read-only, secrets in files; and ends in order', async () => {
    const [discord, vendor] = await Promise.all([startDiscord(), startCardPlusPay()]);
    onTestFinished(async () => {
      await Promise.all([discord.close(), vendor.close()]);
    });
    const guild = discord.addGuild({ name: 'Quiz club' });
    const alice = discord.addMember(guild.id, { name: 'alice', permissions: 1n << 5n });
    const secrets: Record<string, string> = {
      store_url: 'sqlite:///data/cardigan.db',
      discord_token: discord.token,
      cardpluspay_api_key: vendor.apiKey,
      encryption_key: Buffer.alloc(32, 7).toString('base64'),
    };
    const host = mkdtempSync(join(place, 'host-'));
    chmodSync(host, 0o755);
    const folder = (name: string, uid: number, mode: number): string => {
      const path = join(host, name);
      mkdirSync(path);
      chownSync(path, uid, uid);
      chmodSync(path, mode);
      return path;
    };
    const inSecrets = folder('secrets', 0, 0o755);
    for (const [name, value] of Object.entries(secrets))
      writeFileSync(join(inSecrets, name), `${value}\n`, { mode: 0o444 });
    const env: Record<string, string> = {
      ...image.env,
      ...cardigan.environment,
      // What cardigan.env would say.
      DISCORD_GUILD_IDS: guild.id,
      BACKUP_FOLDER: '/backups',
      // On a machine that others use, too, the port of the image may be taken.
      HEALTH_ADDRESS: `127.0.0.1:${await freePort()}`,
      DISCORD_API_URL: discord.url,
      CARDPLUSPAY_BASE_URL: vendor.url,
    };
    const { user, workdir } = image;
    const [data, backups] = ['data', 'backups'].map((name) => folder(name, 10001, 0o700));
    const binds = { data: data ?? '', backups: backups ?? '', tmp: folder('tmp', 0, 0o1777), 'run/secrets': inSecrets };
    const inside = { env, user, workdir, binds, isReadOnly: true };
    const bot = spawnInside(image.folder, [...image.entrypoint, ...image.cmd], inside);
    onTestFinished(() => void bot.kill('SIGKILL'));
    let output = '';
    for (const stream of [bot.stdout, bot.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => {
        output += part;
      });
    const ended = once(bot, 'close');
    await expect.poll(() => output, { timeout: 120_000 }).toContain('Cardigan is ready');
    // The bundle's name still fits what is installed, and it is not made anew.
    expect(output).not.toContain('runs from its sources');

    const balance = await discord.as(alice.id, { guildId: guild.id, channelId: guild.general.id }).run('balance');
    expect((await balance.settled()).text).toContain('$1,000.00');

    const { stdout } = spawnInside(
      image.folder,
      ['sh', '-c', 'id -u; touch /app/x /x 2>&1 | grep -c Read-only'],
      inside,
    );
    expect((await text(stdout)).trim().split('\n')).toEqual(['10001', '2']);
    expect(readdirSync(binds.data)).toContain('cardigan.db');
    const health = spawnInside(image.folder, image.healthcheck, inside);
    expect(await text(health.stdout)).toBe('Cardigan is ready\n');
    const backup = spawnInside(image.folder, [...image.entrypoint, 'backup'], inside);
    const backedUp = once(backup, 'close');
    await Promise.all([text(backup.stdout), text(backup.stderr)]);
    expect((await backedUp)[0]).toBe(0);
    expect(readdirSync(binds.backups).filter((name) => name.endsWith('.json')).length).toBeGreaterThan(0);
    bot.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
    expect(output).toContain('Cardigan has stopped');
  });
});
