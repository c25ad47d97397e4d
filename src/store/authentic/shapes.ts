import type { Shapes } from './record-seal.ts';

/**
 * The shapes of records that this version writes. A namespace gets the next number here once it is given something that
 * an older Cardigan would misread; fields that it may leave out are no new shape.
 */
export const shapes: Shapes = {
  // 2: what is held may lie in pages beside it.
  budgets: 2,
  // 2: like orders may be out at once, each under a name of its own; before, one at a time, under that of its lane.
  orders: 2,
};
