import { type CheckResult, type Examination, type Finding, severity } from '../../doctor/index.ts';
import type { Words } from '../../i18n/index.ts';
import { message, type View } from '../kit/message.ts';
import { dotted, firstOf, lines, moment, plain } from '../kit/text.ts';
import { findingText, type Shown } from './doctor-text.ts';

/** More would not fit into a message; the worst come first. */
const MOST_FINDINGS = 7;
const LONGEST = 440;

const tones = { ok: 'good', warning: 'waiting', failure: 'bad' } as const;

/** How the doctor found everything; `isAdmin`: for admins of the first server, who see the account too. */
export function doctorView({ worst, checks }: Examination, isAdmin: boolean, words: Words): View {
  const { doctor: w } = words;
  const title = { ok: w.wellTitle, warning: w.warnTitle, failure: w.failTitle }[worst];
  const of = (state: CheckResult['state']) => checks.filter((check) => check.state === state);
  const well = of('ok').map((check) => titleOf(check, words));
  return message({
    tone: tones[worst],
    title,
    facts: [
      w.summary(checks.length, of('warning').length, of('failure').length, of('skipped').length),
      ...firstOf(worstFirst(checks), MOST_FINDINGS, (each) => findingLine(each, words), w.more),
      well.length > 0 && w.well(dotted(...well)),
    ],
    next: isAdmin ? w.nextOperator : w.nextServer,
  });
}

const titleOf = ({ id }: CheckResult, { doctor }: Words): string => doctor.titles[id as keyof typeof doctor.titles];

interface Found {
  readonly check: CheckResult;
  readonly finding: Finding;
}

function worstFirst(checks: readonly CheckResult[]): Found[] {
  const all = checks.flatMap((check) => check.findings.map((finding) => ({ check, finding })));
  const isFailure = ({ finding }: Found) => severity[finding.code] === 'failure';
  return [...all.filter(isFailure), ...all.filter((each) => !isFailure(each))];
}

function findingLine({ check, finding }: Found, words: Words): string {
  const { doctor: w } = words;
  const [what, mend] = findingText(finding, words, shownIn(words));
  const state = w.states[severity[finding.code]];
  return clippedLines(lines(`**${state}: ${titleOf(check, words)}**`, what, w.mend(mend)));
}

/** Lines of their own, as `clipped` has only one. */
const clippedLines = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`);

const shownIn = (words: Words): Shown => ({
  time: (at) => moment(at),
  place(kind, { id, name }) {
    if (kind === 'channel') return `<#${id}>`;
    return kind === 'role' ? `<@&${id}>` : plain(name, 60);
  },
  money: words.doctor.amount,
  text: (value) => plain(value, 120),
});
