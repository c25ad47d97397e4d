import { isDeepStrictEqual } from 'node:util';
import { defaultPolicy } from '../../../src/policy/policy.ts';
import type { Settings } from '../../../src/policy/settings/settings.ts';

/** Rule 8: what changes of a policy is on record in the same write, after all that was on record before. */
export function setWrongly(before: Settings | undefined, after: Settings): string[] {
  const old = before?.changes ?? [];
  const from: Record<string, unknown> = before?.policy ?? defaultPolicy;
  const made = after.changes.slice(old.length);
  const isKept = isDeepStrictEqual(old, after.changes.slice(0, old.length));
  const isTold = ([field, to]: [string, unknown]) =>
    isDeepStrictEqual(from[field], to) ||
    made.some(
      (change) =>
        change.field === field &&
        isDeepStrictEqual(JSON.parse(change.from), from[field]) &&
        isDeepStrictEqual(JSON.parse(change.to), to),
    );
  const isRight = isKept && Object.entries(after.policy).every(isTold);
  return isRight ? [] : ['settings changed, and it is not on record'];
}
