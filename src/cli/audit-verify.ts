import { parseArgs } from 'node:util';
import { type AuditProblem, type Deed, everySource, type Posted, type Verified, verifyChain } from '../audit/index.ts';
import { ConfigError, readConfig } from '../config/index.ts';
import { en } from '../i18n/index.ts';
import { moneyText } from '../lib/index.ts';
import { openStore, StoreError } from '../store/index.ts';
import { clipped, doneText } from '../views/index.ts';
import { runCommandLine } from './run.ts';

const words = en.auditVerify;

const WHOLE = 0;
const NOT_WHOLE = 1;
const NOT_CHECKED = 2;

/** What the command line says: nothing, or a number and hash as they were posted; undefined for anything else. */
function parse(args: string[]): { posted?: Posted } | undefined {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  if (positionals.length === 0) return {};
  const [typed = '', hash = '', ...others] = positionals;
  // "1,234", as it was posted.
  const number = Number(typed.replaceAll(',', ''));
  const isNumber = Number.isSafeInteger(number) && number >= 1;
  const isHash = /^[0-9a-f]{64}$/i.test(hash);
  if (!isNumber || !isHash || others.length > 0) return undefined;
  return { posted: { number, hash: hash.toLowerCase() } };
}

function aboutText({ campaign, reference, item, member }: NonNullable<Deed['about']>): string {
  const what = `${campaign === undefined ? 'order' : 'campaign'} ${reference}`;
  return `${item === undefined ? what : `${what}, ${item}`}, of ${member}`;
}

/** A deed in one line. */
function deedText(deed: Deed): string {
  const { id, at, by, for: behalf, about, amount, change, detail } = deed;
  const parts = [
    doneText(deed, en),
    `by ${by}${behalf === undefined ? '' : ` for ${behalf}`}`,
    new Date(at).toISOString(),
    about && aboutText(about),
    amount && moneyText(amount),
    change && en.audit.change(change.field, change.from, change.to),
    detail && `"${detail}"`,
  ];
  return clipped(`"${id}": ${parts.filter(Boolean).join(' · ')}`, 500);
}

function problemText(problem: AuditProblem): string {
  const w = words.problems;
  switch (problem.code) {
    case 'differs':
      return w.differs(problem.number, deedText(problem.says), deedText(problem.record));
    case 'record_gone':
    case 'put_back':
    case 'twice':
      return w[problem.code](problem.number, deedText(problem.says));
    case 'left_out':
      return w.left_out(deedText(problem.deed));
    case 'record_unreadable':
    case 'unexplained':
    case 'misplaced':
      return w[problem.code](problem.at);
    case 'missing':
      return w.missing(problem.from, problem.to);
    case 'misnumbered':
      return w.misnumbered(problem.number, problem.says);
    case 'posted_missing':
      return w.posted_missing(problem.number, problem.newest);
    default:
      return w[problem.code](problem.number);
  }
}

function report({ newest, hash, problems, found, waiting }: Verified, posted?: Posted): string[] {
  const left = waiting > 0 ? [words.waiting(waiting)] : [];
  if (found > 0) {
    const more = found - problems.length;
    return [
      words.notWhole(found),
      ...problems.map((problem) => `- ${problemText(problem)}`),
      ...(more > 0 ? [words.more(more)] : []),
      ...left,
    ];
  }
  if (newest === 0) return [words.empty, ...left];
  return [words.whole(newest, hash), ...(posted ? [words.wholeUpTo(posted.number)] : []), ...left];
}

/** Gives the exit code. */
async function verify(args: string[]): Promise<number> {
  const wanted = parse(args);
  if (!wanted) {
    console.log(words.usage);
    return NOT_CHECKED;
  }
  const config = readConfig(process);
  const store = await openStore(config.store);
  try {
    const verified = await verifyChain(store, everySource(store), wanted.posted);
    console.log(report(verified, wanted.posted).join('\n'));
    return verified.found === 0 ? WHOLE : NOT_WHOLE;
  } finally {
    await store.close();
  }
}

await runCommandLine(verify, {
  usage: words.usage,
  failed: NOT_CHECKED,
  explain(error) {
    if (error instanceof ConfigError) return error.problems;
    return error instanceof StoreError ? [error.message] : undefined;
  },
});
