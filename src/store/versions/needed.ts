import { VERSION } from '../../lib/index.ts';
import { StoreError } from '../store-error.ts';

/** Something that versions before another one cannot read. */
export interface Needed {
  /** The first version of Cardigan that can. It is in CHANGELOG.md. */
  readonly since: string;
  /** As a part of a sentence. */
  readonly does: string;
}

/** The version that can read all of it. The lists are in the order in which they grew. */
export function neededBy(all: Iterable<Needed>): string {
  return [...all].map(({ since }) => since).reduce(laterVersion, '0.0.0');
}

export function laterVersion(one: string, other: string): string {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number));
  const at = [0, 1, 2].find((index) => a?.[index] !== b?.[index]);
  return at === undefined || Number(a?.[at]) > Number(b?.[at]) ? one : other;
}

/** `version`: as it stands in the store, where somebody may have written anything. */
export function needsLater(version: string | undefined): StoreError {
  const isOne = version !== undefined && /^\d{1,5}\.\d{1,5}\.\d{1,5}$/.test(version);
  const message = isOne
    ? `The store was written by Cardigan ${version} or later, and this is ${VERSION}: run ${version} or later. The store was not changed.`
    : `The store was written by a later version of Cardigan than this one, ${VERSION}: run that version. The store was not changed.`;
  return new StoreError('newer', message);
}
