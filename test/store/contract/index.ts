import { describe } from 'vitest';
import { describeAuthentic } from './authentic.ts';
import type { OpenBench } from './bench.ts';
import { describeCrashes } from './crashes.ts';
import { describeFailures } from './failures.ts';
import { describeKeys } from './keys.ts';
import { describeKeyv } from './keyv.ts';
import { describeLocks } from './locks.ts';
import { describeModel } from './model.ts';
import { describeRemovals } from './removals.ts';
import { describeTags } from './tags.ts';
import { describeVault } from './vault.ts';
import { describeWrites } from './writes.ts';

/** What Cardigan relies on, for any database. `open` brings an empty one. */
export function describeStoreContract(name: string, open: OpenBench): void {
  describe(`the store on ${name}`, () => {
    describeKeyv(open);
    describeWrites(open);
    describeRemovals(open);
    describeTags(open);
    describeLocks(open);
    describeModel(open);
    describeFailures(open);
    describeAuthentic(open);
    describeVault(open);
    describeKeys(open);
    describeCrashes(open);
  });
}
