import type { Kind } from './bot-process.ts';

/** What one round brought, by the keys of the figure's rows. */
export type Readings = Record<string, number>;

export interface Row {
  readonly label: string;
  readonly unit: 'ms' | 's' | 'MiB' | 'a second' | '';
  /** To reach: the product's divided by the baseline's, or the figure itself where there is no baseline. */
  readonly aim?: string;
  /** The key of the reading that it is divided by, where the baseline has none. */
  readonly over?: string;
  /** What it is held back by. */
  readonly heldBackBy?: string;
}

export interface Settings {
  readonly short: boolean;
  /** Orders of the large store. */
  readonly largest: number;
  /** How many press at once, in turn. */
  readonly presses: readonly number[];
  readonly purchases: number;
}

/** Some figures that are measured together, with one bot. */
export interface Figure {
  readonly name: string;
  readonly kinds: readonly Kind[];
  /** How many rounds it has where so many were asked for: more where one is over soon, one where it takes long. */
  rounds?(runs: number): number;
  rows(settings: Settings): Readonly<Record<string, Row>>;
  measure(kind: Kind, settings: Settings): Promise<Readings>;
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * q) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
