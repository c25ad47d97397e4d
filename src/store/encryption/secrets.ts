import { z } from 'zod';
import { neededFor, type ShapeSteps, shapesOf } from '../versions/shapes.ts';
import type { Vault } from './vault.ts';

/** The store's own namespace, in which its secrets are also the key check value. */
export const ownNamespace = 'store';
export const secretsKey = 'secrets';

/** Fields that only a later version knows are kept. */
export const secretsSchema = z.looseObject({
  /** Random, made with the store and never changed: fingerprints and the seal of records are made by it. */
  fingerprintKey: z.base64().length(44),
  /**
   * Since when all records are authentic, and how many of a store from before were believed then. It stands here, where
   * nobody can take it away without the key, for without it all records are believed once more.
   */
  authentic: z.object({ at: z.number(), records: z.int().min(0), isUnderWay: z.boolean().optional() }).optional(),
  /** The highest shapes that records may have been written in. */
  shapes: z.record(z.string(), z.int().positive()).optional(),
  /** The version of Cardigan that can read these shapes. */
  needs: z.string().optional(),
  /** Nothing in the vault is under any other key than the one that this is under, as was looked once. */
  isUnderOneKey: z.boolean().optional(),
});
export type Secrets = z.infer<typeof secretsSchema>;
export type SecretsVault = Vault<Secrets>;

export const firstSecrets = (fingerprintKey: Buffer, steps: ShapeSteps): Secrets => ({
  fingerprintKey: fingerprintKey.toString('base64'),
  authentic: { at: Date.now(), records: 0 },
  shapes: shapesOf(steps),
  needs: neededFor(steps),
  isUnderOneKey: true,
});
