import { expect } from 'vitest';
import { connectDatabase } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open.ts';
import { createScratchSchema, type ScratchSchema } from '../postgres/scratch-schema.ts';
import { childrenOn } from './child.ts';
import type { Bench } from './contract/bench.ts';
import { beforeEachPostgresCall } from './postgres-calls.ts';

export interface PostgresBench extends Bench {
  readonly url: string;
  readonly schema: ScratchSchema;
}

export async function openPostgresBench(): Promise<PostgresBench> {
  const schema = await createScratchSchema();
  const { url } = schema;
  const children = childrenOn(url);
  /** PostgreSQL ends what a killed process was at a little after it. */
  const settled = () => expect.poll(() => schema.connections(), { timeout: 30_000, interval: 10 }).toBe(0);
  return {
    schema,
    url,
    connect: () => connectDatabase(url),
    open: (encryptionKey) => openStore({ url, encryptionKey }),
    beforeEachCall: beforeEachPostgresCall,
    async moveOrdersDyingAt(call, key) {
      const end = await children.moveOrdersDyingAt(call, key);
      await settled();
      return end;
    },
    async keepWritingUntilKilled(versions, key) {
      const said = await children.keepWritingUntilKilled(versions, key);
      await settled();
      return said;
    },
    async toFirstLayout() {
      await schema.query(`ALTER TABLE ${schema.name}.entries DROP CONSTRAINT IF EXISTS authentic`);
      await schema.query(`UPDATE ${schema.name}.layout SET version = 1`);
    },
    dispose: () => schema.drop(),
  };
}
