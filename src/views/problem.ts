import type { Words } from '../i18n/index.ts';
import type { Problem, ProblemCode } from '../lib/index.ts';
import { message, type View } from './kit/message.ts';
import { clipped, plain } from './kit/text.ts';

type Sentence = (params: Problem['params']) => string;

/** A problem in the words of the person it stopped. Catalog and user text in it is shown as it is, escaped. */
export function problemView(problem: Problem, words: Words): View {
  return sentenceView(problemText(problem, words));
}

/** Two lines: what is in the way, then what it means and what to do. */
export function problemText(problem: Problem, words: Words): string {
  // Each code has its own parameters; the type of Problem keeps the two together.
  const sentence = words.problems[problem.code as ProblemCode] as Sentence;
  return escaped(sentence(onOneLine(problem.params)));
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
export function incidentView(id: string, words: Words): View {
  return sentenceView(escaped(words.incident(id)));
}

/** The first line is what happened, so it stands out; the second says what it means and what to do. */
function sentenceView(text: string): View {
  const [title = '', next] = text.split('\n');
  return message({ tone: 'bad', title, next });
}
