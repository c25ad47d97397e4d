import { DAY_MS } from '../../lib/index.ts';
import type { PrivacyContext } from '../context.ts';

/**
 * What somebody is in, for now with their name. `open`: it is not over. `codes`: codes of it wait, or are still kept.
 * `young`: it has been over for too short a time. `stays`: it answers for what was done for the whole server.
 */
export type Wait = 'open' | 'codes' | 'young' | 'stays';

export const remnantKinds = [
  'order',
  'received',
  'decided',
  'campaign',
  'place',
  'case',
  'template',
  'budget',
  'admin',
] as const;
export type Kind = (typeof remnantKinds)[number];

/** A record that somebody is in. */
export interface Remnant {
  readonly kind: Kind;
  /** Its namespace and key. */
  readonly record: string;
  /** When it began. */
  readonly at: number;
  /** Why it is not erased now; nothing, where it can be. */
  readonly wait: Wait | undefined;
  /** From when on it may be erased, of one that is too young. */
  readonly readyAt?: number;
  /** What is theirs of it, in words that they can read. */
  readonly says: object;
  /** Takes them out of it, in guarded writes, and says whether it did. May be repeated after a crash at any point. */
  erase?(): Promise<boolean>;
}

/** Whose remnants are looked for. */
export interface Person {
  readonly guild: string;
  readonly user: string;
}

/** Why a record waits that is over by itself. `ended`: its last step. */
export function youth(ctx: Pick<PrivacyContext, 'clock' | 'eraseAfterMs'>, ended: number) {
  const readyAt = ended + ctx.eraseAfterMs;
  return ctx.clock.now() < readyAt ? { wait: 'young' as const, readyAt } : { wait: undefined };
}

export const dayText = (at: number): string => new Date(at).toISOString();

/** Of a month that was over when it ended. */
export const MONTH_MS = 31 * DAY_MS;
