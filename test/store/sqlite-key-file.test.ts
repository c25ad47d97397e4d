import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openStore, type Store } from '../../src/store/open.ts';
import { newKey } from './contract/bench.ts';
import { openSqliteBench, type SqliteBench } from './sqlite-bench.ts';

let bench: SqliteBench;
let keyFile: string;
let store: Store | undefined;

beforeEach(async () => {
  bench = await openSqliteBench();
  keyFile = `${bench.path}.key`;
});

afterEach(async () => {
  await store?.close();
  store = undefined;
  await bench.dispose();
});

async function open(encryptionKey?: string): Promise<Store> {
  await store?.close();
  store = undefined;
  store = await openStore({ url: bench.url, encryptionKey });
  return store;
}

const vaultOf = (opened: Store) => opened.vault(z.string());
const keyText = async () => (await readFile(keyFile, 'utf8')).trim();

describe('a new SQLite store without ENCRYPTION_KEY', () => {
  it('makes a key file for its owner only, says where, and reads it from then on', async () => {
    const first = await open('');
    expect(first.notices).toEqual([expect.stringContaining(keyFile)]);
    expect(first.notices.join()).not.toContain(await keyText());
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    expect(Buffer.from(await keyText(), 'base64')).toHaveLength(32);
    await vaultOf(first).seal('o1', 'code');
    const second = await open();
    expect(second.notices).toEqual([]);
    expect(await vaultOf(second).open('o1')).toBe('code');
  });

  it('has its key on the disk before anything is sealed, wherever its first start is cut', async () => {
    for (let at = 1; ; at++) {
      let calls = 0;
      const restore = bench.beforeEachCall(() => {
        if (++calls === at) throw new Error('injected');
      });
      const opened = await open().catch(() => undefined);
      restore();
      if (opened && calls < at) break;
      expect(opened).toBeUndefined();
      await vaultOf(await open()).seal('o1', `code ${at}`);
      expect(await vaultOf(await open()).open('o1')).toBe(`code ${at}`);
      await store?.close();
      await rm(dirname(bench.path), { recursive: true });
    }
    expect(await keyText()).not.toBe('');
  });

  it('makes no key file when a key is given', async () => {
    const opened = await open(newKey());
    expect(opened.notices).toEqual([]);
    expect((await readdir(dirname(bench.path))).filter((name) => name.includes('.key'))).toEqual([]);
  });

  it('says so when the key file cannot be made, and seals nothing', async () => {
    await mkdir(`${keyFile}.new`, { recursive: true });
    await expect(open()).rejects.toMatchObject({ code: 'unwritable' });
    await rm(`${keyFile}.new`, { recursive: true });
    expect((await open()).notices).toHaveLength(1);
  });
});

describe('a SQLite store that has a key', () => {
  it('does not start without it, and never makes another', async () => {
    await open();
    const key = await keyText();
    await rm(keyFile);
    await expect(open()).rejects.toMatchObject({
      code: 'missing_key',
      message: expect.stringContaining(keyFile),
    });
    await expect(stat(keyFile)).rejects.toThrow('ENOENT');
    await expect(open(key)).resolves.toBeDefined();
  });

  it('does not start with a key file that is damaged, empty or another store’s', async () => {
    await open();
    await writeFile(keyFile, 'half a k');
    await expect(open()).rejects.toMatchObject({
      code: 'bad_key',
      message: expect.stringContaining(keyFile),
    });
    await writeFile(keyFile, '');
    await expect(open()).rejects.toMatchObject({ code: 'missing_key' });
    await writeFile(keyFile, newKey());
    await expect(open()).rejects.toMatchObject({ code: 'wrong_key' });
  });

  it('moves from its key file to ENCRYPTION_KEY as a rotation, and not otherwise', async () => {
    await vaultOf(await open()).seal('o1', 'code');
    const next = newKey();
    await expect(open(next)).rejects.toMatchObject({
      code: 'wrong_key',
      message: expect.stringContaining(keyFile),
    });
    const rotated = await open(`${next},${await keyText()}`);
    expect(rotated.notices).toEqual([expect.stringContaining(keyFile)]);
    await expect(open()).rejects.toMatchObject({ code: 'wrong_key' });
    await rm(keyFile);
    expect(await vaultOf(await open(next)).open('o1')).toBe('code');
  });
});
