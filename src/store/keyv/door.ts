import type { Keyv } from 'keyv';
import type { z } from 'zod';
import { StoreError } from '../store-error.ts';

interface Envelope {
  readonly value?: unknown;
  /** Of a record that was stored in an earlier shape. */
  readonly shape?: number;
}

/**
 * Reads through Keyv. What fails in the database or the cipher is a StoreError already; anything else is text
 * that does not decode, and its error (JSON.parse quotes what it stumbles over) must not travel.
 */
export async function readThrough(keyv: Keyv, key: string): Promise<unknown> {
  return (await readEnvelope(keyv, key))?.value;
}

export async function readEnvelope(keyv: Keyv, key: string): Promise<Envelope | undefined> {
  requireKey(key);
  try {
    return (await keyv.getRaw(key)) as Envelope | undefined;
  } catch (error) {
    throw error instanceof StoreError ? error : unreadable(keyv, key, 'not decodable');
  }
}

/** Keyv answers false for some failures instead of throwing. */
export async function writeThrough(keyv: Keyv, key: string, value: unknown): Promise<void> {
  requireKey(key);
  if ((await keyv.set(key, value)) !== true)
    throw new StoreError('broken', `The store did not take ${nameOf(keyv, key)}.`);
}

/** The value as its schema makes it. Of what is wrong only a field's name and the kind of fault are told. */
export function parseStored<T>(schema: z.ZodType<T>, value: unknown, keyv: Keyv, key: string): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const issue = error.issues[0];
  throw unreadable(keyv, key, `${String(issue?.path[0] ?? 'record')}: ${issue?.code}`);
}

/** What `upgrade` makes of a value of an earlier shape. Its error could quote what it stumbles over. */
export function upgradeStored(upgrade: () => unknown, keyv: Keyv, key: string): unknown {
  try {
    return upgrade();
  } catch {
    throw unreadable(keyv, key, 'of an earlier shape, and not as that was');
  }
}

/** Keyv answers an empty key without asking the database. */
export function requireKey(key: string): void {
  if (key === '') throw new RangeError('a key must not be empty');
}

function unreadable(keyv: Keyv, key: string, fault: string): StoreError {
  return new StoreError('broken', `What is stored as ${nameOf(keyv, key)} is not valid (${fault}).`, {
    isUnreadable: true,
  });
}

function nameOf(keyv: Keyv, key: string): string {
  return `${keyv.namespace}/${key}`;
}
