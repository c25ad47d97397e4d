import { setImmediate as turn } from 'node:timers/promises';

const SLICE = 250;

/** Visits every item, and lets the event loop turn after each few hundred, so that nobody waits for it. */
export async function inSlices<T>(items: Iterable<T>, visit: (item: T) => void): Promise<void> {
  let count = 0;
  for (const item of items) {
    visit(item);
    if (++count % SLICE === 0) await turn();
  }
}
