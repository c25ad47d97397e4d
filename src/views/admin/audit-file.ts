import type { AuditEntry } from '../../audit/index.ts';
import type { Words } from '../../i18n/index.ts';
import { csv, moneyText, tame } from '../../lib/index.ts';
import { parsePage } from '../kit/custom-id.ts';
import { buttonFor, message, type View, type ViewFile } from '../kit/message.ts';
import type { ListPage } from '../kit/page.ts';
import { clipped } from '../kit/text.ts';
import { settingChange } from '../policy/settings-values.ts';
import { doneText } from './audit.ts';

const MOST_DETAIL = 500;

/** Entries of one file, newest first. */
export interface AuditSheet extends ViewFile {
  readonly newest: number;
  readonly oldest: number;
  readonly rows: number;
}

interface AuditPart extends ListPage {
  readonly sheets: readonly AuditSheet[];
}

/** As many files of an export as one message takes, which part of it they are, and a button for the next one. */
export function auditPartView({ sheets, here, next }: AuditPart, words: Words): View {
  const { audit: w } = words;
  const [first, last] = [sheets[0], sheets.at(-1)];
  if (!first || !last) return message({ title: w.none, next: w.noneNext });
  const rows = sheets.reduce((sum, each) => sum + each.rows, 0);
  const number = Number(parsePage(here).page) + 1;
  const isOnly = number === 1 && next === undefined;
  return message({
    title: isOnly ? w.fileTitle(rows) : w.part(number, first.newest, last.oldest, rows),
    facts: [next === undefined ? !isOnly && w.partLast : w.partMore],
    next: w.fileNext,
    files: sheets,
    buttons: next === undefined ? [] : [buttonFor('audit.part', next, words.buttons.auditNextPart)],
  });
}

/** One file of an export; none without entries. */
export function auditSheet(entries: readonly AuditEntry[], words: Words): AuditSheet | undefined {
  const [newest, oldest] = [entries[0]?.number, entries.at(-1)?.number];
  if (newest === undefined || oldest === undefined) return undefined;
  const name = `audit-${oldest}-${newest}.csv`;
  return { name, text: auditFile(entries, words), newest, oldest, rows: entries.length };
}

/** All entries as CSV, whose fields a spreadsheet carries out none of. Times are ISO 8601 in UTC. */
export function auditFile(entries: readonly AuditEntry[], words: Words): string {
  const { columns: c, change: changeText } = words.audit;
  const rows = entries.map(({ number, hash, deed }) => {
    const { at, by, for: behalf = '', about, amount, change, detail = '' } = deed;
    const said = change && (settingChange(change, words) ?? change);
    const changed = said && changeText(said.field, said.from, said.to);
    const time = new Date(at).toISOString();
    const done = [String(number), time, by, behalf, doneText(deed, words)];
    const { reference = '', item = '', member = '', recipient = '' } = about ?? {};
    const of = [reference, item, amount ? moneyText(amount) : '', member, recipient];
    return [...done, ...of, clipped(changed ?? detail, MOST_DETAIL), hash];
  });
  const done = [c.number, c.time, c.by, c.behalf, c.what];
  const of = [c.order, c.item, c.amount, c.member, c.recipient];
  const header = [...done, ...of, c.detail, c.hash];
  return csv([header, ...rows.map((row) => row.map(tame))]);
}
