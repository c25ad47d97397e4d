import { describe, inject } from 'vitest';
import { describeStoreContract } from './contract/index.ts';
import { openPostgresBench } from './postgres-bench.ts';

describe.skipIf(!inject('postgresUrl'))('where there is a PostgreSQL', () => {
  describeStoreContract('PostgreSQL', openPostgresBench);
});
