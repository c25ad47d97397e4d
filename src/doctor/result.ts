import type { Finding } from './findings.ts';
import type { Note } from './notes.ts';

/** Who is shown a check in Discord: nobody, admins of the first server, or those of any. */
export type Audience = 'operator' | 'account' | 'server';

export type CheckState = 'ok' | 'warning' | 'failure' | 'skipped';

/** What a check came to. */
export interface Outcome {
  readonly findings: readonly Finding[];
  /** What is worth knowing where all is well. */
  readonly notes?: readonly Note[];
  /** Whether checks that need this one are skipped; without a word, where something failed. */
  readonly stops?: boolean;
}

/** Another check is in the way, whatever this one needs. */
export interface Skipped {
  readonly because: string;
}

export interface CheckResult {
  readonly number: number;
  readonly id: string;
  readonly state: CheckState;
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  /** The check that failed, for one that is skipped. */
  readonly because?: string;
}

export const well = (...notes: Note[]): Outcome => ({ findings: [], notes });
export const wrong = (...findings: Finding[]): Outcome => ({ findings });

/** Of all checks, the worst. */
export function worstOf(results: readonly Pick<CheckResult, 'state'>[]): 'ok' | 'warning' | 'failure' {
  const has = (state: CheckState) => results.some((each) => each.state === state);
  if (has('failure')) return 'failure';
  return has('warning') ? 'warning' : 'ok';
}
