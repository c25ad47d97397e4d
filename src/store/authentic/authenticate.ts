import { type Secrets, type SecretsVault, secretsKey } from '../encryption/secrets.ts';
import type { Database } from '../storage.ts';
import { StoreError } from '../store-error.ts';
import type { RecordSeal, Shapes } from './record-seal.ts';
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

/** Writes down which shapes this version writes, before it does. Throws `newer` where the store has later ones. */
export async function requireShapes(secretsVault: SecretsVault, { shapes: known = {} }: Secrets, ours: Shapes) {
  refuseLaterShapes(known, ours);
  const isNews = Object.entries(ours).some(([namespace, shape]) => shape > (known[namespace] ?? 1));
  if (!isNews) return;
  await secretsVault.seal(secretsKey, (secrets) => {
    if (!secrets) throw new StoreError('broken', "The store's secrets went away while it was opened.");
    return { ...secrets, shapes: { ...secrets.shapes, ...ours } };
  });
}

/** Throws `newer` where a store may have records of later shapes than ours. */
export function refuseLaterShapes(known: Shapes, ours: Shapes): void {
  const isLater = Object.entries(known).some(([namespace, shape]) => shape > (ours[namespace] ?? 1));
  if (isLater) throw new StoreError('newer', 'The store was written by a later version of Cardigan: run that version.');
}
