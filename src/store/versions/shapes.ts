import { type Needed, neededBy, needsLater } from './needed.ts';

/** From one shape of a namespace's records to the next. */
export interface ShapeStep extends Needed {
  /**
   * What of a record is another one in the next shape; without it, it is read as it is. Applied to what was stored, before
   * any schema sees it, at each reading until the record is next written. So it is pure, and never changed again: it may
   * know nothing of how records are today.
   */
  readonly upgrade?: (stored: unknown) => unknown;
}

/** By namespace, the steps from the first shape on. */
export type ShapeSteps = Readonly<Record<string, readonly ShapeStep[]>>;

/** Shapes of records by their namespace; those that are not named have the first. */
export type Shapes = Readonly<Record<string, number>>;

/** Of a namespace in which what older versions of Cardigan cannot read was never written. */
export const FIRST_SHAPE = 1;

/**
 * A namespace gets a step here once it is given something that an older Cardigan would misread; fields that it may leave
 * out are none.
 */
export const shapeSteps: ShapeSteps = {
  budgets: [{ since: '1.0.0', does: 'what is held may lie in pages beside a budget' }],
  orders: [{ since: '1.0.0', does: 'like orders may be out at once, each under a name of its own' }],
};

/** The shapes that this version writes: the last of each list. */
export const shapesOf = (steps: ShapeSteps): Shapes =>
  Object.fromEntries(Object.entries(steps).map(([namespace, { length }]) => [namespace, FIRST_SHAPE + length]));

/** The version that can read all shapes of these lists. */
export const neededFor = (steps: ShapeSteps): string => neededBy(Object.values(steps).flat());

interface Written {
  readonly shapes?: Shapes | undefined;
  readonly needs?: string | undefined;
}

/** Throws `newer` where a store may have records of later shapes than ours. */
export function refuseLaterShapes({ shapes, needs }: Written, ours: Shapes): void {
  if (hasLater(shapes, ours)) throw needsLater(needs);
}

export const hasLater = (one: Shapes = {}, other: Shapes = {}): boolean =>
  Object.entries(one).some(([namespace, shape]) => shape > (other[namespace] ?? FIRST_SHAPE));

/** A record that was stored in an earlier shape, as one of the newest. */
export function upgraded(steps: readonly ShapeStep[] = [], shape: number, stored: unknown): unknown {
  return steps.slice(shape - FIRST_SHAPE).reduce((record, { upgrade }) => (upgrade ? upgrade(record) : record), stored);
}
