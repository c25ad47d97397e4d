import fc from 'fast-check';
import type { Part } from './gone.ts';
import { type Outcome, type Schedule, schedule, scheduleWithout, simulate } from './simulation.ts';
import { purchaseWords, wishOf, wordsOf } from './steps.ts';
import type { Setting } from './world.ts';

export interface Wanted {
  readonly runs: number;
  readonly seed: number;
  /** Of a failure that was found before: only that one is run. */
  readonly path?: string | undefined;
  /** In each run one of these goes for ever; any part, where none is named. Without this all faults end. */
  readonly gone?: readonly Part[] | undefined;
  readonly breaking?: Setting['breaking'];
  readonly breakingApprovals?: Setting['breakingApprovals'];
  readonly breakingCampaigns?: Setting['breakingCampaigns'];
  /** The first failure is given as it is, not made short. */
  readonly endOnFailure?: boolean;
  readonly onRun?: (outcome: Outcome) => void;
}

/** What a check of so many runs came to. */
export interface Finding {
  readonly runs: number;
  readonly failure?: {
    readonly seed: number;
    readonly path: string;
    readonly violation: string;
    readonly shortest: Schedule;
  };
}

/** Plays random schedules; the first that breaks an invariant is made as short as it goes. */
export async function checkModel(wanted: Wanted): Promise<Finding> {
  const { runs, seed, path, onRun, endOnFailure = false } = wanted;
  const { breaking, breakingApprovals, breakingCampaigns } = wanted;
  const drawn = wanted.gone ? scheduleWithout(...wanted.gone) : schedule;
  const property = fc.asyncProperty(drawn, async (each) => {
    const outcome = await simulate(each, { breaking, breakingApprovals, breakingCampaigns });
    onRun?.(outcome);
    if (outcome.violation !== undefined) throw new Error(outcome.violation);
  });
  const details = await fc.check<[Schedule]>(property, {
    ...{ numRuns: runs, seed, endOnFailure },
    ...(path !== undefined && { path }),
  });
  if (!details.failed) return { runs: details.numRuns };
  const shortest = details.counterexample?.[0];
  // Anything but an invariant is a mistake in the simulation itself.
  if (!shortest || !(details.errorInstance instanceof Error)) throw details.errorInstance;
  const violation = details.errorInstance.message;
  const failure = { seed, path: details.counterexamplePath ?? '', violation, shortest };
  return { runs: details.numRuns, failure };
}

/** A failure for people: what is wrong, how to see it again, and the shortest schedule that shows it. */
export async function failureText({ failure }: Finding): Promise<string> {
  if (!failure) return '';
  const { seed, path, violation, shortest } = failure;
  const { isShared, listMode, purchases, before, settings, lasting, steps, gone } = shortest;
  const happened: string[] = [];
  await simulate(shortest, { trace: (line) => happened.push(`  ${line}`) });
  return [
    `An invariant does not hold: ${violation}`,
    `Again: npm run simulate -- --seed ${seed} --path ${path}${gone ? ' --gone' : ''}`,
    `${isShared ? 'Two processes may share the store' : 'One process at a time'}; CardPlusPay's list: ${listMode}`,
    `  bought by others before: ${before.map((which) => JSON.stringify(wishOf(which))).join(', ')}; the list and frozen processes stay as they are for ${lasting} strides of the rest`,
    ...(gone ? [`  gone for ever, after ${gone.skip + 1} × ${gone.on}: ${gone.part}`] : []),
    `  set before: ${settings.join(', ') || 'nothing'}`,
    ...purchases.map((fate, at) => `  purchase ${at + 1} ${purchaseWords(fate)}`),
    ...steps.map((step) => `  ${wordsOf(step)}`),
    'What happened:',
    ...happened,
  ].join('\n');
}

/** A seed of the day's own, so that every run of the tests plays other schedules. */
export const newSeed = (): number => Math.floor(Math.random() * 2 ** 31);
