import { type Clock, Problem } from '../../lib/index.ts';

/** So many calls of CardPlusPay somebody may cause at once; each comes back after so long. */
export const MOST_CALLS = 100;
export const CALL_EVERY_MS = 1_000;
/** More people than these are not kept in mind once all of their calls have come back. */
const MOST_PEOPLE = 1_000;

export type Pace = ReturnType<typeof createPace>;

/**
 * A bucket of calls for each person, in the memory of this process: each process serves servers of its own, and who waits
 * for a restart has all of them back.
 */
export function createPace({ now }: Pick<Clock, 'now'>) {
  const buckets = new Map<string, { readonly calls: number; readonly at: number }>();
  const callsOf = (user: string): number => {
    const { calls, at } = buckets.get(user) ?? { calls: MOST_CALLS, at: now() };
    return Math.min(MOST_CALLS, calls + Math.max(0, now() - at) / CALL_EVERY_MS);
  };
  return {
    /** Takes so many out of this person's, or throws `asked_too_often`, which says when there are enough again. */
    take(user: string, wanted: number): void {
      const calls = callsOf(user);
      if (calls < wanted) {
        throw new Problem('asked_too_often', { seconds: Math.ceil(((wanted - calls) * CALL_EVERY_MS) / 1000) });
      }
      if (buckets.size >= MOST_PEOPLE)
        for (const each of buckets.keys()) if (callsOf(each) >= MOST_CALLS) buckets.delete(each);
      buckets.set(user, { calls: calls - wanted, at: now() });
    },
  };
}
