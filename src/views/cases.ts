import type { Words } from '../i18n/words.ts';
import type { Case } from '../orders/case.ts';
import { caseName } from '../orders/case.ts';
import type { CasePage } from '../orders/cases.ts';
import { packPage } from './button-id.ts';
import { caseFacts } from './case.ts';
import type { Entry, View } from './view.ts';
import { buttonFor, buttonRow, message } from './view.ts';

/** The text of more may not fit a message, and what people said is cut shorter than in a notice. */
export const CASES_A_PAGE = 3;
const SHORT = 100;

/** The cases that are not solved, each with its buttons. `moved`: what was said just now of one of them. */
export function caseListView(list: CasePage, words: Words, moved?: Case): View {
  const { cases: w, facts, buttons } = words;
  const { page, pages, total, cases } = list;
  return message({
    tone: total > 0 ? 'waiting' : 'plain',
    title: total > 0 ? w.listTitle(total) : w.none,
    facts: [
      moved && w.done(caseName(moved), w.state[moved.state]),
      pages > 1 ? facts.page(page + 1, pages) : undefined,
    ],
    entries: cases.map((each) => entryOf(each, page, words)),
    next: total > 0 ? w.listNext : w.noneNext,
    rows: [
      buttonRow(
        page > 0 ? buttonFor('cases.page', String(page - 1), buttons.previous) : undefined,
        page + 1 < pages ? buttonFor('cases.page', String(page + 1), buttons.next) : undefined,
      ),
    ],
  });
}

/** A button carries the page as well: that is where the list goes on. */
function entryOf(each: CasePage['cases'][number], page: number, words: Words): Entry {
  const { cases: w, buttons } = words;
  const { record, isTheirs } = each;
  const here = packPage(record.id, page);
  const sent = buttonFor('cases.sent', here, buttons.caseSent);
  return {
    facts: [
      `**${w.title(caseName(record))}**`,
      ...caseFacts(each, SHORT, words),
      isTheirs ? w.yours : undefined,
    ],
    row: isTheirs
      ? undefined
      : buttonRow(
          record.state === 'open' ? sent : undefined,
          buttonFor('cases.solve', here, buttons.caseSolved),
        ),
  };
}
