export interface Clock {
  /** Milliseconds since 1970: real time plus everything that was advanced. */
  now(): number;
  advance(ms: number): void;
}

/** Real time that a test can push forward, so that a token's 15 minutes can pass without waiting. */
export const createClock = (): Clock => {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    advance: (ms) => {
      ahead += ms;
    },
  };
};
