import { databaseOn } from '../../src/store/database.ts';
import { openStoreOn } from '../../src/store/open.ts';
import { createMemory, createMemoryTables } from '../simulation/memory-tables.ts';
import type { Bench } from './contract/bench.ts';
import { keepWriting, moveOrders } from './contract/order.ts';

/** The store that the simulation runs on. What dies here is a connection: nothing after its last call has any effect. */
export async function openMemoryBench(): Promise<Bench> {
  const memory = createMemory();
  let hook = () => {};
  const connect = async (step = () => hook()) =>
    databaseOn({ tables: createMemoryTables(memory, step), keyFile: undefined });
  const die = (): never => {
    throw new Error('dead');
  };
  return {
    connect: () => connect(),
    open: async (key) => openStoreOn(await connect(), key),
    beforeEachCall(next) {
      hook = next;
      return () => {
        hook = () => {};
      };
    },
    async moveOrdersDyingAt(call, key) {
      let calls = Number.NEGATIVE_INFINITY;
      const database = await connect(() => {
        if (++calls >= call) die();
      });
      const store = await openStoreOn(database, key);
      calls = 0;
      return moveOrders(store).then(
        () => 'finished' as const,
        () => 'killed' as const,
      );
    },
    async keepWritingUntilKilled(versions, key) {
      let isDead = false;
      let said = 0;
      let lines = 0;
      const store = await openStoreOn(await connect(() => isDead && die()), key);
      const say = (version: number) => {
        said = version;
        isDead = ++lines === versions;
      };
      await keepWriting(store, say).catch(() => undefined);
      return said;
    },
    toFirstLayout: async () => {},
    dispose: async () => {},
  };
}
