import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { connectDatabase } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open.ts';
import { childrenOn } from './child.ts';
import type { Bench } from './contract/bench.ts';
import { beforeEachSqliteCall } from './sqlite-calls.ts';

export interface SqliteBench extends Bench {
  readonly url: string;
  readonly folder: string;
  readonly path: string;
}

export async function openSqliteBench(): Promise<SqliteBench> {
  const folder = await mkdtemp(join(tmpdir(), 'cardigan-store-'));
  const path = join(folder, 'data', 'cardigan.db');
  const url = `sqlite://${path}`;
  return {
    folder,
    path,
    url,
    connect: () => connectDatabase(url),
    open: (encryptionKey) => openStore({ url, encryptionKey }),
    beforeEachCall: beforeEachSqliteCall,
    ...childrenOn(url),
    async toFirstLayout() {
      const db = new DatabaseSync(path);
      db.exec('PRAGMA user_version = 1');
      db.close();
    },
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}
