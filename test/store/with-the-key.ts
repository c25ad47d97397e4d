import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { createRecordSeal } from '../../src/store/authentic/record-seal.ts';
import { createCipher } from '../../src/store/encryption/cipher.ts';
import { shapeSteps, shapesOf } from '../../src/store/versions/shapes.ts';

type Stored = Record<string, unknown>;

const envelope = z.object({ value: z.object({ entry: z.object({ fingerprintKey: z.string() }) }) });

/** Somebody with the database in their hands, past everything that Cardigan does. */
export function tamper<T>(file: string, work: (db: DatabaseSync) => T): T {
  using db = new DatabaseSync(file);
  db.exec('PRAGMA foreign_keys = OFF');
  return work(db);
}

const where = 'WHERE namespace = ? AND key = ?';
const read = (db: DatabaseSync, namespace: string, key: string) =>
  db.prepare(`SELECT * FROM entries ${where}`).get(namespace, key);

/** Changes a record as somebody does who can write to the database, and has no key. */
export function edit(file: string, namespace: string, key: string, change: (record: Stored) => unknown): void {
  tamper(file, (db) => {
    const stored = JSON.parse(String(read(db, namespace, key)?.value));
    change(stored.value);
    db.prepare(`UPDATE entries SET value = ? ${where}`).run(JSON.stringify(stored), namespace, key);
  });
}

/** As `edit`, by somebody who has the key file as well: the record is authentic afterwards. */
export function editWithKey(file: string, namespace: string, key: string, change: (record: Stored) => unknown): void {
  tamper(file, (db) => {
    const row = read(db, namespace, key);
    const names = (table: string) =>
      db
        .prepare(`SELECT name FROM ${table} WHERE entry = ?`)
        .all(Number(row?.seq))
        .map(({ name }) => String(name));
    const { value } = JSON.parse(String(row?.value));
    change(value);
    const lists = { tags: names('tags'), holds: names('holds') };
    const body = JSON.stringify({ value });
    const text = sealOf(db, file).close(namespace, key, Number(row?.version), body, lists);
    db.prepare(`UPDATE entries SET value = ? ${where}`).run(text, namespace, key);
  });
}

function sealOf(db: DatabaseSync, file: string) {
  const cipher = createCipher([createSecretKey(readFileSync(`${file}.key`, 'utf8').trim(), 'base64')]);
  const secrets = envelope.parse(JSON.parse(cipher.decrypt(String(read(db, 'store', 'secrets')?.value))));
  return createRecordSeal(Buffer.from(secrets.value.entry.fingerprintKey, 'base64'), shapesOf(shapeSteps));
}
