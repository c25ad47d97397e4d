import type { AuditEntry, AuditLine, Deed } from '../../audit/index.ts';
import { campaignReasons, type State, states } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import { type NoticeContent, reasons, statuses } from '../../orders/index.ts';
import type { MenuOption } from '../kit/menu.ts';
import { buttonFor, menuRow, message, type View } from '../kit/message.ts';
import { type ListPage, turnButtons } from '../kit/page.ts';
import { clipped, dotted, inCode, moment, plain, who } from '../kit/text.ts';
import { type SettingChange, settingChange } from '../policy/settings-values.ts';

interface AuditList extends ListPage {
  readonly lines: readonly AuditLine[];
  /** What the button carries that gives all of it as a file. */
  readonly list: string;
  /** Of one order that was opened: the page that it was opened from. */
  readonly back?: string | undefined;
}

/** A page of who did what, newest first, and a menu to see all entries of an order. */
export function auditView({ lines, list, here, back, ...turns }: AuditList, words: Words): View {
  const { audit: w, buttons } = words;
  const toList = back !== undefined && buttonFor('audit.page', back, buttons.back);
  const turn = turnButtons('audit.page', turns, words);
  if (lines.length === 0) {
    const isOver = turns.next === undefined;
    const said = isOver ? { title: w.none, next: w.noneNext } : { title: w.noneYet, next: w.noneYetNext };
    return message({ ...said, buttons: [...turn, toList] });
  }
  const one = back === undefined ? undefined : sumOf(lines.flatMap(({ entries }) => entries));
  return message({
    title: one ? w.orderTitle(plain(one.item, 60)) : w.title,
    ...(one && { reference: one.reference }),
    facts: lines.map((line) => lineText(line, words, one !== undefined)),
    next: w.next,
    rows: [
      menuRow(
        `audit.open:${here}`,
        w.pick,
        lines.flatMap((line) => optionOf(line, words)),
      ),
    ],
    buttons: [...turn, buttonFor('audit.file', list, buttons.auditFile), toList],
  });
}

function lineText({ order, entries }: AuditLine, words: Words, isOfOne: boolean): string {
  if (order !== undefined) return orderText(entries, words);
  return entries.map((entry) => rowText(entry, words, isOfOne)).join('\n');
}

/** What its newest entry says, the card, and the total: what was charged, or quoted so far. */
function orderText(entries: readonly AuditEntry[], words: Words): string {
  const { audit: w } = words;
  const [newest] = entries;
  if (!newest) return '';
  const { deed } = newest;
  const { reference, item, amount, recipient } = sumOf(entries);
  const { by, for: behalf, about } = deed;
  const person = behalf === undefined ? who(by) : w.onBehalf(who(by), who(behalf));
  return dotted(
    w.orderItem(reference, plain(item, 60)),
    amount && w.amount(amount),
    doneText(deed, words),
    about && about.member !== by && w.by(person),
    about && w.asks(who(about.member)),
    recipient && w.recipient(who(recipient)),
    moment(deed.at),
  );
}

/** Entries of an order say each what is new: its card stands in its steps, its total in few of them. */
function sumOf(entries: readonly AuditEntry[]) {
  const abouts = entries.map(({ deed }) => deed.about);
  return {
    reference: abouts.find((about) => about?.reference)?.reference ?? '',
    item: abouts.find((about) => about?.item)?.item ?? '',
    recipient: abouts.find((about) => about?.recipient)?.recipient,
    amount: entries.find(({ deed }) => deed.amount)?.deed.amount,
  };
}

function optionOf({ order, entries }: AuditLine, words: Words): MenuOption[] {
  const [newest] = entries;
  if (order === undefined || !newest) return [];
  const { reference, item } = sumOf(entries);
  const label = words.audit.optionItem(reference, item);
  return [{ label, description: doneText(newest.deed, words), value: order }];
}

/** Ten rows have to fit a message; the file has all of it. */
const short = (text: string) => plain(text, 25);

/** `isOfOne`: of one order, which is named above all rows. */
function rowText({ number, deed }: AuditEntry, words: Words, isOfOne: boolean): string {
  const { audit: w } = words;
  const { at, by, for: behalf, about, amount, change, detail } = deed;
  const person = behalf === undefined ? who(by) : w.onBehalf(who(by), who(behalf));
  return dotted(
    w.row(number, moment(at), person, doneText(deed, words)),
    !isOfOne && about?.reference && w.order(about.reference),
    !isOfOne && about && about.member !== by && personText(about, words),
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
