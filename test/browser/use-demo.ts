import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type Demo, startDemo } from './start-demo.ts';
import { type Visit, visit } from './visit.ts';

/** One demo for all tests of a block, and a browser of its own for each, which must end without an error. */
export function useDemo(chromium: string, arrive: (there: Visit) => void): void {
  let demo: Demo;
  let there: Visit;

  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => demo.stop());
  beforeEach(async () => {
    there = await visit(chromium, demo.url);
    await there.serving();
    arrive(there);
  });
  afterEach(async () => {
    const { errors } = there;
    await there.end();
    expect(errors).toEqual([]);
  });
}
