import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { checkDraw, type DrawFile, type DrawProblem, readDrawFile } from '../campaigns/index.ts';
import { en } from '../i18n/index.ts';
import { runCommandLine, typedPath } from './run.ts';

const words = en.verifyDraw;

const HOLDS = 0;
const FAILS = 1;
const NOT_CHECKED = 2;

/** More lines of problems than this say nothing new: with another seed, every place is another. */
const MOST_PROBLEMS = 20;

interface Wanted {
  /** A path; "-" for what is piped in. */
  readonly name: string;
  readonly published?: string;
}

/** Undefined for what is no use of it. */
function parse(args: string[]): Wanted | undefined {
  const options = { 'seed-hash': { type: 'string' } } as const;
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options });
  const [name, ...others] = positionals;
  const published = values['seed-hash']?.toLowerCase();
  const isHash = published === undefined || /^[0-9a-f]{64}$/.test(published);
  if (name === undefined || others.length > 0 || !isHash) return undefined;
  return { name, ...(published !== undefined && { published }) };
}

function problemText(problem: DrawProblem): string {
  const w = words.problems;
  switch (problem.code) {
    case 'seed_differs':
    case 'published_differs':
    case 'entrants_differ':
      return w[problem.code](problem.is);
    case 'not_entered':
    case 'listed_twice':
      return w[problem.code](problem.user);
    case 'wrong_place':
      return w.wrong_place(problem.user, problem.says, problem.is);
    case 'skipped':
      return w.skipped(problem.user, problem.place);
    case 'too_many_winners':
      return w.too_many_winners(problem.winners, problem.places);
    default:
      return w[problem.code]();
  }
}

const byPlace = (a: { place: number }, b: { place: number }) => a.place - b.place;

/** Who has a place, and who had one. */
function outcome({ winners, gaveWay, places, entrants }: DrawFile): string[] {
  const free = places - winners.length;
  const gave = gaveWay.toSorted(byPlace).map((each) => words.gave(each.place, each.user, each.why));
  return [
    winners.length === 0 ? words.noWinners : words.winners,
    ...winners.toSorted(byPlace).map(({ place, user }) => words.winner(place, user)),
    ...(gave.length > 0 ? [words.gaveWay, ...gave] : []),
    ...(free > 0 ? [words.free(free, entrants.length - winners.length - gave.length)] : []),
  ];
}

function report(file: DrawFile, problems: readonly DrawProblem[], published?: string): string[] {
  const { campaign, entrants, places } = file;
  const what = words.what(campaign, entrants.length, places);
  if (problems.length > 0) {
    const shown = problems.slice(0, MOST_PROBLEMS).map((problem) => `- ${problemText(problem)}`);
    const more = problems.length - shown.length;
    const rest = more > 0 ? [words.more(more)] : [];
    return [what, words.fails(problems.length), ...shown, ...rest];
  }
  const seed = published === undefined ? [words.seed, words.compare(file.seedHash)] : [];
  return [
    what,
    ...seed,
    ...(published === undefined ? [] : [words.published]),
    words.entrants(file.entrantsHash),
    words.places,
    ...outcome(file),
    words.holds,
  ];
}

/** Gives the exit code. */
async function verify(args: string[]): Promise<number> {
  const wanted = parse(args);
  if (!wanted) {
    console.log(words.usage);
    return NOT_CHECKED;
  }
  const { name, published } = wanted;
  const read = readDrawFile(await (name === '-' ? text(process.stdin) : readFile(typedPath(name), 'utf8')));
  if ('wrong' in read) {
    console.log(words.noDraw(read.wrong));
    return NOT_CHECKED;
  }
  const problems = checkDraw(read.file, published);
  console.log(report(read.file, problems, published).join('\n'));
  return problems.length === 0 ? HOLDS : FAILS;
}

await runCommandLine(verify, {
  usage: words.usage,
  failed: NOT_CHECKED,
  explain(error) {
    const { code, syscall, path } = error as NodeJS.ErrnoException;
    const isOfFile = code !== undefined && syscall !== undefined;
    return isOfFile ? [words.noFile(path ?? 'The file', code)] : undefined;
  },
});
