import type { AuditEntry, Deed } from '../../audit/index.ts';
import { campaignReasons, type State, states } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import { csv, moneyText, tame } from '../../lib/index.ts';
import { type NoticeContent, reasons, statuses } from '../../orders/index.ts';
import { buttonFor, message, type View } from '../kit/message.ts';
import { type Turns, turnButtons } from '../kit/page.ts';
import { clipped, dotted, inCode, moment, plain, who } from '../kit/text.ts';
import { type SettingChange, settingChange } from '../policy/settings-values.ts';

interface AuditList extends Turns {
  readonly entries: readonly AuditEntry[];
  /** What the button carries that gives all of it as a file. */
  readonly list: string;
}

/** A page of who did what, newest first. */
export function auditView({ entries, list, ...turns }: AuditList, words: Words): View {
  const { audit: w, buttons } = words;
  if (entries.length === 0 && turns.previous === undefined) {
    return message({ title: w.none, next: w.noneNext });
  }
  return message({
    title: w.title,
    facts: entries.map((entry) => rowText(entry, words)),
    next: w.next,
    buttons: [...turnButtons('audit.page', turns, words), buttonFor('audit.file', list, buttons.auditFile)],
  });
}

/** Ten rows have to fit a message; the file has all of it. */
const short = (text: string) => plain(text, 25);

function rowText({ number, deed }: AuditEntry, words: Words): string {
  const { audit: w } = words;
  const { at, by, for: behalf, about, amount, change, detail } = deed;
  const person = behalf === undefined ? who(by) : w.onBehalf(who(by), who(behalf));
  return dotted(
    w.row(number, moment(at), person, doneText(deed, words)),
    about?.reference && w.order(about.reference),
    about && about.member !== by && personText(about, words),
    about?.campaign && about.item && plain(about.item, 60),
    about?.recipient && w.recipient(who(about.recipient)),
    amount && w.amount(amount),
    change ? changeText(change, words) : detail && plain(detail, 60),
  );
}

/** Ten rows have to fit a message: what is longer is in the file. */
function changeText(change: SettingChange, words: Words): string {
  const said = settingChange(change, words);
  if (!said) return words.audit.change(short(change.field), short(change.from), short(change.to));
  return words.audit.change(said.field, clipped(said.from, 70), clipped(said.to, 70));
}

function personText(about: NonNullable<Deed['about']>, { audit: w }: Words): string {
  const member = who(about.member);
  if (about.campaign !== undefined) return w.runs(member);
  return about.order === undefined ? member : w.asks(member);
}

/** What was done, in words: a step of an order as its timeline says it, or one of a campaign. */
export function doneText({ what, why }: Pick<Deed, 'what' | 'why'>, words: Words): string {
  const { audit: w, orders, admin } = words;
  const status = statuses.find((each) => what === `order.${each}`);
  if (status) {
    return orders.step(
      status,
      reasons.find((each) => each === why),
    );
  }
  const state = states.find((each) => what === `campaign.${each}`);
  if (state) return campaignText(state, why, words);
  // Of the other stops the reason is news: they came by themselves.
  const stop = what === 'stop.stopped' && (why === 'unknown_outcomes' || why === 'books_ahead');
  return stop ? `${w.what(what)}. ${admin.stop.why[why]}` : w.what(what);
}

/** The state that the step led to, and why. What is known by its code alone is still said. */
function campaignText(state: State, why: string | undefined, words: Words): string {
  const { audit: w, orders, campaignPanel } = words;
  const done = w.campaign(campaignPanel.state[state]);
  if (why === undefined) return done;
  const known = campaignReasons.find((each) => each === why);
  if (known) return w.because(done, w.campaignReasons[known]);
  const reason = reasons.find((each) => each === why);
  return w.because(done, reason ? orders.reasons[reason] : why);
}

/** The newest hash of a day, for the admins to keep. */
export function auditHashView(
  { day, number, hash }: Extract<NoticeContent, { kind: 'audit_hash' }>,
  { audit: { posted } }: Words,
): View {
  return message({
    title: posted.title(day, number),
    facts: [posted.hash(inCode(hash))],
    next: posted.next(number, hash),
  });
}

/** More rows than this are left out of a file, the oldest ones: Discord takes files of a few megabytes. */
export const MOST_ROWS = 5000;
const MOST_DETAIL = 500;

/** The record as a file. `isCut`: there is more than it holds. */
export function auditFileView(entries: readonly AuditEntry[], isCut: boolean, words: Words): View {
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
