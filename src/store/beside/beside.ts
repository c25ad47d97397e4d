import { refuseLaterShapes } from '../authentic/authenticate.ts';
import { createRecordSeal, type Shapes } from '../authentic/record-seal.ts';
import { shapes as ourShapes } from '../authentic/shapes.ts';
import type { StoreOptions } from '../check-options.ts';
import { checkAddress, databaseOn } from '../database.ts';
import { unlockBeside } from '../encryption/unlock.ts';
import { createStore, type Store } from '../open.ts';
import { StoreError } from '../store-error.ts';

/** A store that is only read: whatever would change something rejects with a StoreError (`unwritable`). */
export interface StoreBeside extends Omit<Store, 'lock' | 'notices'> {
  readonly layout: number;
  /** The highest shapes that its records may have been written in; those that are not named have the first. */
  readonly shapes: Shapes;
}

/**
 * Opens the store for reading, also while a bot serves it, with its key proven. Makes nothing and changes nothing: no key
 * file, no tables, no rotation, no lock. Throws a StoreError: beside those of `openStore`, `absent` where nothing was ever
 * stored, and `older` where a start has to take it over first.
 */
export async function openStoreBeside({ url, encryptionKey }: StoreOptions): Promise<StoreBeside> {
  const connected = await checkAddress(url).beside(url);
  const database = databaseOn(connected);
  try {
    const unlocked = await unlockBeside(database, encryptionKey);
    const { authentic, shapes = {}, fingerprintKey } = unlocked.secrets;
    refuseLaterShapes(shapes, ourShapes);
    if (!authentic || authentic.isUnderWay) throw new StoreError('older', BEFORE);
    const storeKey = Buffer.from(fingerprintKey, 'base64');
    const seal = createRecordSeal(storeKey, ourShapes);
    const { lock: _, notices: __, ...store } = createStore(database, { ...unlocked, storeKey, seal, authentic });
    return { ...store, layout: connected.layout, shapes };
  } catch (error) {
    await database.close();
    throw error;
  }
}

const BEFORE =
  'This store is from before records were authenticated: start Cardigan once, and it takes the store over.';
