import { type Secrets, type SecretsVault, secretsKey } from '../encryption/secrets.ts';
import type { Database } from '../storage.ts';
import { StoreError } from '../store-error.ts';
import { laterVersion } from '../versions/needed.ts';
import { hasLater, neededFor, refuseLaterShapes, type ShapeSteps, shapesOf } from '../versions/shapes.ts';
import type { RecordSeal } from './record-seal.ts';
import type { GuardedRow } from './stored.ts';

const WALK_BY = 200;

async function* pages(database: Pick<Database, 'rows'>): AsyncGenerator<GuardedRow[], void> {
  for (let after = 0; ; ) {
    const rows = await database.rows(after, WALK_BY);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.seq;
  }
}

/** All guarded records, in the order in which they were made. */
export async function* everyRow(database: Pick<Database, 'rows'>): AsyncGenerator<GuardedRow, void> {
  for await (const rows of pages(database)) yield* rows;
}

/** What is to be proven of a store before anybody reads it. */
export interface Proof {
  readonly database: Database;
  readonly seal: RecordSeal;
  readonly secretsVault: SecretsVault;
}

/**
 * Makes every record of a store from before authentic: whatever it says is believed, this once. Can be cut short anywhere
 * and begun again: that it has begun is on record before the first one is sealed, so that secrets from before, put beside
 * records that are sealed, are noticed. Gives what is on record of it.
 */
export async function authenticateOnce(proof: Proof, secrets: Secrets): Promise<NonNullable<Secrets['authentic']>> {
  const { authentic } = secrets;
  if (authentic && !authentic.isUnderWay) return authentic;
  if (!authentic) await begin(proof);
  const records = await authenticateAll(proof);
  return note(proof, { at: Date.now(), records });
}

async function begin({ database, seal, secretsVault }: Proof): Promise<void> {
  for await (const row of everyRow(database)) {
    if (seal.judge(row) === 'unsealed') continue;
    // Another process may have begun it just now.
    if ((await secretsVault.open(secretsKey))?.authentic) return;
    throw new StoreError(
      'broken',
      "The store's secrets are older than its records: somebody has put them back. Restore the whole store from one backup.",
    );
  }
  await note({ secretsVault }, { at: Date.now(), records: 0, isUnderWay: true });
}

/** Unless it is over: another process may have been faster. */
async function note({ secretsVault }: Pick<Proof, 'secretsVault'>, next: NonNullable<Secrets['authentic']>) {
  let noted = next;
  await secretsVault.seal(secretsKey, (known) => {
    if (!known) throw new StoreError('broken', "The store's secrets went away while it was opened.");
    noted = known.authentic && !known.authentic.isUnderWay ? known.authentic : next;
    return { ...known, authentic: noted };
  });
  return noted;
}

/** One with a seal that does not fit stays as it is, and is unreadable. Gives how many are authentic now. */
async function authenticateAll({ database, seal }: Proof): Promise<number> {
  let authentic = 0;
  for await (const rows of pages(database)) {
    const judged = rows.map((row) => ({ row, is: seal.judge(row) }));
    const changes = judged.filter(({ is }) => is === 'unsealed').map(({ row }) => sealed(row, seal));
    if (changes.length > 0) await database.exchangeAll(changes);
    authentic += judged.filter(({ is }) => is !== 'not_authentic').length;
  }
  return authentic;
}

function sealed({ namespace, key, stored: { text, version }, ...beside }: GuardedRow, seal: RecordSeal) {
  return { namespace, key, seen: text, next: seal.close(namespace, key, version, text, beside) };
}

/**
 * Writes down which shapes this version writes, before it does, and which version can read them. Throws `newer` where the
 * store has later ones.
 */
export async function requireShapes(secretsVault: SecretsVault, secrets: Secrets, steps: ShapeSteps): Promise<void> {
  const ours = shapesOf(steps);
  refuseLaterShapes(secrets, ours);
  if (!hasLater(ours, secrets.shapes)) return;
  await secretsVault.seal(secretsKey, (now) => {
    if (!now) throw new StoreError('broken', "The store's secrets went away while it was opened.");
    // Another process, of a later version, may have been faster.
    refuseLaterShapes(now, ours);
    return { ...now, shapes: { ...now.shapes, ...ours }, needs: laterVersion(now.needs ?? '0.0.0', neededFor(steps)) };
  });
}
