import { describeStoreContract } from './contract/index.ts';
import { openMemoryBench } from './memory-bench.ts';

describeStoreContract('memory, for the simulation', openMemoryBench);
