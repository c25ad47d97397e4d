import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { untold } from './bot-process.ts';
import { confirm, quote, startTown, type Town } from './town.ts';

const QUIET_MS = 7_000;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** `npm run doctor -- …`, with variables from a file as it has them. */
async function runDoctor(environment: Record<string, string>, ...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-env-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, '.env');
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(file, lines.join(''));
  chmodSync(file, 0o600);
  const command = [`--env-file-if-exists=${file}`, 'bundle/run.js', 'doctor', ...args];
  const child = spawn(process.execPath, command, { cwd: root, env: untold(), stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, err, code };
}

const secretsOf = ({ environment }: Town): string[] => {
  const { DISCORD_TOKEN, CARDPLUSPAY_API_KEY, ENCRYPTION_KEY, STORE_URL = '' } = environment;
  const password = /:\/\/[^:@/]+:([^@]+)@/.exec(STORE_URL)?.[1];
  return [DISCORD_TOKEN, CARDPLUSPAY_API_KEY, ENCRYPTION_KEY, password].filter((each) => each !== undefined);
};

describe('npm run doctor, beside a bot that serves', () => {
  it('says how all of it is, changes nothing, begins no session and tells no secret', async () => {
    const town = await startTown();
    await confirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
    const before = await settledRows(town);
    const requests = town.discord.requests.length;
    const asked = town.vendor.requests.length;
    const { out, code } = await runDoctor(town.environment, '--json');
    const { checks, result, version } = JSON.parse(out);
    expect(version).toBe(1);
    expect(checks.find(({ id }: { id: string }) => id === 'store_opens').state).toBe('ok');
    expect(checks.filter(({ state }: { state: string }) => state === 'failure')).toEqual([]);
    expect(code).toBe(result === 'ok' ? 0 : 1);
    const own = town.discord.requests
      .slice(requests)
      .filter(({ path }) => !/interactions|webhooks|messages/.test(path));
    expect(own.length).toBeGreaterThan(5);
    expect(own.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(town.discord.connections).toBe(1);
    const posted = town.vendor.requests.slice(asked).filter(({ method }) => method === 'POST');
    expect(new Set(posted.map(({ path }) => path))).toEqual(new Set(['/orders/check']));
    expect(await rowsOf(town)).toEqual(before);
    for (const secret of [...secretsOf(town), ...town.vendor.issuedCodes()]) expect(out).not.toContain(secret);
  });

  it('tells people what is wrong and what mends it, and by its code that something failed', async () => {
    const town = await startTown();
    await town.bot.stop();
    town.discord.setInteractionsEndpoint('https://example.com/interactions');
    const { out, code } = await runDoctor({ ...town.environment, CARDPLUSPAY_API_KEY: 'sandbox-cardpluspay-other' });
    expect(out).toContain('Interactions Endpoint URL');
    expect(out).toContain('Fix: Copy the key again from your CardPlusPay account into CARDPLUSPAY_API_KEY.');
    expect(out).toMatch(/53 +Not checked +Signed requests: because of "The API key"/);
    expect(code).toBe(2);
    for (const secret of [...secretsOf(town), 'sandbox-cardpluspay-other']) expect(out).not.toContain(secret);
  });

  it('names what is wrong with the variables, and tells none of them', async () => {
    const password = 'pg-secret-word';
    const { out, code } = await runDoctor({
      DISCORD_TOKEN: 'a.very.secret.token',
      CARDPLUSPAY_API_KEY: 'a-very-secret-key',
      STORE_URL: `postgres://cardigan:${password}@db.example/cardigan`,
      ENCRYPTION_KEY: 'dG9vIHNob3J0',
    });
    expect(out).toContain('DISCORD_GUILD_IDS is missing');
    expect(code).toBe(2);
    for (const secret of ['very.secret', 'very-secret', password, 'dG9vIHNob3J0']) expect(out).not.toContain(secret);
  });

  it('explains itself, and says so when it is called in another way', async () => {
    expect(await runDoctor({}, '--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('npm run doctor -- --json'),
    });
    expect(await runDoctor({}, '--quick')).toMatchObject({ code: 3, err: expect.stringContaining('npm run doctor') });
  });
});

/** Once the bot has done what it does by itself after a purchase: it looks every three seconds. */
async function settledRows(town: Town): Promise<unknown> {
  for (let before = await rowsOf(town); ; ) {
    await sleep(QUIET_MS);
    const now = await rowsOf(town);
    if (isDeepStrictEqual(before, now)) return now;
    before = now;
  }
}

/** Without what a bot that serves writes by itself meanwhile. */
async function rowsOf({ store }: Town): Promise<unknown> {
  const rows = await store.rows('entries');
  return rows.filter(({ namespace }) =>
    ['orders', 'settings', 'vault', 'stops', 'campaigns'].includes(String(namespace)),
  );
}

describe('/doctor', () => {
  it('shows admins of the first server the account too, without the machine, and members nothing', async () => {
    const town = await startTown();
    const answer = await (await town.alice.here.run('doctor', {})).settled();
    expect(answer.text).toContain('Balance');
    expect(answer.text).toContain('"npm run doctor"');
    expect(answer.text).not.toContain('Disk space');
    for (const secret of secretsOf(town)) expect(answer.text).not.toContain(secret);
    await expect(town.bob.here.run('doctor', {})).rejects.toThrow('no command /doctor');
  });
});
