/**
 * A count that has changed by less than this part of itself is worth no edit: of 10,000 cards the next two hundred, of fifty
 * the next one.
 */
const LITTLE = 0.02;
/** Nor is it left out for ever: so long after a message could have been edited again, it says every count as it is. */
export const LITTLE_WAITS_MS = 10 * 60_000;

interface Said {
  /** What the message says now. */
  readonly before: string | undefined;
  /** It is the last edit, or a small change has waited for long enough. */
  readonly isToBeExact: boolean;
}

/** What a message says that shows these counts: what it says already, where nothing but a count has changed, and by little. */
export function withCounts(state: string, counts: readonly number[], { before = '', isToBeExact }: Said): string {
  const now = [state, counts.join('.')].join('/');
  const [stateBefore, countsBefore = ''] = before.split('/');
  const shown = countsBefore.split('.').map(Number);
  const isSame = state === stateBefore && shown.length === counts.length;
  return isSame && !isToBeExact && counts.every((count, index) => isLittle(shown[index] ?? 0, count)) ? before : now;
}

/** None, or the first of all, is never little. */
function isLittle(before: number, now: number): boolean {
  if (before === now) return true;
  return before > 0 && now > 0 && Math.abs(now - before) < LITTLE * Math.max(before, now);
}
