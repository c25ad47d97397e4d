import { createRecordSeal } from '../authentic/record-seal.ts';
import type { StoreOptions } from '../check-options.ts';
import { checkAddress, databaseOn } from '../database.ts';
import { unlockBeside } from '../encryption/unlock.ts';
import { createStore, type Store } from '../open.ts';
import { StoreError } from '../store-error.ts';
import { refuseLaterShapes, type Shapes, shapeSteps, shapesOf } from '../versions/shapes.ts';

/** A store that is only read: whatever would change something rejects with a StoreError (`unwritable`). */
export interface StoreBeside extends Omit<Store, 'lock' | 'notices'> {
  readonly layout: number;
  /** Whether whoever serves it could write. */
  takesWrites(): Promise<boolean>;
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
    const ours = shapesOf(shapeSteps);
    refuseLaterShapes(unlocked.secrets, ours);
    if (!authentic || authentic.isUnderWay) throw new StoreError('older', BEFORE);
    const storeKey = Buffer.from(fingerprintKey, 'base64');
    const seal = createRecordSeal(storeKey, ours);
    const opened = { ...unlocked, storeKey, seal, steps: shapeSteps, authentic };
    const { lock: _, notices: __, ...store } = createStore(database, opened);
    return { ...store, layout: connected.layout, takesWrites: connected.takesWrites, shapes };
  } catch (error) {
    await database.close();
    throw error;
  }
}

const BEFORE =
  'This store is from before records were authenticated: start Cardigan once, and it takes the store over.';
