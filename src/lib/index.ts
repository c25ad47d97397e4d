export { backoff } from './backoff.ts';
export { bind } from './bind.ts';
export { type Clock, systemClock, waitBriefly } from './clock.ts';
export { type CsvRow, csv, csvRows, separatorOf, tame } from './csv.ts';
export {
  DAY_MS,
  dateIn,
  dayOf,
  isDate,
  isTimeZone,
  nextTime,
  type Period,
  periodOf,
  periods,
} from './dates/calendar.ts';
export { type MomentWords, type NoMoment, parseMoment, parsePast, parseUntil } from './dates/parse-date.ts';
export { createKeyed, type Keyed } from './keyed.ts';
export { createLog, type Log } from './log/index.ts';
export type { Directory, Member, MemberFacts, Members } from './member.ts';
export {
  add,
  amountSchema,
  amountText,
  compare,
  isMoreThan,
  type Money,
  money,
  moneySchema,
  moneyText,
  subtract,
  times,
  toAmount,
  withoutGrouping,
} from './money.ts';
export { Problem, type ProblemCode, type ProblemParams } from './problem.ts';
export { auditTags, UNAUDITED } from './records/audit-tag.ts';
export {
  createPseudonyms,
  ERASED_WORDS,
  isPseudonym,
  mentions,
  type Names,
  type Pseudonym,
  renamed,
} from './records/pseudonym.ts';
export { isLoopback, isSafeUrl } from './safe-url.ts';
export { seenText, typedAmount } from './typed.ts';
export { VERSION } from './version.ts';
