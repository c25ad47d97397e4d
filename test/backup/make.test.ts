import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  backupsIn,
  createBackupSchedule,
  drill,
  keepKey,
  lastBackup,
  makeBackup,
  readManifest,
  restore,
} from '../../src/backup/index.ts';
import { systemClock } from '../../src/lib/index.ts';
import { openStore, openStoreBeside, type Store } from '../../src/store/index.ts';

const noteSchema = z.object({ version: z.number(), text: z.string() });
const encryptionKey = Buffer.alloc(32, 7).toString('base64');

let folder: string;
let store: Store;
let options: { url: string; encryptionKey: string };
let backups: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cardigan-backup-'));
  options = { url: `sqlite://${join(folder, 'data', 'cardigan.db')}`, encryptionKey };
  backups = join(folder, 'backups');
  store = await openStore(options);
  await note('a');
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const note = (key: string) =>
  store.records('notes', noteSchema).write(key, { text: 'x'.repeat(5_000) }, { seen: 0, tags: ['all'], holds: [] });
const make = (keep = 14) => makeBackup({ store: options, folder: backups, keep });
const files = () => readdirSync(backups).sort();

/** The command line, as a process that can be killed, or be kept from writing. */
const child = (wrapped: (command: string) => string = (command) => command) =>
  spawn('bash', ['-c', wrapped(`exec ${process.execPath} src/cli/backup.ts --to ${backups}`)], {
    env: {
      PATH: process.env.PATH,
      DISCORD_TOKEN: 'x',
      DISCORD_GUILD_IDS: '300000000000000001',
      CARDPLUSPAY_API_KEY: 'x',
      STORE_URL: options.url,
      ENCRYPTION_KEY: encryptionKey,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

describe('a backup', () => {
  it('is made beside whoever serves the store, opened with the key, and says what it is', async () => {
    const made = await make();
    await note('b');
    expect(made).toMatchObject({
      verified: 'opened',
      records: { notes: 1 },
      notAuthentic: 0,
      layout: expect.any(Number),
    });
    expect(statSync(made.path).mode & 0o777).toBe(0o600);
    expect(statSync(backups).mode & 0o777).toBe(0o700);
    expect(lastBackup(backups)).toEqual(made);
    const copy = await openStoreBeside({ url: `sqlite://${made.path}`, encryptionKey });
    expect(await copy.records('notes', noteSchema).get('b')).toBeUndefined();
    await copy.close();
    expect(files()).toHaveLength(2);
  });

  it('is kept as often as was said, the newest ones', async () => {
    for (let count = 0; count < 4; count++) await make(2);
    expect(backupsIn(backups)).toHaveLength(2);
    expect(files()).toHaveLength(4);
  });

  it('that was opened outlives newer ones that were only read', async () => {
    const opened = await make();
    for (const at of ['2999-01-01T00:00:00.000Z', '2999-01-02T00:00:00.000Z']) {
      const file = `cardigan-${at.slice(0, 10)}.db`;
      writeFileSync(join(backups, file), 'x');
      const manifest = { ...readManifest(opened.path), file, at, bytes: 1, verified: 'read' };
      writeFileSync(join(backups, `${file}.json`), JSON.stringify(manifest));
    }
    await make(1);
    expect(backupsIn(backups).filter(({ verified }) => verified === 'opened').length).toBeGreaterThan(0);
  });

  it('is kept, and the next one made in time, where a clock of the future has dated another', async () => {
    const { path } = await make();
    const file = 'cardigan-2999-01-01.db';
    const manifest = { ...readManifest(path), file, at: '2999-01-01T00:00:00.000Z', bytes: 1 };
    writeFileSync(join(backups, file), 'x');
    writeFileSync(join(backups, `${file}.json`), JSON.stringify(manifest));
    const newer = await make(1);
    expect(backupsIn(backups).map((each) => each.file)).toContain(newer.file);

    let now = Date.now();
    const clock = { ...systemClock, now: () => now };
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const mark = join(folder, 'made');
    const command = [process.execPath, '-e', `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`];
    const schedule = createBackupSchedule({ folder: backups, everyMs: 3_600_000, command, store, clock, log });
    await schedule.tick();
    now += 3_600_001;
    await schedule.tick();
    await vi.waitFor(() => expect(existsSync(mark)).toBe(true), 20_000);
    await schedule.stop();
  });

  it('is given up where it hangs, and the log says so', async () => {
    const said: unknown[] = [];
    const log = { info: () => undefined, warn: () => undefined, error: (facts: object) => said.push(facts) };
    const command = [process.execPath, '-e', 'setInterval(() => {}, 1000)'];
    const options = { folder: backups, everyMs: 3_600_000, command, withinMs: 50, store, clock: systemClock, log };
    const schedule = createBackupSchedule(options);
    await schedule.tick();
    await vi.waitFor(() => expect(said).toEqual([{ why: 'it took too long' }]), 20_000);
    await schedule.stop();
  });

  it.each([
    ['', 'beside'],
    ['..', 'above'],
  ])('is not made %s where the key lies (%s it)', async (up) => {
    await store.close();
    const own = { url: `sqlite://${join(folder, 'own', 'cardigan.db')}` };
    store = await openStore(own);
    const beside = makeBackup({ store: own, folder: join(folder, 'own', up), keep: 1 });
    await expect(beside).rejects.toMatchObject({ code: 'key_beside' });
    expect(await makeBackup({ store: own, folder: join(folder, 'own', 'backups'), keep: 1 })).toBeDefined();
  });

  it('that others could read on its way is restored for its owner alone', async () => {
    const { path } = await make();
    chmodSync(path, 0o644);
    const to = join(folder, 'there', 'cardigan.db');
    const aside = { url: `sqlite://${to}`, encryptionKey };
    await restore({ store: aside, backup: readManifest(path), clock: systemClock });
    expect(statSync(to).mode & 0o777).toBe(0o600);
  });

  it('made twice at once is two', async () => {
    const [one, other] = await Promise.all([make(), make()]);
    expect(one?.path).not.toBe(other?.path);
    expect(backupsIn(backups)).toHaveLength(2);
  });

  it('that finds no room leaves nothing, and says so', async () => {
    for (let n = 0; n < 100; n++) await note(`more ${n}`);
    // As a full disk: no file of this process may be larger.
    const failed = child((command) => `trap '' XFSZ; ulimit -f 64; ${command}`);
    const [said, [code]] = await Promise.all([text(failed.stderr), once(failed, 'close')]);
    expect(code).toBe(1);
    expect(said).toMatch(/room|full|fail|cannot be written/);
    expect(said).not.toContain(encryptionKey);
    expect(backupsIn(backups)).toEqual([]);
    expect(files()).toEqual([]);
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)('that is ended by %s in between counts as nothing', async (signal) => {
    for (let n = 0; n < 2_000; n++) void note(`more ${n}`);
    await note('last');
    const killed = child();
    const ended = once(killed, 'close');
    await expect
      .poll(
        () => {
          try {
            return files().length;
          } catch {
            return 0;
          }
        },
        { interval: 1, timeout: 120_000 },
      )
      .toBeGreaterThan(0);
    killed.kill(signal);
    await ended;
    // It may have been faster: then it is whole.
    for (const backup of backupsIn(backups)) expect(readFileSync(backup.path)).toHaveLength(backup.bytes);
    const made = await make();
    expect(lastBackup(backups)).toEqual(made);
  });

  it('does not keep the key, and the key has a place of its own', () => {
    const path = keepKey(options, join(folder, 'key'), backups);
    expect(readFileSync(path, 'utf8').trim()).toBe(encryptionKey);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(() => keepKey(options, join(folder, 'key'), backups)).toThrow(
      expect.objectContaining({ code: 'key_there' }),
    );
    expect(() => keepKey(options, backups, backups)).toThrow(expect.objectContaining({ code: 'key_beside' }));
  });
});

describe('a restore', () => {
  const elsewhere = () => ({ url: `sqlite://${join(folder, 'new', 'cardigan.db')}`, encryptionKey });
  const restoreTo = (to: { url: string; encryptionKey: string }, path: string) =>
    restore({ store: to, backup: readManifest(path), clock: systemClock });

  it('refuses while a bot has the store, and changes nothing', async () => {
    const { path } = await make();
    await expect(restoreTo(options, path)).rejects.toMatchObject({ code: 'locked' });
    expect(readdirSync(join(folder, 'data')).filter((name) => /before|restoring/.test(name))).toEqual([]);
  });

  it('refuses another key, a changed file, and a file alone, before anything is touched', async () => {
    const { path } = await make();
    const wrong = { ...elsewhere(), encryptionKey: Buffer.alloc(32, 8).toString('base64') };
    await expect(restoreTo(wrong, path)).rejects.toMatchObject({ code: 'wrong_key' });
    appendFileSync(path, 'x');
    await expect(restoreTo(elsewhere(), path)).rejects.toMatchObject({ code: 'changed' });
    expect(() => readManifest(join(folder, 'none.db'))).toThrow(expect.objectContaining({ code: 'no_backup' }));
    rmSync(`${path}.json`);
    expect(() => readManifest(path)).toThrow(expect.objectContaining({ code: 'no_manifest' }));
    expect(readdirSync(join(folder, 'new')).filter((name) => name.endsWith('.db'))).toEqual([]);
  });

  it('moves what was there aside, and purchases are stopped in what takes its place', async () => {
    const { path } = await make();
    await note('b');
    await store.close();
    const { before } = await restoreTo(options, path);
    const aside = await openStoreBeside({ url: `sqlite://${before}`, encryptionKey });
    expect(await aside.records('notes', noteSchema).get('b')).toBeDefined();
    await aside.close();
    store = await openStore(options);
    expect(await store.records('notes', noteSchema).get('b')).toBeUndefined();
    expect(
      await store.records('stops', z.looseObject({ version: z.number() })).holder('purchases/stopped'),
    ).toBeDefined();
  });
});

describe('a drill', () => {
  const nothing = { items: [], page: 1, lastPage: 1, total: 0, skipped: 0 };
  const vendor = {
    orders: async () => nothing,
    balance: async () => ({ amount: '1', currency: 'USD' }),
  } as unknown as Parameters<typeof drill>[0]['vendor'];

  it('restores the newest backup aside, and leaves nothing behind', async () => {
    const { file } = await make();
    mkdirSync(join(folder, 'tmp'));
    const before = process.env.TMPDIR;
    process.env.TMPDIR = join(folder, 'tmp');
    try {
      const { signal } = new AbortController();
      const drilled = await drill({
        store: options,
        folder: backups,
        isFresh: false,
        vendor,
        clock: systemClock,
        signal,
      });
      expect(drilled).toMatchObject({ backup: { file }, isFresh: false, records: { notes: 1 }, lost: null });
      await expect(
        drill({
          store: options,
          folder: backups,
          isFresh: true,
          vendor,
          clock: systemClock,
          signal: AbortSignal.abort(),
        }),
      ).rejects.toMatchObject({ name: 'AbortError' });
      expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
    expect(backupsIn(backups)).toHaveLength(1);
  });
});
