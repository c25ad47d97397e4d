import { describeBeside } from './beside.ts';
import { openSqliteBench } from './sqlite-bench.ts';

describeBeside('SQLite', openSqliteBench);
