import type { ProblemCode, ProblemParams } from '../lib/index.ts';

/** A sentence for each problem, two lines each: what happened, then what it means for the money and what to do. */
export type ProblemWords = { [Code in ProblemCode]: (params: ProblemParams[Code]) => string };
