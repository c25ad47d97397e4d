import { setTimeout as sleep } from 'node:timers/promises';

/** How long the way there and back takes, evenly spread; the same waits in the same order for the same seed. */
export interface Latency {
  minMs: number;
  maxMs: number;
  seed?: number;
}

/** A small generator of numbers from 0 to 1 (mulberry32). */
const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

/** One after the other, the milliseconds that a request takes there and back. */
export const createWays = ({ minMs, maxMs, seed = 1 }: Latency) => {
  const random = randomFrom(seed);
  return (): number => minMs + random() * (maxMs - minMs);
};

export type Delay = () => Promise<void>;

/** Waits for one way of a request's two. */
export const createDelay = (latency: Latency): Delay => {
  const next = createWays(latency);
  return () => sleep(next() / 2, undefined, { ref: false });
};
