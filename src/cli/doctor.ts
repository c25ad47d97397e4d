import { parseArgs } from 'node:util';
import { type CheckResult, type Examination, examine, severity } from '../doctor/index.ts';
import { en } from '../i18n/index.ts';
import { moneyText, systemClock, VERSION } from '../lib/index.ts';
import { findingText, noteText, type Shown } from '../views/index.ts';
import { createPatient } from './patient.ts';
import { runCommandLine } from './run.ts';

const words = en.doctor;

const codes = { ok: 0, warning: 1, failure: 2 };
const NOT_MADE = 3;

const shown: Shown = {
  time: (at) => `${new Date(at).toISOString().replace('T', ' ').slice(0, 16)} UTC`,
  place: (kind, { name }) => `${marks[kind]}${name}`,
  money: moneyText,
  // Whatever Discord and CardPlusPay call something, a terminal is not to obey it.
  text: (value) => value.replaceAll(/\p{C}/gu, ''),
};
const marks = { server: '', channel: '#', role: '@' };

const titleOf = (id: string) => words.titles[id as keyof typeof words.titles];

/** A line of a check, and beneath it what is wrong and what mends it. */
function checkLines({ number, id, state, findings, notes, because }: CheckResult): string[] {
  const aside =
    because === undefined ? notes.map((each) => noteText(each, en, shown)) : [words.skipped(titleOf(because))];
  const head = [titleOf(id), ...aside].filter(Boolean).join(': ');
  const found = findings.map((each) => findingText(each, en, shown));
  return [
    `${String(number).padStart(3)}  ${words.states[state].padEnd(11)}  ${head}`,
    ...found.flatMap(([what, mend]) => [`     ${what}`, `     ${words.mend(mend)}`]),
  ];
}

function report({ checks }: Examination): string[] {
  const count = (state: CheckResult['state']) => checks.filter((each) => each.state === state).length;
  const summary = words.summary(checks.length, count('warning'), count('failure'), count('skipped'));
  return [...checks.flatMap(checkLines), '', `Cardigan ${VERSION}: ${summary}.`];
}

/** The shape that docs/doctor.md promises to programs. */
function asJson({ worst, checks }: Examination): string {
  const all = checks.map(({ findings, notes, ...check }) => ({
    ...check,
    title: titleOf(check.id),
    findings: findings.map((each) => {
      const [what, fix] = findingText(each, en, shown);
      return { ...each, severity: severity[each.code], what, fix };
    }),
    notes: notes.map((each) => ({ ...each, what: noteText(each, en, shown) })),
  }));
  return JSON.stringify(
    { version: 1, cardigan: VERSION, at: new Date().toISOString(), result: worst, checks: all },
    undefined,
    2,
  );
}

/** Gives the exit code. */
async function diagnose(args: string[]): Promise<number> {
  const options = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  const { values } = parseArgs({ args, options });
  if (values.help) {
    console.log(words.usage);
    return 0;
  }
  const { patient, close } = createPatient(process);
  try {
    const examined = await examine({ ...patient, clock: systemClock, audience: 'operator' });
    console.log(values.json ? asJson(examined) : report(examined).join('\n'));
    return codes[examined.worst];
  } finally {
    await close();
  }
}

await runCommandLine(diagnose, { usage: words.usage, failed: NOT_MADE, explain: () => undefined });
