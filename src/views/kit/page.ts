import type { Words } from '../../i18n/index.ts';
import { packPage } from './custom-id.ts';
import type { MenuOption } from './menu.ts';
import { type ActionRow, buttonFor, buttonRow, menuRow, message } from './message.ts';
import type { Fact } from './text.ts';

/** What the page buttons of a list carry: the pages before and after this one, where there are any. */
export interface Turns {
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
}

export interface ListPage extends Turns {
  /** This page. */
  readonly here: string;
}

/** The buttons that turn the pages of a list. */
export function turnButtons(verb: string, { previous, next }: Turns, { buttons: w }: Words) {
  return [
    previous !== undefined && buttonFor(verb, previous, w.previous),
    next !== undefined && buttonFor(verb, next, w.next),
  ];
}

/** The pages beside one of a list that is counted anew each time. */
export function besides(page: number, pages: number): Turns {
  return { previous: page > 0 ? String(page - 1) : undefined, next: page + 1 < pages ? String(page + 1) : undefined };
}

/** "Page 2 of 3"; nothing where there is one only. */
export const pageFact = (page: number, pages: number, { facts }: Words): Fact =>
  pages > 1 && facts.page(page + 1, pages);

/** The buttons that turn the pages of a stored query: both stay, so that they are always in the same place. */
export function queryTurnRow(
  verb: string,
  query: string,
  { page, pages }: { page: number; pages: number },
  { buttons: w }: Words,
): ActionRow | undefined {
  const turn = (to: number, label: string) =>
    buttonFor(verb, packPage(query, to), label, { disabled: to < 0 || to >= pages });
  return pages > 1 ? buttonRow(turn(page - 1, w.previous), turn(page + 1, w.next)) : undefined;
}

interface PickList<T> {
  /** Whose verbs its menu and buttons have: `orders.open`, `orders.page`. */
  readonly verbs: string;
  readonly all: readonly T[];
  readonly row: (each: T) => string;
  readonly option: (each: T) => MenuOption;
  /** What stands before the lines. */
  readonly before?: readonly Fact[];
  /** What else can be chosen from, below its own menu. */
  readonly more?: ActionRow | undefined;
}

/** `pick`: what the menu asks for. */
interface ListWords {
  readonly title: string;
  readonly next?: string;
  readonly pick: string;
  readonly none: string;
  readonly noneNext: string;
}

/** A page of a list, a line each, with a menu to open one of them. */
export function pickListView<T>(list: PickList<T>, w: ListWords, page: ListPage, words: Words) {
  const { verbs, all, row, option, before = [], more } = list;
  if (all.length === 0) return message({ title: w.none, facts: before, next: w.noneNext, rows: [more] });
  return message({
    title: w.title,
    facts: [...before, ...all.map(row)],
    next: w.next,
    rows: [menuRow(`${verbs}.open:${page.here}`, w.pick, all.map(option)), more],
    buttons: turnButtons(`${verbs}.page`, page, words),
  });
}
