import type { LeftOut, LineError, LineProblem, LineProblemParams, RecipientsFile } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import { buttonFor, message, peopleRow, type View } from '../kit/message.ts';
import { firstOf, plain, who } from '../kit/text.ts';
import { templateButton } from './bulk-preview.ts';

const MOST_PICKED = 25;
const MOST_LEFT_OUT = 15;
/** Discord takes 4,000 characters a message; its title and what to do next need some. */
const MOST_TEXT = 3_500;

/** Who gets a card is picked from a menu. What it carries names a stored query, and nobody. */
export function bulkWhomView(query: string, itemName: string, words: Words): View {
  const { whom: w } = words.bulk;
  const menu = { kind: 'user' as const, placeholder: w.pick, max: MOST_PICKED };
  return message({
    title: w.title(plain(itemName)),
    next: w.next,
    rows: [peopleRow(`bulk.pick:${query}`, menu)],
    buttons: [templateButton(words)],
  });
}

/** That a list has been checked, to whoever sent it, where everybody reads it; with a button that opens it for them. */
export function bulkLateView(user: string, campaign: string | undefined, { bulk: { late: w } }: Words): View {
  return message({
    title: w.title(who(user)),
    next: campaign === undefined ? w.again : w.ready,
    buttons: [campaign !== undefined && buttonFor('campaign.open', campaign, w.open, { main: true })],
    mentions: { users: [user] },
  });
}

export function bulkCheckingView(checked: number, all: number, words: Words): View {
  const { title, next } = words.bulk.checking;
  return message({ tone: 'waiting', title: title(checked, all), next });
}

/** What has to be mended before anything is planned: the first lines, as many as there is room for. */
export function bulkWrongView(
  { errors, errorCount }: Pick<RecipientsFile, 'errors' | 'errorCount'>,
  words: Words,
): View {
  const fitting = errors.slice(0, howManyFit(errors, words));
  return message({
    tone: 'bad',
    title: words.bulk.wrong.title(errorCount),
    facts: lineErrorTexts({ errors: fitting, errorCount }, words),
    next: words.bulk.wrong.next,
    buttons: [templateButton(words)],
  });
}

function howManyFit(errors: RecipientsFile['errors'], words: Words): number {
  const texts = lineErrorTexts({ errors, errorCount: errors.length }, words);
  const tooMuch = texts.findIndex((_, at) => texts.slice(0, at + 1).join('\n').length > MOST_TEXT);
  return tooMuch < 0 ? errors.length : tooMuch;
}

export function bulkNobodyView(leftOut: readonly LeftOut[], words: Words): View {
  const { title, empty, next } = words.bulk.nobody;
  const notes = leftOutNotes(leftOut, words);
  return message({ tone: 'bad', title, facts: notes.length > 0 ? notes : [empty], next });
}

/** Who was named and gets nothing, one a line; nothing where everybody gets a card. */
export function leftOutNotes(leftOut: readonly LeftOut[], words: Words): string[] {
  const { leftOut: w } = words.bulk;
  if (leftOut.length === 0) return [];
  const line = (each: LeftOut) => leftOutText(each, words);
  return [w.title(leftOut.length), ...firstOf(leftOut, MOST_LEFT_OUT, line, w.more)];
}

function leftOutText({ why, who, line }: LeftOut, { bulk: { leftOut: w }, bulkPeople }: Words): string {
  if (why === 'unclear') return bulkPeople.unclear(`"${plain(who.value)}"`);
  const what = w.why[why](who.kind === 'id' ? `<@${who.value}>` : `"${plain(who.value)}"`);
  return line === undefined ? what : w.line(line, what);
}

type Sentences = { [Code in LineProblem]: (params: LineProblemParams[Code]) => string };

/** What is wrong with the lines of a file, a line each, and how many more there are. */
export function lineErrorTexts(
  { errors, errorCount }: Pick<RecipientsFile, 'errors' | 'errorCount'>,
  words: Words,
): string[] {
  const more = errorCount - errors.length;
  const w = words.recipientsFile;
  const texts = errors.map((error) => lineErrorText(error, words));
  return more > 0 ? [...texts, w.more(more)] : texts;
}

function lineErrorText({ line, problem, params }: LineError, words: Words): string {
  const sentences: Sentences = words.recipientsFile.problems;
  const sentence = sentences[problem] as (params: LineError['params']) => string;
  const shown = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' ? plain(value, 60) : value,
  ]);
  return words.recipientsFile.line(line, sentence(Object.fromEntries(shown)));
}
