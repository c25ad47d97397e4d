import type { Words } from '../i18n/words.ts';
import type { LineError, LineProblem, LineProblemParams } from '../rewards/recipient-line.ts';
import type { RecipientsFile } from '../rewards/recipients-file.ts';
import { plain } from './text.ts';

type Sentences = { [Code in LineProblem]: (params: LineProblemParams[Code]) => string };

/** What is wrong with the lines of a file, a line each, and how many more there are. */
export function lineErrorTexts(
  { errors, errorCount }: Pick<RecipientsFile, 'errors' | 'errorCount'>,
  words: Words,
): string[] {
  const more = errorCount - errors.length;
  const w = words.recipientsFile;
  return [
    ...errors.map((error) => lineErrorText(error, words)),
    ...(more > 0 ? [w.more(more)] : []),
  ];
}

function lineErrorText({ line, problem, params }: LineError, words: Words): string {
  const { line: inLine, problems } = words.recipientsFile;
  const sentences: Sentences = problems;
  const sentence = sentences[problem] as (params: LineError['params']) => string;
  const shown = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' ? plain(value, 60) : value,
  ]);
  return inLine(line, sentence(Object.fromEntries(shown)));
}
