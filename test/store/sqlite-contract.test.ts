import { describeStoreContract } from './contract/index.ts';
import { openSqliteBench } from './sqlite-bench.ts';

describeStoreContract('SQLite', openSqliteBench);
