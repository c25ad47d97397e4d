import type { Clock } from '../lib/index.ts';
import { type CheckId, checks, type DoctorCheck } from './checks.ts';
import { createDoctorContext, type DoctorContext, Untold } from './context.ts';
import { type Finding, finding, severity } from './findings.ts';
import type { BotProbes, Machine } from './ports.ts';
import { type Audience, type CheckResult, type Outcome, worstOf } from './result.ts';

/** What is examined: the machine by the command line alone; the bot, where it could be set up. */
export interface Patient {
  readonly machine?: Machine;
  readonly bot?: BotProbes;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly audience: Audience;
}

export interface Examination {
  readonly worst: ReturnType<typeof worstOf>;
  readonly checks: readonly CheckResult[];
}

/** A check that takes longer has met something that does not answer, whatever the limits of its requests. */
const LONGEST_MS = 60_000;

const audiences: readonly Audience[] = ['server', 'account', 'operator'];

/** Which checks that audience sees, in the order of their numbers. */
export function checksFor(audience: Audience): CheckId[] {
  const isSeen = (id: CheckId) => audiences.indexOf(checks[id].audience) <= audiences.indexOf(audience);
  return (Object.keys(checks) as CheckId[]).filter(isSeen);
}

/** Makes all checks side by side, each as soon as those that it needs are through, and changes nothing. Never rejects. */
export async function examine(patient: Patient): Promise<Examination> {
  const ctx = patient.bot && createDoctorContext(patient.bot);
  const results = new Map<string, Promise<Made>>();
  const make = (id: CheckId): Promise<Made> => {
    const known = results.get(id) ?? makeCheck(patient, ctx, id, make);
    results.set(id, known);
    return known;
  };
  const made = await Promise.all(checksFor(patient.audience).map(make));
  const found = made.map(({ result }) => result);
  return { worst: worstOf(found), checks: found };
}

interface Made {
  readonly result: CheckResult;
  /** The check that is in the way of those that need this one. */
  readonly blocks: string | undefined;
}

async function makeCheck(
  patient: Patient,
  ctx: DoctorContext | undefined,
  id: CheckId,
  make: (id: CheckId) => Promise<Made>,
): Promise<Made> {
  const check: DoctorCheck = checks[id];
  const { number } = check;
  const needed = await Promise.all(needsOf(check, patient).map((each) => make(each)));
  const because = needed.find(({ blocks }) => blocks !== undefined)?.blocks;
  if (because !== undefined) {
    return { result: { number, id, state: 'skipped', findings: [], notes: [], because }, blocks: because };
  }
  const outcome = await attemptCheck(patient, ctx, check);
  const { findings, notes = [] } = outcome;
  const state = stateOf(findings);
  const stops = outcome.stops ?? state === 'failure';
  return { result: { number, id, state, findings, notes }, blocks: stops ? id : undefined };
}

/** Inside the bot the environment was read long ago. */
function needsOf({ needs }: DoctorCheck, { machine }: Patient): CheckId[] {
  return (needs as readonly CheckId[]).filter((id) => machine !== undefined || checks[id].audience !== 'operator');
}

async function attemptCheck(patient: Patient, ctx: DoctorContext | undefined, check: DoctorCheck): Promise<Outcome> {
  const over = new AbortController();
  const late = patient.clock.sleep(LONGEST_MS, over.signal).then(() => broken('no end'));
  late.catch(() => undefined);
  try {
    return await Promise.race([run(patient, ctx, check), late]);
  } catch (error) {
    if (error instanceof Untold) return { findings: [error.finding] };
    // By its class: its message may hold an address.
    return broken(error instanceof Error ? error.constructor.name : typeof error);
  } finally {
    over.abort();
  }
}

const broken = (error: string): Outcome => ({ findings: [finding('check_broke', { error })] });

async function run({ machine }: Patient, ctx: DoctorContext | undefined, check: DoctorCheck): Promise<Outcome> {
  if ('bot' in check && ctx) return check.bot(ctx, machine);
  if ('run' in check && machine) return check.run(machine);
  return broken('no probe');
}

function stateOf(findings: readonly Finding[]): 'ok' | 'warning' | 'failure' {
  const all = findings.map(({ code }) => severity[code]);
  if (all.includes('failure')) return 'failure';
  return all.includes('warning') ? 'warning' : 'ok';
}
