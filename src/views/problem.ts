import type { Words } from '../i18n/index.ts';
import type { Problem, ProblemCode } from '../lib/index.ts';
import { message, type View } from './kit/message.ts';
import { clipped, lines, plain, who } from './kit/text.ts';

type Sentence = (params: Problem['params']) => string;

/** Whom somebody can ask about what they may not do themselves. They are named, and not pinged. */
export interface WhoToAsk {
  readonly what: 'approvers' | 'admins';
  readonly roles: readonly string[];
  readonly users: readonly string[];
}

interface Besides {
  /** What they wrote, for them to copy. */
  readonly kept?: string | undefined;
  readonly ask?: WhoToAsk | undefined;
}

/** A problem in the words of the person it stopped. Catalog and user text in it is shown as it is, escaped. */
export function problemView(problem: Problem, words: Words, { kept, ask }: Besides = {}): View {
  return sentenceView(problemText(problem, words), words, { kept, ask });
}

/** More than these would not be read. */
const MOST_NAMED = 5;

function askText({ what, roles, users }: WhoToAsk, { whoToAsk: w }: Words): string | undefined {
  const named = [...roles.map((id) => `<@&${id}>`), ...users.map(who)].slice(0, MOST_NAMED);
  return named.length > 0 ? w[what](named.join(', ')) : undefined;
}

/** Two lines: what is in the way, then what it means and what to do. */
export function problemText(problem: Problem, words: Words): string {
  // Each code has its own parameters; the type of Problem keeps the two together.
  const sentence = words.problems[problem.code as ProblemCode] as Sentence;
  const text = escaped(sentence(onOneLine(problem.params)));
  // A command or a role that the sentence names is shown as one, unless it may be one that somebody wrote.
  const isOurs = (sign: string) =>
    !Object.values<unknown>(problem.params).some((value) => JSON.stringify(value)?.includes(sign));
  const named = isOurs('/') ? text.replaceAll('\\/', '/') : text;
  return isOurs('@') ? named.replaceAll(/\\<\\@&(\d+)\\>/g, '<@&$1>') : named;
}

/** Nothing in such words is meant to format, whoever wrote a part of them. */
function escaped(text: string): string {
  return text
    .split('\n')
    .map((line) => plain(line, 1000))
    .join('\n');
}

/** What people and the catalog wrote, each on its line. Some of it names a word, so it is not escaped before it is used. */
function onOneLine(params: Problem['params']): Problem['params'] {
  const entries = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' ? clipped(value, 200) : value,
  ]);
  return Object.fromEntries(entries) as Problem['params'];
}

/** Something broke that nobody here can mend: said plainly, with the number under which it was written down. */
export function incidentView(id: string, words: Words, kept?: string): View {
  return sentenceView(escaped(words.incident(id)).replaceAll('\\/', '/'), words, { kept });
}

/** So much of what somebody wrote fits beside the sentence. */
const MOST_KEPT = 2000;

/**
 * The first line is what happened, so it stands out; the second says what it means and what to do. `kept`: what somebody
 * wrote, where the sentence does not say it already.
 */
function sentenceView(text: string, words: Words, { kept = '', ask }: Besides): View {
  const [title = '', next] = text.split('\n');
  const isNew = kept !== '' && !title.includes(`"${plain(kept, 1000)}"`);
  return message({
    tone: 'bad',
    title,
    next: lines(next, ask && askText(ask, words), isNew && words.kept, isNew && inBlock(kept)),
  });
}

const inBlock = (text: string) => `\`\`\`\n${text.slice(0, MOST_KEPT).toWellFormed().replaceAll('`', "'")}\n\`\`\``;
