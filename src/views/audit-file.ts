import type { Entry } from '../approvals/audit-entry.ts';
import type { Words } from '../i18n/words.ts';
import { moneyText } from '../money.ts';
import { doneText } from './audit.ts';
import { csv, tame } from './csv.ts';
import { settingChange } from './setting-change.ts';
import { clipped } from './text.ts';
import type { View } from './view.ts';
import { message } from './view.ts';

/** More rows than this are left out of a file, the oldest ones: Discord takes files of a few megabytes. */
export const MOST_ROWS = 5000;
const MOST_DETAIL = 500;

/** The record as a file. `isCut`: there is more than it holds. */
export function auditFileView(entries: readonly Entry[], isCut: boolean, words: Words): View {
  const { audit: w } = words;
  if (entries.length === 0) return message({ title: w.none, next: w.noneNext });
  const name = `audit-${entries.at(-1)?.number}-${entries[0]?.number}.csv`;
  return message({
    title: w.fileTitle(entries.length),
    facts: [isCut ? w.fileCut(entries.length) : undefined],
    next: w.fileNext,
    file: { name, text: auditFile(entries, words) },
  });
}

/** All entries as CSV, whose fields a spreadsheet carries out none of. Times are ISO 8601 in UTC. */
export function auditFile(entries: readonly Entry[], words: Words): string {
  const { columns, change: changeText } = words.audit;
  const rows = entries.map(({ number, hash, deed }) => {
    const { at, by, for: behalf = '', about, amount, change, detail = '' } = deed;
    const said = change && (settingChange(change, words) ?? change);
    const changed = said && changeText(said.field, said.from, said.to);
    return [
      ...[String(number), new Date(at).toISOString(), by, behalf, doneText(deed, words)],
      ...[about?.reference ?? '', about?.item ?? '', amount ? moneyText(amount) : ''],
      ...[
        about?.member ?? '',
        about?.recipient ?? '',
        clipped(changed ?? detail, MOST_DETAIL),
        hash,
      ],
    ];
  });
  const c = columns;
  const header = [
    ...[c.number, c.time, c.by, c.behalf, c.what, c.order, c.item, c.amount, c.member],
    ...[c.recipient, c.detail, c.hash],
  ];
  return csv([header, ...rows.map((row) => row.map(tame))]);
}
