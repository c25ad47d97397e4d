import { describe, inject } from 'vitest';
import { describeBeside } from './beside.ts';
import { openPostgresBench } from './postgres-bench.ts';

describe.skipIf(!inject('postgresUrl'))('PostgreSQL', () => describeBeside('PostgreSQL', openPostgresBench));
