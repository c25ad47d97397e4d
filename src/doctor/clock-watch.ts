/** Remembers how far CardPlusPay's clock was ahead of ours with its newest answer. */
export function createClockWatch() {
  let ahead: number | undefined;
  return {
    onClock(aheadMs: number): void {
      ahead = aheadMs;
    },
    clockAhead: (): number | undefined => ahead,
  };
}
