import { DatabaseSync } from 'node:sqlite';
import type { CardPlusPayOptions } from '../../../sandbox/cardpluspay/start-cardpluspay.ts';
import type { CheckId, FindingCode } from '../../../src/doctor/index.ts';
import type { Clinic } from '../clinic.ts';

/** What is found, by which check. */
export type Found = `${CheckId}: ${FindingCode}`;

/** One way in which a set-up goes wrong. */
export interface Seed {
  readonly name: string;
  /** How it goes wrong. */
  sow(clinic: Clinic): unknown;
  /** What has to be found, in the order of the checks: of itself, and what follows from it. Nothing else may be. */
  readonly finds: readonly Found[];
  /** What cannot be checked because of it. */
  readonly skips?: readonly CheckId[];
  readonly vendor?: () => CardPlusPayOptions;
  /** Only root gives a file to somebody else. */
  readonly isForRoot?: true;
}

export const ofServers = ['rights', 'channels', 'roles', 'commands'] as const;
export const ofToken = [
  'discord_clock',
  'intents',
  'endpoint',
  'install_link',
  'sign_ins',
  'servers',
  ...ofServers,
] as const;
export const ofDiscord = ['token', ...ofToken] as const;
const ofRecords = ['channels', 'roles', 'purchases', 'comparison', 'books', 'orders', 'backup'] as const;
export const ofKey = ['store_writable', ...ofRecords] as const;
export const ofShape = ['encryption_key', ...ofKey] as const;
export const ofStore = ['store_shape', ...ofShape] as const;
export const ofSignature = ['balance', 'catalog', 'stock', 'books'] as const;
export const ofApiKey = ['signature', ...ofSignature] as const;
export const ofVendor = ['api_key', 'cardpluspay_clock', ...ofApiKey] as const;
const ofFiles = ['store_folder', 'database_file', 'key_file', 'disk_space'] as const;
export const ofEnvironment = [
  ...ofFiles,
  'store_opens',
  ...ofStore,
  'discord',
  ...ofDiscord,
  'cardpluspay',
  ...ofVendor,
] as const;

/** Changes the database past everything that Cardigan does. */
export function inDatabase({ database }: Clinic, ...statements: readonly string[]): void {
  using db = new DatabaseSync(database);
  for (const statement of statements) db.exec(statement);
}
