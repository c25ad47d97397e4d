/** How long to wait after so many tries (from 1) in a row that failed, in ms: twice as long each time, up to a limit. */
export function backoff(tries: number, { first, longest }: { first: number; longest: number }): number {
  return Math.min(longest, first * 2 ** (tries - 1));
}
